"""Guesses how an answer is built, so that an editor gives an address and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import replace

from opentusk.kit.errors import Unreadable
from opentusk.kit.webservices.answers import read_answer
from opentusk.kit.webservices.shapes import Kind, Paging, Reply, Service

_TOTALS = ("total", "totale", "count", "totalcount", "total_count", "numfound", "nhits", "numero", "totalelements")
_NEXTS = ("next", "successiva", "nextpage", "next_page", "nextlink", "@odata.nextlink", "next_url", "href")
_DEEPEST = 3


def guess_service(reply: Reply) -> Service:
    """The service behind a first answer: kind, path of the rows, total and next page where they have usual names.

    Raises Unreadable when there are no rows to be seen.
    """
    if reply.status != 200:
        raise Unreadable("service.status", str(reply.status))
    service = Service(url=reply.url)
    if "csv" in reply.media_type.lower() or reply.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        guessed = replace(service, kind=Kind.CSV)
        read_answer(reply, guessed)
        return guessed
    try:
        document = json.loads(reply.content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise Unreadable("service.not_json", str(fault)[:200]) from fault
    path = next((path for path, value in _places(document, "", 0) if _is_table(value)), None)
    if path is None:
        raise Unreadable("service.no_rows", "[]")
    following = _named(document, _NEXTS, str)
    return replace(
        service,
        rows_path=path,
        total_path=_named(document, _TOTALS, int),
        next_path=following,
        paging=Paging.NEXT if following else Paging.NONE,
    )


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _named(document: object, names: tuple[str, ...], kind: type) -> str:
    """The path of the first value with one of these names and of this type; "" when there is none."""
    for path, value in _places(document, "", 0):
        name = path.rpartition(".")[2].lower()
        if name in names and isinstance(value, kind) and not isinstance(value, bool) and _looks_right(value, kind):
            return path
    return ""


def _looks_right(value: object, kind: type) -> bool:
    return kind is not str or str(value).startswith(("http", "/", "?"))


def _places(value: object, path: str, depth: int) -> Iterator[tuple[str, object]]:
    """Every place of an answer that is no row, level by level."""
    yield path, value
    if not isinstance(value, dict) or depth == _DEEPEST:
        return
    for key, inner in value.items():
        if "." not in key:
            yield from _places(inner, f"{path}.{key}".lstrip("."), depth + 1)
