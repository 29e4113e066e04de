"""A portal on Socrata, through its catalogue; one that has closed it is read by its `data.json`."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import json_object, offset_pages, site_of, with_query
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import RunMessage, SourceFault
from opentusk.kit.items import CatalogReading
from opentusk.kit.mapping.socrata import read_page
from opentusk.kit.reading import read_metadata

_DATASETS = 100


class SocrataSource:
    """Any domain of Socrata. `filters` may hold `q`, words that datasets must have."""

    name = "socrata"
    label = _("Socrata (API)")
    help = _("Un portale Socrata (Tyler Data & Insights): basta il suo indirizzo.")
    accept = "application/json"
    filters = ("q",)

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """Page by offset in the order of ids."""
        site = site_of(site_of(address), "/data.json")
        host = urlsplit(site).hostname or ""

        def ask(offset: int) -> Page:
            query = {"domains": host, "search_context": host}
            query |= {"limit": str(_DATASETS), "offset": str(offset), "order": "dataset_id"}
            wanted = {"q": filters["q"]} if filters.get("q") else {}
            document = get(with_query(f"{site}/api/catalog/v1", query | wanted))
            return Page(document=document, reading=self.read(document))

        try:
            first = ask(0)
        except SourceFault as fault:
            if fault.code != RunMessage.HTTP_STATUS or filters:
                raise
            document = get(f"{site}/data.json")
            yield Page(document=document, reading=self.read(document))
            return
        yield from offset_pages(lambda offset: ask(offset) if offset else first)

    def read(self, document: Document) -> CatalogReading:
        """The datasets of a page of the catalogue, or those of a `data.json`."""
        answer = json_object(document)
        if "dataset" in answer:
            return read_metadata(document.content, base=document.url, media_type="application/json")
        return read_page(answer, site_url=site_of(document.url))
