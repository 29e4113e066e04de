"""A catalogue as one `data.json` of the United States' profile, which DKAN, Socrata and ArcGIS offer too."""

from collections.abc import Iterator, Mapping

from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.kit.items import CatalogReading
from opentusk.kit.reading import read_metadata


class DcatUsSource:
    """Project Open Data, versions 1.0 and 1.1: always one document."""

    name = "dcat_us"
    label = "data.json (DCAT-US)"
    accept = "application/json"

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """The one document."""
        document = get(address)
        yield Page(document=document, reading=self.read(document))

    def read(self, document: Document) -> CatalogReading:
        """Every entry of `dataset`."""
        return read_metadata(document.content, base=document.url, media_type="application/json")
