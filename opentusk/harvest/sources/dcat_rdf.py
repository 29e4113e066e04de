"""A catalogue as RDF: one document, or pages that announce the next one with Hydra, or pages that do not."""

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import with_query
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import Incomplete, RunMessage, SourceFault
from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading
from opentusk.kit.reading import read_metadata

# Below this a catalogue that announces no pages is one document: nobody pages by less than 20.
_LEAST_PAGE = 20


class DcatRdfSource:
    """DCAT in any RDF syntax, whatever the server calls it."""

    name = "dcat_rdf"
    label = _("Catalogo DCAT (RDF)")
    help = _(
        "Un file o un indirizzo che dà RDF (.rdf, .ttl, .jsonld), anche a pagine: è ciò che legge "
        "dati.gov.it. Esempio: https://dati.comune.example.it/catalog.ttl"
    )
    accept = "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8, application/n-triples;q=0.7, */*;q=0.1"
    filters = ("fq", "organization")

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """Follow Hydra's next page; where no page is announced, ask for `page=2` until nothing new comes."""
        first = self._page(get(with_query(address, filters)))
        yield first
        if first.reading.next_page:
            yield from self._announced(first, get)
        elif first.reading.total is None and len(first.reading.items) >= _LEAST_PAGE:
            yield from self._guessed(first, get)

    def read(self, document: Document) -> CatalogReading:
        """Sniff the syntax: one catalogue in four is served with the wrong type."""
        return read_metadata(document.content, base=document.url, media_type=document.media_type or None)

    def _announced(self, first: Page, get: GetDocument) -> Iterator[Page]:
        asked = {first.document.url}
        seen = {_ids(first)}
        page = first
        while page.reading.next_page:
            address = _next_address(page)
            if address in asked:
                raise Incomplete(RunMessage.REPEATED_PAGE, address)
            asked.add(address)
            page = self._page(get(address))
            if _ids(page) in seen:
                raise Incomplete(RunMessage.REPEATED_PAGE, address)
            seen.add(_ids(page))
            yield page

    def _guessed(self, first: Page, get: GetDocument) -> Iterator[Page]:
        """Pages nobody announced. A fault on the second says there are none; a later one is a fault."""
        previous = first
        number = 2
        while page := self._guess(first, number, get):
            if not page.reading.items or _ids(page) in {_ids(first), _ids(previous)}:
                return
            yield page
            previous = page
            number += 1

    def _guess(self, first: Page, number: int, get: GetDocument) -> Page | None:
        try:
            return self._page(get(with_query(first.document.url, {"page": str(number)})))
        except (SourceFault, Unreadable):
            if number > 2:
                raise
            return None

    def _page(self, document: Document) -> Page:
        return Page(document=document, reading=self.read(document))


def _next_address(page: Page) -> str:
    """The announced page on the host we are talking to: behind a proxy, servers announce addresses of their own."""
    here = urlsplit(page.document.url)
    there = urlsplit(urljoin(page.document.url, page.reading.next_page or ""))
    return urlunsplit(there._replace(scheme=here.scheme, netloc=here.netloc, fragment=""))


def _ids(page: Page) -> frozenset[str]:
    return frozenset(item.source_id for item in page.reading.items)
