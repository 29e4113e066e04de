"""Keys to group by: parts of dates, ranges of numbers, cells of a grid.

`raw` is what rows are grouped and sorted by, a number or a date; `shown` is how people read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from opentusk.kit.tables.shapes import ColumnType

_SUFFIX = "_key"
_WIDE = 2**30  # above every column of a grid


@dataclass(frozen=True)
class Key:
    """A way to group. `{0}`… are the arguments; in `shown`, `{raw}` too."""

    raw: str
    shown: str
    gives: ColumnType


DATE_KEYS: dict[str, Key] = {
    "year": Key("year({0})", "{raw}", ColumnType.INTEGER),
    "quarter": Key(
        "date_trunc('quarter', {0})", "strftime({raw}, '%Y') || '-Q' || quarter({raw})::VARCHAR", ColumnType.TEXT
    ),
    "month": Key("date_trunc('month', {0})", "strftime({raw}, '%Y-%m')", ColumnType.TEXT),
    "day": Key("({0})::DATE", "{raw}", ColumnType.DATE),
}
_KEYS: dict[str, Key] = DATE_KEYS | {
    # {0} number, {1} step
    "step": Key(
        "floor({0}::DOUBLE / {1})::BIGINT",
        "({raw} * {1})::VARCHAR || '..' || (({raw} + 1) * {1})::VARCHAR",
        ColumnType.TEXT,
    ),
    # {0} longitude, {1} latitude, {2} zoom: the tiles of web maps
    "grid": Key(
        f"(floor(({{0}} + 180) / 360 * (1 << {{2}}))::BIGINT * {_WIDE} + "
        "floor((1 - asinh(tan(radians(greatest(-85.0511, least(85.0511, {1}))))) / pi()) / 2 * (1 << {2}))::BIGINT)",
        f"{{2}}::VARCHAR || '/' || ({{raw}} // {_WIDE})::VARCHAR || '/' || ({{raw}} % {_WIDE})::VARCHAR",
        ColumnType.TEXT,
    ),
}


def key_name(part: str) -> str:
    """What the tree calls the key of a part."""
    return f"{part}{_SUFFIX}"


def is_key(function: str) -> bool:
    """Whether a call is a key."""
    return function.endswith(_SUFFIX)


def raw_key(function: str, arguments: Sequence[str]) -> str:
    """What rows are grouped by."""
    part = function.removesuffix(_SUFFIX)
    return _bounds(arguments) if part == "bounds" else _KEYS[part].raw.format(*arguments)


def shown_key(function: str, raw: str, arguments: Sequence[str]) -> str:
    """What is answered for a group."""
    part = function.removesuffix(_SUFFIX)
    return _bounds_shown(raw, arguments) if part == "bounds" else _KEYS[part].shown.format(*arguments, raw=raw)


def _bounds(arguments: Sequence[str]) -> str:
    """The number of edges that a number has reached: `arguments` are the number and the edges, NULL for an open end."""
    number, *edges = arguments
    open_below, open_above = edges[0] == "NULL", edges[-1] == "NULL"
    inner = [edge for edge in edges if edge != "NULL"]
    cases = [f"WHEN {number} < {edge} THEN {position}" for position, edge in enumerate(inner)]
    if not open_below:
        cases[0] = f"WHEN {number} < {inner[0]} THEN NULL"
    last = f"WHEN {number} IS NOT NULL THEN {len(inner)}" if open_above else ""
    return f"CASE {' '.join(cases)} {last} END"


def _bounds_shown(raw: str, arguments: Sequence[str]) -> str:
    inner = ["'*'", *(f"{edge}::VARCHAR" for edge in arguments[1:] if edge != "NULL"), "'*'"]
    names = [f"WHEN {place} THEN {low} || '..' || {high}" for place, (low, high) in enumerate(pairwise(inner))]
    return f"CASE {raw} {' '.join(names)} END"
