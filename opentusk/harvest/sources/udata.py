"""A portal made with udata, through its API: pages that announce the next one."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import json_object, site_of, with_query
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import Incomplete, RunMessage
from opentusk.kit.items import CatalogReading
from opentusk.kit.mapping.udata import read_page

_DATASETS = 100


class UdataSource:
    """data.gouv.fr and its relatives. `filters` may hold `organization`, an id or a name."""

    name = "udata"
    label = _("udata (API)")
    help = _("Un portale fatto con udata, come data.gouv.fr: basta il suo indirizzo.")
    accept = "application/json"
    filters = ("organization",)

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """Page by number, in the order in which datasets were made, until no next page is announced."""
        site = site_of(address)
        number = 1
        seen: set[frozenset[str]] = set()
        while True:
            query = {"page": str(number), "page_size": str(_DATASETS), "sort": "created"}
            wanted = {"organization": filters["organization"]} if filters.get("organization") else {}
            document = get(with_query(f"{site}/api/1/datasets/", query | wanted))
            reading = self.read(document)
            ids = frozenset(item.source_id for item in reading.items)
            if ids in seen:
                raise Incomplete(RunMessage.REPEATED_PAGE, document.url)
            seen.add(ids)
            yield Page(document=document, reading=reading)
            if not reading.next_page:
                return
            number += 1

    def read(self, document: Document) -> CatalogReading:
        """The datasets of a page."""
        return read_page(json_object(document), site_url=site_of(document.url))
