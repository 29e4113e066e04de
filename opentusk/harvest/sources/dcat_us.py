"""A catalogue as one `data.json` of the United States' profile, which DKAN, Socrata and ArcGIS offer too."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.kit.items import CatalogReading
from opentusk.kit.reading import read_metadata


class DcatUsSource:
    """Project Open Data, versions 1.0 and 1.1: always one document."""

    name = "dcat_us"
    label = _("data.json (DCAT-US)")
    help = _("Un file data.json, come quelli di DKAN e di ArcGIS. Esempio: https://dati.example.it/data.json")
    accept = "application/json"
    filters = ()

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """The one document."""
        document = get(address)
        yield Page(document=document, reading=self.read(document))

    def read(self, document: Document) -> CatalogReading:
        """Every entry of `dataset`."""
        return read_metadata(document.content, base=document.url, media_type="application/json")
