"""How the cells of a text are separated and quoted: the way in which most records agree on the number of cells."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from opentusk.kit.tables.delimited.records import Record, Separation, read_records

_USUAL = ";,\t|"
_UNUSUAL = ":^~§¦#&!"
# A sign that is usual in prose separates cells only if every line says so.
_SURE, _FEW = 0.95, 3
_SEP_LINE = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)
_SINGLE_QUOTED = "(?:^|{d})'[^'\n]*'(?={d}|$)"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One way of reading the sample: the usual number of cells, and the share of records that have it."""

    separation: Separation
    width: int
    share: float
    has_sep_line: bool = False


def find_dialect(lines: Sequence[str], *, delimiter: str = "") -> Agreement:
    """The best way to read these lines; `delimiter` is what a person said."""
    declared = _SEP_LINE.match(lines[0]) if lines else None
    if declared and not delimiter:
        delimiter = declared[1]
    body = lines[1:] if declared else lines
    if delimiter:
        found = _agreement(body, _separation(body, delimiter))
    else:
        found = max((_agreement(body, _separation(body, sign)) for sign in _candidates(body)), key=_rank)
        if found.separation.delimiter in _UNUSUAL and (found.share < _SURE or len(body) < _FEW):
            found = Agreement(separation=Separation(delimiter=","), width=1, share=1.0)
    return Agreement(
        separation=found.separation, width=found.width, share=found.share, has_sep_line=declared is not None
    )


def _candidates(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    usual = "".join(sign for sign in _USUAL if sign in text)
    return usual or "".join(sign for sign in _UNUSUAL if sign in text) or ","


def _separation(lines: Sequence[str], delimiter: str) -> Separation:
    text = "\n".join(lines)
    if "'" in text and '"' not in text:
        quoted = re.compile(_SINGLE_QUOTED.format(d=re.escape(delimiter)), re.MULTILINE)
        if len(quoted.findall(text)) > max(len(lines) * 0.5, text.count("'") / 4):
            return Separation(delimiter=delimiter, quote="'")
    if '\\"' in text and '""' not in text.replace('\\"', ""):
        return Separation(delimiter=delimiter, escape="\\")
    return Separation(delimiter=delimiter)


def _agreement(lines: Sequence[str], separation: Separation) -> Agreement:
    records = [record for record in read_records(lines, separation) if record.cells]
    widths = Counter(_full_width(record) for record in records)
    # Titles and notes are records of one cell: they speak for a width only where there is no other.
    tables = Counter({width: count for width, count in widths.items() if width > 1}) or widths
    width, count = max(tables.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return Agreement(separation=separation, width=width, share=count / max(len(records), 1))


def _full_width(record: Record) -> int:
    return len(record.cells) if record.is_sound else 0


def _rank(found: Agreement) -> tuple[float, int, int]:
    """Agreement first; then the signs that are used for nothing else; then more cells."""
    if found.width < 2:
        return 0.0, 0, 0
    return round(found.share, 2), found.separation.delimiter in ";\t|", found.width
