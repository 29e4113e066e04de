"""Reads one answer of a service: its rows, as texts exactly as they were written, and what it says of the next page."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opentusk.kit.errors import Unreadable
from opentusk.kit.webservices.shapes import Kind, Reply, Row, Service

_DELIMITERS = (";", ",", "\t", "|")
# Deeper than any table nests its rows; a bomb of brackets is much deeper.
_DEEPEST = 12


@dataclass(frozen=True, kw_only=True)
class AnswerRead:
    """The rows of one answer. `total` is how many the service says there are in all; None when it does not say."""

    rows: tuple[Row, ...]
    next_url: str = ""
    total: int | None = None


def read_answer(reply: Reply, service: Service) -> AnswerRead:
    """The rows of an answer. Raises Unreadable, with a `service.*` reason, when it is not what was agreed."""
    if reply.status != 200:
        raise Unreadable("service.status", str(reply.status))
    if service.kind == Kind.CSV:
        return AnswerRead(rows=tuple(_csv_rows(_text_of(reply.content))))
    return _read_json(reply, service)


def value_at(document: object, path: str) -> object:
    """What lies at a dotted path; None when nothing does. Numbers are positions in lists."""
    found = document
    for step in filter(None, path.split(".")):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdecimal() and len(step) < 10 and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def _read_json(reply: Reply, service: Service) -> AnswerRead:
    document = _parse(reply.content)
    rows = value_at(document, service.rows_path)
    if not isinstance(rows, list):
        raise Unreadable("service.no_rows", service.rows_path or "[]")
    if not all(isinstance(row, dict) for row in rows):
        raise Unreadable("service.rows_are_no_objects", service.rows_path or "[]")
    total = value_at(document, service.total_path) if service.total_path else None
    following = value_at(document, service.next_path) if service.next_path else None
    return AnswerRead(
        rows=tuple(dict(_flattened(row, "", 0)) for row in rows),
        next_url=following if isinstance(following, str) else "",
        total=int(total) if isinstance(total, str) and total.isdecimal() and len(total) < 16 else None,
    )


class _Written(str):
    """A number as the service wrote it: `1.10` is not `1.1`."""


def _parse(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable("service.not_utf8", f"byte {fault.start}") from fault
    try:
        return json.loads(text, parse_float=_Written, parse_int=_Written)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("service.not_json", str(fault)[:200]) from fault


def _flattened(value: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    """The fields of a row; an object inside it gives fields with a dot, a list is kept as its JSON text."""
    for key, inner in value.items():
        path = f"{prefix}{key}"
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from _flattened(inner, f"{path}.", depth + 1)
        else:
            yield path, _text(inner)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text_of(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("service.not_utf8", "")


def _csv_rows(text: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(lines, None)
    if not header or not any(header):
        raise Unreadable("service.no_rows", "CSV")
    names = [name.strip() or f"colonna_{position}" for position, name in enumerate(header, start=1)]
    for number, cells in enumerate(lines, start=2):
        if not cells:
            continue
        if len(cells) != len(names):
            raise Unreadable("service.ragged", str(number))
        yield dict(zip(names, cells, strict=True))
