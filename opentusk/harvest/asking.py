"""What every kind of source needs to ask: addresses with a query, and answers that must be JSON objects."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from opentusk.harvest.documents import Document, Page
from opentusk.harvest.errors import Incomplete, RunMessage, SourceFault
from opentusk.kit.mapping.loose import read_json


def with_query(address: str, filters: Mapping[str, str]) -> str:
    """The address with these query parameters in the place of its own of the same name."""
    if not filters:
        return address
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in filters]
    return urlunsplit(parts._replace(query=urlencode([*kept, *filters.items()])))


def site_of(address: str, marker: str = "/api/") -> str:
    """The portal's address, whatever part of it was registered: what stands before the marker of its API."""
    return address.partition(marker)[0].partition("?")[0].rstrip("/")


def json_object(document: Document) -> dict[str, Any]:
    """The JSON object a document is. Raises SourceFault for anything else, HTML with status 200 included."""
    try:
        answer = read_json(document.content.decode("utf-8-sig"))
    except ValueError as fault:
        raise SourceFault(RunMessage.NO_ANSWER, document.url) from fault
    if not isinstance(answer, dict):
        raise SourceFault(RunMessage.NO_ANSWER, document.url)
    return answer


def offset_pages(ask: Callable[[int], Page]) -> Iterator[Page]:
    """The pages of an interface that counts: each begins after what came before, until its total. Raises Incomplete."""
    start, former = 0, b""
    while True:
        page = ask(start)
        if page.document.content == former:
            raise Incomplete(RunMessage.REPEATED_PAGE, page.document.url)
        yield page
        count, total = len(page.reading.items), page.reading.total or 0
        start += count
        if start >= total:
            return
        if not count:
            raise Incomplete(RunMessage.PARTIAL, f"{start}/{total}")
        former = page.document.content
