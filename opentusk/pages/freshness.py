"""Whether data are as fresh as their declared frequency promises."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.timesince import timesince

from opentusk.kit.vocabularies import FREQUENCIES

# The rule book lets half a period pass before it calls data late (rule M9).
_TOLERANCE = 1.5


class State(StrEnum):
    """What can be said of the freshness."""

    ON_TIME = "on_time"
    LATE = "late"
    NO_DEADLINE = "no_deadline"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Freshness:
    """`elapsed` is how long ago the data changed, in words; `due` the day by which they should have."""

    state: State
    elapsed: str = ""
    due: date | None = None


def freshness_of(modified: str | None, frequency: str | None, today: date) -> Freshness:
    """Compare the date of the data with the declared frequency."""
    changed = _last_day(modified or "")
    if changed is None:
        return Freshness(State.UNKNOWN)
    term = FREQUENCIES.by_iri(frequency or "")
    elapsed = timesince(datetime.combine(changed, time()), datetime.combine(max(today, changed), time()), depth=1)
    if term is None or term.days is None:
        return Freshness(State.NO_DEADLINE, elapsed)
    due = changed + timedelta(days=max(1, round(term.days)))
    is_late = today > changed + timedelta(days=max(1, round(term.days * _TOLERANCE)))
    return Freshness(State.LATE if is_late else State.ON_TIME, elapsed, due)


def _last_day(modified: str) -> date | None:
    """The latest day that a year, a month or a day can mean: nobody is called late for a date that is vague."""
    day = modified[:10]
    try:
        if len(day) == 4:
            return date(int(day), 12, 31)
        if len(day) == 7:
            first = date.fromisoformat(f"{day}-01")
            return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return date.fromisoformat(day)
    except ValueError:
        return None
