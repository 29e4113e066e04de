"""Which time the data speak of: from their own dates, else from the name of the file. Never from today."""

from collections.abc import Sequence
from datetime import date

from opentusk.kit.suggesting.evidence import Found
from opentusk.kit.suggesting.shapes import Suggestion
from opentusk.kit.suggesting.spans import Span, year_span, years_in
from opentusk.kit.suggesting.words import find_phrase, words_of
from opentusk.kit.tables.shapes import ColumnType

_YEAR_WORDS = frozenset({"anno", "year", "annualita", "esercizio"})
_EARLIEST, _YEARS_AHEAD = 1850, 1


def suggest_period(
    columns: Sequence[Found], named: Span | None, today: date
) -> tuple[Suggestion, Suggestion, Span] | None:
    """First and last day with the span they make."""
    for look in (_from_dates, _from_years, _from_labels):
        if found := look(columns, today):
            return _both(*found)
    return _both(named, "suggest.period_from_name", "") if named else None


def _both(span: Span, code: str, column: str) -> tuple[Suggestion, Suggestion, Span]:
    values = {"column": column}
    start = Suggestion(value=span.start.isoformat(), code=code, values=values)
    return start, Suggestion(value=span.end.isoformat(), code=code, values=values), span


def _from_dates(columns: Sequence[Found], today: date) -> tuple[Span, str, str] | None:
    """The fullest column of dates that can be the time of the facts."""
    dates = [found for found in columns if found.is_of(ColumnType.DATE, ColumnType.DATETIME) and not _is_other(found)]
    for found in sorted(dates, key=lambda found: found.profile.nulls):
        first, last = found.day(found.profile.min), found.day(found.profile.max)
        if first and last and first.year >= _EARLIEST and last.year <= today.year + _YEARS_AHEAD:
            return Span(first, last), "suggest.period_from_dates", found.label
    return None


def _from_years(columns: Sequence[Found], today: date) -> tuple[Span, str, str] | None:
    """A column of years."""
    for found in columns:
        if not _YEAR_WORDS & set(found.words) or _is_other(found):
            continue
        years = [year for text in (found.profile.min, found.profile.max) for year in years_in(text or "")]
        if len(years) >= 2 and _EARLIEST <= years[0] <= years[-1] <= today.year + _YEARS_AHEAD:
            return year_span(years[0], years[-1]), "suggest.period_from_years", found.label
    return None


def _from_labels(columns: Sequence[Found], today: date) -> tuple[Span, str, str] | None:
    """One column per year: the years are in the headers."""
    years = sorted({year for found in columns for year in years_in(found.column.label) if year <= today.year + 1})
    if len(years) < 3:
        return None
    return year_span(years[0], years[-1]), "suggest.period_from_labels", ""


def _is_other(found: Found) -> bool:
    """Whether the column tells the time of something else than the facts of the rows."""
    return any(find_phrase(other, found.words) for other in words_of("other_time"))
