"""A catalogue that can be asked in SPARQL: the graph of a CONSTRUCT is read as any DCAT document.

The query is the source's own (`filters["query"]`) or one that takes every dcat:Dataset with what stands near it. One
that names `{limit}` and `{offset}` is asked page by page, until a page brings no dataset.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import with_query
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import Incomplete, RunMessage
from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading
from opentusk.kit.reading import read_metadata

_DATASETS = 100
# Distributions, bodies and contacts stand one step from the dataset, licences and services two.
EVERY_DATASET = """\
PREFIX dcat: <http://www.w3.org/ns/dcat#>
CONSTRUCT { ?dataset ?about ?part . ?part ?said ?more . ?more ?told ?value }
WHERE {
  { SELECT DISTINCT ?dataset WHERE { ?dataset a dcat:Dataset } ORDER BY ?dataset LIMIT {limit} OFFSET {offset} }
  ?dataset ?about ?part
  OPTIONAL { ?part ?said ?more . FILTER NOT EXISTS { ?part a dcat:Dataset }
    OPTIONAL { ?more ?told ?value . FILTER NOT EXISTS { ?more a dcat:Dataset } } }
}"""


class SparqlSource:
    """A SPARQL 1.1 endpoint. `filters` may hold `query`, a CONSTRUCT."""

    name = "sparql"
    label = _("SPARQL (CONSTRUCT di DCAT)")
    help = _(
        "Un endpoint SPARQL che ha descrizioni DCAT. Puoi scrivere la tua interrogazione, o lasciarla "
        "vuota per prendere tutti i dataset."
    )
    accept = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7"
    filters = ("query",)

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """One answer, or answers until one has no dataset."""
        query = filters.get("query") or EVERY_DATASET
        if "{offset}" not in query:
            document = get(with_query(address, {"query": query}))
            yield Page(document=document, reading=self.read(document))
            return
        offset, seen = 0, frozenset[str]()
        while True:
            said = query.replace("{limit}", str(_DATASETS)).replace("{offset}", str(offset))
            document = get(with_query(address, {"query": said}))
            page = Page(document=document, reading=self._read_page(document, is_first=offset == 0))
            ids = frozenset(item.source_id for item in page.reading.items)
            if not ids:
                return
            if ids <= seen:
                raise Incomplete(RunMessage.REPEATED_PAGE, document.url)
            seen |= ids
            yield page
            offset += _DATASETS

    def read(self, document: Document) -> CatalogReading:
        """The datasets of a graph."""
        return read_metadata(document.content, base=document.url, media_type=document.media_type or None)

    def _read_page(self, document: Document, *, is_first: bool) -> CatalogReading:
        """A page after the first may be an empty graph, which by itself is no catalogue."""
        try:
            return self.read(document)
        except Unreadable as fault:
            if is_first or fault.reason not in ("reading.empty", "reading.not_a_catalogue"):
                raise
            return CatalogReading(catalog=None, items=())
