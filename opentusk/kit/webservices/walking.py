"""Walks a service page by page, to the end, and notices when it goes in circles."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from opentusk.kit.errors import Unreadable
from opentusk.kit.webservices.answers import AnswerRead, read_answer
from opentusk.kit.webservices.shapes import Ask, Paging, Reply, Service

# A table of a body has at most some million rows; a service that gives more pages than this is going in circles.
MOST_PAGES = 20_000


@dataclass(frozen=True, kw_only=True)
class PageRead:
    """One page: the reply as it came and its rows."""

    number: int
    reply: Reply
    answer: AnswerRead


def walk(service: Service, ask: Ask, *, most_pages: int = MOST_PAGES) -> Iterator[PageRead]:
    """Every page in order. Raises Unreadable: a broken page ends the walk, so that half a table is never taken.

    A page with the same bytes as the one before it, or an address already asked, means that the service ignores the
    page number: `service.repeats`.
    """
    url, seen, last = first_address(service), set[str](), ""
    for number in range(1, most_pages + 1):
        if url in seen:
            raise Unreadable("service.repeats", url)
        seen.add(url)
        reply = ask(url)
        answer = read_answer(reply, service)
        digest = sha256(reply.content).hexdigest()
        if number > 1 and answer.rows and digest == last:
            raise Unreadable("service.repeats", url)
        last = digest
        yield PageRead(number=number, reply=reply, answer=answer)
        url = _next_address(service, number, reply, answer)
        if not url:
            return
    raise Unreadable("service.too_many_pages", str(most_pages))


def first_address(service: Service) -> str:
    """Where the walk begins."""
    if service.paging in {Paging.PAGE, Paging.OFFSET}:
        return _address(service, service.first)
    return _with(service.url, {service.size_parameter: str(service.size)} if service.size_parameter else {})


def _next_address(service: Service, number: int, reply: Reply, answer: AnswerRead) -> str:
    """The address after page `number`; "" at the end."""
    match service.paging:
        case Paging.NEXT:
            return urljoin(reply.url, answer.next_url) if answer.next_url else ""
        case Paging.PAGE if answer.rows:
            return _address(service, service.first + number)
        case Paging.OFFSET if answer.rows:
            return _address(service, service.first + number * service.size)
        case _:
            return ""


def _address(service: Service, position: int) -> str:
    parameters = {service.page_parameter: str(position)}
    if service.size_parameter:
        parameters[service.size_parameter] = str(service.size)
    return _with(service.url, parameters)


def _with(url: str, parameters: dict[str, str]) -> str:
    """The address with these parameters, in place of those of the same name."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in parameters]
    return urlunsplit(parts._replace(query=urlencode([*kept, *parameters.items()])))
