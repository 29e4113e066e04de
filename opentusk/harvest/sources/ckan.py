"""A CKAN catalogue through its action API: pages of `package_search` in the order of ids, which never moves."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.harvest.errors import Incomplete, RunMessage, SourceFault
from opentusk.kit.items import CatalogReading
from opentusk.kit.reading import read_metadata

# A thousand is CKAN's cap; half of it keeps a page of long descriptions well below the size limit.
_ROWS = 500


class CkanSource:
    """CKAN 2.x. `filters` may hold `fq` in Solr's syntax and `organization`, a name."""

    name = "ckan"
    label = "CKAN (API)"
    accept = "application/json"

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
        yield from self._searched(site, filters, first, get)

    def read(self, document: Document) -> CatalogReading:
        """Packages in any of the envelopes CKAN has for them."""
        return read_metadata(document.content, base=document.url, media_type="application/json")

    def _searched(self, site: str, filters: Mapping[str, str], first: Document, get: GetDocument) -> Iterator[Page]:
        document, start, former = first, 0, b""
        while True:
            result = _result(document)
            packages, count = result.get("results") or [], int(result.get("count") or 0)
            if document.content == former:
                raise Incomplete(RunMessage.REPEATED_PAGE, document.url)
            yield Page(document=document, reading=self.read(document))
            # The server may give fewer rows than asked: its own number counts.
            start += len(packages)
            if start >= count:
                return
            if not packages:
                raise Incomplete(RunMessage.PARTIAL, f"{start}/{count}")
            former = document.content
            document = self._search(site, filters, start, get)

    def _search(self, site: str, filters: Mapping[str, str], start: int, get: GetDocument) -> Document:
        query = {"rows": str(_ROWS), "start": str(start), "sort": "id asc"}
        if wanted := " ".join(_query_filters(filters)):
            query["fq"] = wanted
        return get(f"{site}/api/3/action/package_search?{urlencode(query)}")

    def _one_by_one(self, site: str, get: GetDocument) -> Iterator[Page]:
        names = _result(get(f"{site}/api/3/action/package_list"))
        for name in names:
            document = get(f"{site}/api/3/action/package_show?{urlencode({'id': str(name)})}")
            yield Page(document=document, reading=self.read(document))


def site_of(address: str) -> str:
    """The portal's address, whatever part of it was registered."""
    return address.partition("/api/")[0].partition("?")[0].rstrip("/")


def _query_filters(filters: Mapping[str, str]) -> Iterator[str]:
    if filters.get("fq"):
        yield filters["fq"]
    if filters.get("organization"):
        yield f"organization:{filters['organization']}"


def _result(document: Document) -> Any:
    """The content of CKAN's envelope. Raises SourceFault for anything else, HTML with status 200 included."""
    try:
        answer = json.loads(document.content)
    except ValueError as fault:
        raise SourceFault(RunMessage.NO_ANSWER, document.url) from fault
    if not isinstance(answer, dict) or not answer.get("success") or "result" not in answer:
        raise SourceFault(RunMessage.NO_ANSWER, document.url)
    return answer["result"]
