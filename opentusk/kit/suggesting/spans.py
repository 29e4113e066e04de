"""Days, months and years written in a name: which time they speak of, and the name without them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from opentusk.kit.suggesting.words import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug",
            "agosto ago", "settembre set", "ottobre ott", "novembre nov", "dicembre dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_EDGE, _END = r"(?<![0-9])", r"(?![0-9])"
_YEAR = r"(?:19|20)\d\d"
_GAP = r"[\s._/-]{0,3}"
# What leads to a date goes away with it: "al 31 12 2022", "a.s. 2015", "anno 2023", "dal 2019 al 2021".
_LEAD = (
    r"(?:\b(?:(?:nel|dell)?[' ]?ann[oi]|a[. ]?s[. ]?|annualit[aà]?|dal|dall|al|aggiornat[oaie]|agg|rilevazione)\b"
    r"[\s._'-]*)*"
)
_DAY_FIRST = re.compile(rf"{_LEAD}{_EDGE}(\d{{1,2}})[\s._/-](\d{{1,2}})[\s._/-]({_YEAR}){_END}", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    rf"{_LEAD}{_EDGE}({_YEAR})[\s._/-]?(0[1-9]|1[0-2])[\s._/-]?(0[1-9]|[12]\d|3[01])(?:[\sT._-]?\d{{2,6}})?{_END}",
    re.IGNORECASE,
)
_NAMED_MONTH = re.compile(rf"{_LEAD}(?<![a-z])({_MONTH}){_GAP}({_YEAR}){_END}", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"{_LEAD}{_EDGE}({_YEAR})[._/-](0[1-9]|1[0-2]){_END}", re.IGNORECASE)
_SCHOOL = re.compile(rf"\ba[. _-]?s[. _-]{_GAP}({_YEAR})(?:[\s._/-](\d{{4}}|\d{{2}}))?{_END}", re.IGNORECASE)
_YEARS = re.compile(rf"{_LEAD}{_EDGE}({_YEAR})(?:\s?[-_/]\s?|\s+al\s+)({_YEAR}|\d\d){_END}", re.IGNORECASE)
_ONE_YEAR = re.compile(rf"{_LEAD}{_EDGE}({_YEAR}){_END}", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """From one day to another, both included."""

    start: date
    end: date

    @property
    def is_one_year(self) -> bool:
        """Whether it is exactly one calendar year."""
        return self.start == date(self.start.year, 1, 1) and self.end == date(self.start.year, 12, 31)

    def around(self, other: "Span") -> "Span":
        """The shortest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


def year_span(first: int, last: int | None = None) -> Span:
    """One or several whole years."""
    return Span(date(first, 1, 1), date(last or first, 12, 31))


def take_spans(name: str) -> tuple[str, Span | None]:
    """The name without its dates, and the time they speak of all together; None when there is none."""
    found: list[Span] = []
    for pattern, read in _READERS:

        def take(match: re.Match[str], read=read) -> str:  # type: ignore[no-untyped-def]
            span = read(match)
            if span is None:
                return match.group()
            found.append(span)
            return " "

        name = pattern.sub(take, name)
    whole: Span | None = None
    for span in found:
        whole = whole.around(span) if whole else span
    return name, whole


def years_in(label: str) -> list[int]:
    """The years that a column's label names: `F2004_incidenti`, `2019`, `Dati 2021`."""
    return [int(year) for year in re.findall(rf"{_EDGE}({_YEAR}){_END}", label)]


def _day(day: str, month: str, year: str) -> Span | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return Span(found, found)


def _month(year: str, month: int) -> Span:
    return Span(date(int(year), month, 1), date(int(year), month, monthrange(int(year), month)[1]))


def _years(first: str, last: str) -> Span | None:
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    return year_span(int(first), end) if int(first) <= end <= int(first) + 60 else None


_READERS = (
    # A school year begins in September.
    (_SCHOOL, lambda match: Span(date(int(match[1]), 9, 1), date(int(match[1]) + 1, 8, 31))),
    (_DAY_FIRST, lambda match: _day(match[1], match[2], match[3])),
    (_YEAR_FIRST, lambda match: _day(match[3], match[2], match[1])),
    (_NAMED_MONTH, lambda match: _month(match[2], _MONTHS[fold(match[1])])),
    (_YEAR_MONTH, lambda match: _month(match[1], int(match[2]))),
    (_YEARS, lambda match: _years(match[1], match[2])),
    (_ONE_YEAR, lambda match: year_span(int(match[1]))),
)
