"""Dates and times as they are written, one order per column: a day above 12 settles it, else day first and a note.

Naive times are Europe/Rome and kept without zone; those with a zone are turned into it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from opentusk.kit.tables.columns.values import BLANKS
from opentusk.kit.tables.shapes import ColumnType
from opentusk.kit.tables.workspace import literal

MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
    "novembre", "dicembre",
)  # fmt: skip
_MONTH = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]}|t)?" for month in MONTHS) + r")\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?"
_TIME = rf"(?:(?P<gap>[T ]|, ?| ore )(?P<time>{_CLOCK})\s?(?P<zone>Z|[-+]\d{{2}}(?::?\d{{2}})?)?)?"
_PIVOT = 69  # two-digit years: 69 is 1969, 68 is 2068, as POSIX has it


class Order(StrEnum):
    """How the parts of a date follow each other."""

    DAY_FIRST = "dd/mm/yyyy"
    MONTH_FIRST = "mm/dd/yyyy"
    YEAR_FIRST = "yyyy-mm-dd"
    COMPACT = "yyyymmdd"
    IN_WORDS = "d mese yyyy"
    MONTH_IN_WORDS = "mese yyyy"
    MONTH = "mm/yyyy"
    YEAR_MONTH = "yyyy-mm"
    TIME = "hh:mm"
    TIME_WITH_POINT = "hh.mm"


_TIMES = (Order.TIME, Order.TIME_WITH_POINT)
_FORMS = (
    (Order.DAY_FIRST, rf"(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TIME}"),
    (Order.YEAR_FIRST, rf"(?P<y>\d{{4}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<a>\d{{1,2}}){_TIME}"),
    (Order.COMPACT, r"(?P<y>(?:19|20)\d{2})(?P<b>0[1-9]|1[0-2])(?P<a>[0-3]\d)"),
    (Order.IN_WORDS, rf"(?P<a>\d{{1,2}})[°º]?(?P<sep>[-/ ])(?P<m>{_MONTH})[-/ ](?P<y>\d{{4}}|\d{{2}}){_TIME}"),
    (Order.MONTH_IN_WORDS, rf"(?P<m>{_MONTH})(?P<sep>[-/ '’]+)(?P<y>\d{{4}}|\d{{2}})"),
    (Order.MONTH, r"(?P<b>0?[1-9]|1[0-2])(?P<sep>[-/])(?P<y>(?:19|20)\d{2})"),
    (Order.YEAR_MONTH, r"(?P<y>(?:19|20)\d{2})(?P<sep>[-/])(?P<b>0[1-9]|1[0-2])"),
    (Order.TIME_WITH_POINT, r"(?P<time>(?:[01]?\d|2[0-3])\.[0-5]\d)"),
    (Order.TIME, r"(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)"),
)
_COMPILED = tuple((order, re.compile(pattern, re.IGNORECASE)) for order, pattern in _FORMS)
_OF_TIMES = re.compile(r"\bor[ae]\b|orari[oa]?\b|\balle\b|\bdalle\b", re.IGNORECASE)
_OF_DATES = re.compile(r"dat[ae]|giorno|(^|[^a-z])dt|inizio|fine|scadenza|nascita", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class DateForm:
    """How to read a column of dates: the order, and every way in which separators, years and times occur."""

    type: ColumnType
    order: Order
    formats: tuple[str, ...]
    fitting: int
    has_zone: bool = False
    is_assumed: bool = False  # no day above 12: day first was taken
    is_mixed: bool = False  # several separators or lengths of the year

    @property
    def format(self) -> str:
        """The source's way of writing, for people."""
        return f"{self.order} hh:mm" if self.type is ColumnType.DATETIME else str(self.order)

    def settled(self, order: Order | None) -> "DateForm":
        """The same, when another column of the file proves which comes first: the day or the month."""
        if not self.is_assumed or order is None:
            return self
        if order is Order.DAY_FIRST:
            return replace(self, is_assumed=False)
        swapped = {"d": "m", "m": "d"}
        formats = tuple(re.sub("%([dm])", lambda part: f"%{swapped[part[1]]}", form) for form in self.formats)
        return replace(self, order=order, formats=formats, is_assumed=False)

    def sql(self, text: str) -> str:
        """The date or time in the SQL expression `text`; NULL where it is none."""
        if self.has_zone:
            return f"(TRY_CAST({text} AS TIMESTAMPTZ) AT TIME ZONE 'Europe/Rome')"
        if self.order in (Order.IN_WORDS, Order.MONTH_IN_WORDS):
            text = _with_figures(text)
        formats = ", ".join(map(literal, self.formats))
        kind = {ColumnType.DATE: "DATE", ColumnType.TIME: "TIME"}.get(self.type, "TIMESTAMP")
        return f"try_strptime({text}, [{formats}])::{kind}"


def date_form(label: str, texts: Iterable[tuple[str, int]]) -> DateForm | None:
    """How to read the column, if its values are dates or times; `fitting` says how many of them are."""
    found: dict[Order, list[tuple[re.Match[str], int]]] = {}
    for text, count in texts:
        value = text.strip(BLANKS)
        for order, pattern in _COMPILED:
            if match := pattern.fullmatch(value):
                found.setdefault(order, []).append((match, count))
                break
    if not _OF_DATES.search(label):
        found.pop(Order.COMPACT, None)
    if not _OF_TIMES.search(label):
        found.pop(Order.TIME_WITH_POINT, None)
    if not found:
        return None
    order = max(found, key=lambda order: sum(count for _match, count in found[order]))
    return _form(order, found[order])


def _form(order: Order, matches: Sequence[tuple[re.Match[str], int]]) -> DateForm:
    is_assumed = False
    if order is Order.DAY_FIRST:
        first = sum(count for match, count in matches if int(match["a"]) > 12)
        second = sum(count for match, count in matches if int(match["b"]) > 12)
        is_assumed = not first and not second
        order = Order.MONTH_FIRST if second > first else order
    kept = [(match, count) for match, count in matches if _is_real(match, order)]
    formats = Counter[str]()
    for match, count in kept:
        formats[_strptime(match, order)] += count
    times = any(match.groupdict().get("gap") for match, _count in kept)
    kind = ColumnType.TIME if order in _TIMES else ColumnType.DATETIME if times else ColumnType.DATE
    # `%Y` would read the year 23 of `1/3/23`: two-digit years are tried first.
    return DateForm(
        type=kind,
        order=order,
        formats=tuple(sorted(formats, key=lambda form: ("%y" not in form, -formats[form], form))),
        fitting=sum(count for _match, count in kept),
        has_zone=any(match.groupdict().get("zone") for match, _count in kept),
        is_assumed=is_assumed,
        is_mixed=len({form.split(" ")[0] for form in formats}) > 1 and kind is not ColumnType.TIME,
    )


def _is_real(match: re.Match[str], order: Order) -> bool:
    parts = match.groupdict()
    if parts.get("y") is None:
        return True
    day, month = int(parts.get("a") or 1), int(parts.get("b") or 1)
    if order is Order.MONTH_FIRST:
        day, month = month, day
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 1900 if year >= _PIVOT else 2000
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _strptime(match: re.Match[str], order: Order) -> str:
    parts = match.groupdict()
    sep = parts.get("sep") or ""
    year = "%y" if len(parts.get("y") or "") == 2 else "%Y"
    form = {
        Order.DAY_FIRST: f"%d{sep}%m{sep}{year}",
        Order.MONTH_FIRST: f"%m{sep}%d{sep}{year}",
        Order.YEAR_FIRST: f"%Y{sep}%m{sep}%d",
        Order.COMPACT: "%Y%m%d",
        Order.IN_WORDS: f"%d %m {year}",
        Order.MONTH_IN_WORDS: f"%m {year}",
        Order.MONTH: f"%m{sep}%Y",
        Order.YEAR_MONTH: f"%Y{sep}%m",
    }.get(order, "")
    time = parts.get("time")
    if not time:
        return form
    signs = re.findall(r"[:.,]", time)
    clock = "%H" + "".join(f"{sign}{field}" for sign, field in zip(signs, ("%M", "%S", "%g"), strict=False))
    return f"{form}{parts.get('gap') or ''}{clock}"


def _with_figures(text: str) -> str:
    """`1° gennaio 2024`, `gen-24` as `1 01 2024`, `01 24`, in SQL."""
    plain = f"regexp_replace(lower({text}), '[-/°º''’. ]+', ' ', 'g')"
    for number, month in enumerate(MONTHS, start=1):
        short = "sett?" if month == "settembre" else month[:3]
        plain = f"regexp_replace({plain}, '\\b({month}|{short})\\b', '{number:02d}')"
    return f"trim({plain})"
