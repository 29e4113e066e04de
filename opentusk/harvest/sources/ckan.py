"""A CKAN catalogue through its action API: pages of `package_search` in the order of ids, which never moves."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from opentusk.harvest.asking import json_object, offset_pages, site_of
from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import RunMessage, SourceFault
from opentusk.kit.items import CatalogReading
from opentusk.kit.reading import read_metadata

# A thousand is CKAN's cap; half of it keeps a page of long descriptions well below the size limit.
_ROWS = 500


class CkanSource:
    """CKAN 2.x. `filters` may hold `fq` in Solr's syntax and `organization`, a name."""

    name = "ckan"
    label = _("CKAN (API)")
    help = _("Un portale CKAN: basta il suo indirizzo. Esempio: https://dati.regione.example.it")
    accept = "application/json"
    filters = ("fq", "organization")

    def fetch(self, address: str, filters: Mapping[str, str], get: GetDocument) -> Iterator[Page]:
        """Page through `package_search`; a portal that has closed it may still answer `package_list`."""
        site = site_of(address)
        try:
            first = self._search(site, filters, 0, get)
        except SourceFault as fault:
            if fault.code != RunMessage.HTTP_STATUS or filters:
                raise
            yield from self._one_by_one(site, get)
            return
        # The server may give fewer rows than asked: its own number counts.
        yield from offset_pages(lambda start: self._search(site, filters, start, get) if start else first)

    def read(self, document: Document) -> CatalogReading:
        """Packages in any of the envelopes CKAN has for them."""
        return read_metadata(document.content, base=document.url, media_type="application/json")

    def _search(self, site: str, filters: Mapping[str, str], start: int, get: GetDocument) -> Page:
        query = {"rows": str(_ROWS), "start": str(start), "sort": "id asc"}
        if wanted := " ".join(_query_filters(filters)):
            query["fq"] = wanted
        document = get(f"{site}/api/3/action/package_search?{urlencode(query)}")
        _result(document)
        return Page(document=document, reading=self.read(document))

    def _one_by_one(self, site: str, get: GetDocument) -> Iterator[Page]:
        names = _result(get(f"{site}/api/3/action/package_list"))
        for name in names:
            document = get(f"{site}/api/3/action/package_show?{urlencode({'id': str(name)})}")
            yield Page(document=document, reading=self.read(document))


def _query_filters(filters: Mapping[str, str]) -> Iterator[str]:
    if filters.get("fq"):
        yield filters["fq"]
    if filters.get("organization"):
        yield f"organization:{filters['organization']}"


def _result(document: Document) -> Any:
    """The content of CKAN's envelope. Raises SourceFault for anything else."""
    answer = json_object(document)
    if not answer.get("success") or "result" not in answer:
        raise SourceFault(RunMessage.NO_ANSWER, document.url)
    return answer["result"]
