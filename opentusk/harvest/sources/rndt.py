"""The national repertory of territorial data (RNDT) through its REST search, or a repertory of the same software."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import json_object, with_query
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import Incomplete, RunMessage
from opentusk.kit.items import CatalogReading
from opentusk.kit.mapping.iso.records import read_single
from opentusk.kit.mapping.iso.rndt import item_address, item_at, read_missing, read_search

_ITEMS = 100


class RndtSource:
    """The search of geodati.gov.it. `filters` may hold `q`, words or a query of the search, to take a part only."""

    name = "rndt"
    label = _("RNDT (geodati.gov.it)")
    help = _(
        "Il repertorio nazionale dei dati territoriali: "
        "https://geodati.gov.it/RNDT/rest/metadata/search. Scrivi in «Parole cercate» quale parte ti "
        "serve."
    )
    accept = "application/json, application/xml;q=0.9, */*;q=0.1"
    filters = ("q",)

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """Follow `nextStart`; a record that did not come with its page is asked for by itself."""
        start = 1
        while True:
            query = {"q": filters.get("q") or "", "start": str(start), "num": str(_ITEMS), "f": "json"}
            document = get(with_query(address, query))
            page = read_search(json_object(document))
            if page.reading.items or not page.ids:
                yield Page(document=document, reading=page.reading)
            for identifier in page.ids:
                item = get(item_address(address, identifier))
                yield Page(document=item, reading=self.read(item))
            count = len(page.reading.items) + len(page.ids)
            if start - 1 + count >= page.total:
                return
            if page.following <= start or not count:
                raise Incomplete(RunMessage.PARTIAL, f"{start - 1 + count}/{page.total}")
            start = page.following

    def read(self, document: Document) -> CatalogReading:
        """A page of the search, the record of an item, or the word that it is not there."""
        if not document.content.lstrip().startswith(b"{"):
            item = read_single(document.content, source_id=item_at(document.url))
            return CatalogReading(catalog=None, items=(item,))
        answer = json_object(document)
        if "results" in answer:
            return read_search(answer).reading
        return CatalogReading(catalog=None, items=(read_missing(answer, address=document.url),))
