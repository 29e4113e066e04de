"""When data are late: against the declared frequency, or against the rhythm that the versions have shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from opentusk.catalog.models import Dataset, Distribution
from opentusk.files.models import FileVersion
from opentusk.kit.vocabularies import FREQUENCIES
from opentusk.notices.working_days import add_working_days, next_working_day
from opentusk.search.schema import day_number

TOLERANCE = 1.5
_WEEK, _MONTH = 7, 28
_INTERVALS_NEEDED = 4
_SILENT = frozenset({"UNKNOWN", "OTHER", "IRREG", "NEVER", "NOT_PLANNED", "AS_NEEDED", ""})
_WORKING_SHARE = 5 / 7


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`due_on` is the day by which data were promised; readers are told when the data are very late."""

    is_late: bool = False
    is_very_late: bool = False
    is_due_soon: bool = False
    due_on: date | None = None
    is_learnt: bool = False


def verdict_of(dataset: Dataset, *, today: date) -> Verdict:
    """Whether a dataset is late today. Without a promise and without a rhythm nothing is ever late."""
    changed = _changed_on(dataset)
    days, is_learnt = _rhythm(dataset)
    if changed is None or days is None:
        return Verdict()
    due_on = _deadline(changed, days, 1)
    return Verdict(
        is_due_soon=days >= _WEEK and due_on - _reminded(days) <= today <= due_on,
        is_late=today > _deadline(changed, days, TOLERANCE),
        is_very_late=today > _deadline(changed, days, TOLERANCE * TOLERANCE),
        due_on=due_on,
        is_learnt=is_learnt,
    )


def _reminded(days: float) -> timedelta:
    """How long before the day a body is reminded: a tenth of the period, at most a week."""
    return timedelta(days=max(1, min(_WEEK, days // 10)))


def _deadline(changed: date, days: float, factor: float) -> date:
    """Periods under a month count working days; longer ones end on a working day."""
    if days < _MONTH:
        return add_working_days(changed, max(1, round(days * factor * _WORKING_SHARE)))
    return next_working_day(changed + timedelta(days=round(days * factor)))


def _changed_on(dataset: Dataset) -> date | None:
    number = day_number(dataset.modified)
    return date.fromordinal(number) if number else None


def _rhythm(dataset: Dataset) -> tuple[float | None, bool]:
    """Days between two updates, and whether that was learnt rather than declared."""
    term = FREQUENCIES.by_code(dataset.frequency)
    if term is not None and term.days is not None:
        return term.days, False
    if dataset.frequency not in _SILENT or dataset.frequency in {"NEVER", "NOT_PLANNED"}:
        return None, False
    learnt = _learnt(dataset)
    return learnt, learnt is not None


def _learnt(dataset: Dataset) -> float | None:
    """The median interval between versions, when there are enough of them."""
    series = Distribution.objects.filter(dataset=dataset, series__isnull=False).values("series")
    released = FileVersion.objects.filter(series__in=series, released_at__isnull=False)
    days = sorted({moment.date() for moment in released.values_list("released_at", flat=True) if moment})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return median(gaps) if len(gaps) >= _INTERVALS_NEEDED else None
