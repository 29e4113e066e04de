"""A portal on Opendatasoft, through its Explore API 2.1."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import json_object, offset_pages, site_of, with_query
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.kit.items import CatalogReading
from opentusk.kit.mapping.opendatasoft import read_page

# The API's own limits: 100 datasets a page, none beyond the 10,000th.
_DATASETS = 100


class OpendatasoftSource:
    """Any domain of Opendatasoft. `filters` may hold `fq`, a condition of its query language (`where`)."""

    name = "opendatasoft"
    label = _("Opendatasoft (API Explore 2.1)")
    help = _(
        "Un portale Opendatasoft: basta il suo indirizzo. Le distribuzioni sono le esportazioni del "
        "portale (CSV, JSON, GeoJSON)."
    )
    accept = "application/json"
    filters = ("fq",)

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """Page by offset in the order of ids."""
        site = site_of(address, "/explore").removesuffix("/api")

        def ask(offset: int) -> Page:
            query = {"limit": str(_DATASETS), "offset": str(offset), "order_by": "dataset_id"}
            wanted = {"where": filters["fq"]} if filters.get("fq") else {}
            document = get(with_query(f"{site}/api/explore/v2.1/catalog/datasets", query | wanted))
            return Page(document=document, reading=self.read(document))

        yield from offset_pages(ask)

    def read(self, document: Document) -> CatalogReading:
        """The datasets of a page."""
        return read_page(json_object(document), site_url=site_of(document.url))
