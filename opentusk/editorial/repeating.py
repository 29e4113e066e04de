"""The record of a copy, and of the year that follows: a calculation on records, nothing is written."""

import re
from dataclasses import replace
from datetime import date, timedelta

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris, slug_of
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_LONGEST = 180


def without_own(record: kit.Dataset, identifier: str) -> kit.Dataset:
    """The description under another name, without what is a dataset's own: files, dates, other codes, services."""
    return _minted(
        replace(
            record,
            identifier=identifier,
            iri=None,
            landing_page=None,
            distribution=(),
            other_identifier=(),
            issued=None,
            modified=None,
            metadata_modified=None,
            version_info=None,
            version_notes={},
            has_version=(),
            is_version_of=(),
            source_catalog=None,
            extra=(),
        )
    )


def next_record(record: kit.Dataset) -> kit.Dataset | None:
    """The record of the period that follows; None when there is no whole period to move on from."""
    period = next((one for one in record.temporal if one.start_date), None)
    moved = _moved(period) if period else None
    if period is None or moved is None:
        return None
    before, after = (period.start_date or "")[:4], (moved.start_date or "")[:4]
    identifier = free_identifier(_with_year(record.identifier, before, after))
    copy = without_own(record, identifier)
    relation = (*record.relation, record.iri) if record.iri and record.iri not in record.relation else record.relation
    return _minted(
        replace(
            copy,
            title={language: _years(text, before, after) for language, text in record.title.items()},
            description={language: _years(text, before, after) for language, text in record.description.items()},
            temporal=(moved,),
            relation=relation,
        )
    )


def free_identifier(wanted: str) -> str:
    """The identifier, or the same with a number that nobody has."""
    wanted, number = wanted[:_LONGEST].lower(), 1
    candidate = wanted
    while _is_taken(candidate):
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _is_taken(identifier: str) -> bool:
    return (
        Dataset.objects.filter(identifier__iexact=identifier).exists()
        or Dataset.objects.filter(slug=slug_of(identifier)).exists()
    )


def _minted(record: kit.Dataset) -> kit.Dataset:
    return harmonise_dataset(record, Defaults(), iris())[0]


def _years(text: str, before: str, after: str) -> str:
    """The text of the period that follows: each year in it moves on as the period does."""
    step = int(after) - int(before)
    return _YEAR.sub(lambda match: str(int(match[0]) + step), text) if step else text


def _with_year(identifier: str, before: str, after: str) -> str:
    """`c_e506:alberi-2025` becomes `c_e506:alberi-2026`; a name without a year gets the new one."""
    holder, colon, local = identifier.partition(":")
    moved = local.replace(before, after) if before in local else f"{local}-{after}"
    return f"{holder}{colon}{moved}"


def _moved(period: kit.PeriodOfTime) -> kit.PeriodOfTime | None:
    """The period of the same length that follows: a year or whole years by the calendar, else by its days."""
    start = _day(period.start_date)
    if start is None:
        return None
    end = _last_day(period.end_date)
    if end is None or end < start:
        return kit.PeriodOfTime(start_date=_a_year_on(start, 1).isoformat())
    if (end + timedelta(days=1)).strftime("%m-%d") == start.strftime("%m-%d"):
        years = (end + timedelta(days=1)).year - start.year
        return _period(_a_year_on(start, years), _a_year_on(end, years))
    if _is_short(start, end):
        return _period(_a_year_on(start, 1), _a_year_on(end, 1))
    return _period(end + timedelta(days=1), end + timedelta(days=1) + (end - start))


def _is_short(start: date, end: date) -> bool:
    """Within one year: a season or a part of a year comes back in the next one."""
    return (end - start).days < 366


def _period(start: date, end: date) -> kit.PeriodOfTime:
    return kit.PeriodOfTime(start_date=start.isoformat(), end_date=end.isoformat())


def _a_year_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # The 29th of February.
        return day.replace(year=day.year + years, day=28)


def _day(text: str | None) -> date | None:
    """The first day of an ISO date of any precision."""
    found = re.match(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text or "")
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def _last_day(text: str | None) -> date | None:
    """The last day of an ISO date of any precision: 2025 ends with the year."""
    first = _day(text)
    if first is None or re.match(r"^\d{4}-\d{2}-\d{2}", text or ""):
        return first
    month = first.month if re.match(r"^\d{4}-\d{2}", text or "") else 12
    return date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
