"""Where the rows are in a JSON document: the arrays that stand on a path of names, with what they hold.

The document is walked once, an event at a time, so that its length does not matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import ijson  # type: ignore[import-untyped]

from opentusk.kit.errors import Unreadable

_DEEPEST = 5  # names on the path to an array of rows
_NESTED = 200  # arrays and objects in one another, in a document that anybody means to be read
_MOST_ARRAYS = 200
_PIECE = 4_096
# What answers of APIs call their rows; an array with another name beside one of these describes them.
_ROW_NAMES = ("records", "results", "data", "rows", "items", "features", "value", "values", "bindings", "result",
              "dati", "risultati", "elenco", "entries")  # fmt: skip
Event = tuple[str, object]


@dataclass(slots=True)
class Outline:
    """An array, or an object taken as one: the names that lead to it, and what its members are."""

    path: tuple[str, ...]
    objects: int = 0
    arrays: int = 0
    plain: int = 0
    is_keyed: bool = False  # an object whose members are rows, each under its key

    @property
    def total(self) -> int:
        """How many members it has."""
        return self.objects + self.arrays + self.plain

    @property
    def prefix(self) -> str:
        """How ijson calls the array (its members with `.item` behind)."""
        return ".".join(self.path)

    @property
    def holds_rows(self) -> bool:
        """Whether its members are rows: nearly all objects, or nearly all arrays."""
        return self.total > 0 and max(self.objects, self.arrays) >= self.total * 0.9


def all_outlines(path: Path) -> list[Outline]:
    """Every array on a path of names, and the document if it is an object. Raises Unreadable if it is no JSON."""
    refuse_deep(path)
    found: dict[tuple[str, ...], Outline] = {}
    with path.open("rb") as file:
        for event, outline in _walk(file, found):
            outline.objects += event == "start_map"
            outline.arrays += event == "start_array"
            outline.plain += event not in ("start_map", "start_array")
    return list(found.values())


def rows_among(outlines: list[Outline]) -> list[Outline]:
    """The arrays of rows; several when the document holds several tables. Raises Unreadable when there is none."""
    arrays = [outline for outline in outlines if not outline.is_keyed]
    rows = [outline for outline in arrays if outline.holds_rows]
    named = [outline for outline in rows if outline.path and outline.path[-1].lower() in _ROW_NAMES]
    keyed = [one for one in outlines if one.is_keyed and one.objects > 1 and one.objects == one.total]
    found = named or rows or [one for one in arrays if not one.path and one.plain] or keyed
    if not found:
        places = ", ".join(one.prefix for one in outlines[:5] if one.prefix)
        raise Unreadable("table.json_no_rows", f" ({places})" if places else "")
    return found


def refuse_deep(path: Path) -> None:
    """Refuse what nests without end: the paths of a parser would fill the memory.

    Counting brackets is enough unless the texts have many single ones; then the parser's own events decide.
    """
    depth = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            depth += piece.count(b"[") + piece.count(b"{") - piece.count(b"]") - piece.count(b"}")
            if depth > _NESTED:
                break
        else:
            return
        file.seek(0)
        _refuse_deep_events(file)


def _refuse_deep_events(file: BinaryIO) -> None:
    depth = 0
    for event, _value in events(file):
        depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
        if depth > _NESTED:
            raise Unreadable("table.json_too_deep", f"{_NESTED}")


def events(file: BinaryIO) -> Iterator[Event]:
    """The parser's events. Raises Unreadable where it is no JSON."""
    try:
        yield from ijson.basic_parse(file, multiple_values=True)
    except ijson.JSONError as fault:
        raise json_fault(fault) from fault


def json_fault(fault: Exception) -> Unreadable:
    """A syntax error, as the parser words it, on one line."""
    lines = [line.strip() for line in str(fault).replace("\\n", "\n").splitlines()]
    return Unreadable("table.json_syntax", " ".join(line for line in lines if line)[:200])


def _walk(file: BinaryIO, found: dict[tuple[str, ...], Outline]) -> Iterator[tuple[str, Outline]]:
    """Each direct member of an array on a path of names (and of the document's object), with that array."""
    names: list[str] = []  # the keys that led to the open objects
    key: str | None = None
    inside = 0  # open arrays and objects below an array's member
    current: Outline | None = None
    for event, value in events(file):
        is_start, is_end = event.startswith("start_"), event.startswith("end_")
        if current is not None:
            if inside == 0 and not is_end:
                yield event, current
            inside += is_start - is_end
            if inside < 0:
                current, inside, key = None, 0, None
        elif event == "map_key":
            key = str(value)
        elif event == "start_array":
            current = _outline(found, names, key)
        elif event == "start_map":
            yield from _keyed(found, names, key, event)
            names.append(key or "")
        elif event == "end_map":
            names.pop()
        else:
            yield from _keyed(found, names, key, event)


def _outline(found: dict[tuple[str, ...], Outline], names: list[str], key: str | None) -> Outline:
    path = (*names[1:], key or "") if names else ()
    if len(path) > _DEEPEST or len(found) > _MOST_ARRAYS:
        return Outline(path=path)
    return found.setdefault(path, Outline(path=path))


def _keyed(
    found: dict[tuple[str, ...], Outline], names: list[str], key: str | None, event: str
) -> Iterator[tuple[str, Outline]]:
    """The members of the outermost object: rows under their keys, if all are objects."""
    if len(names) == 1 and key is not None:
        yield event, found.setdefault(("",), Outline(path=(), is_keyed=True))
