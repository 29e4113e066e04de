"""Whether data are as fresh as their declared frequency promises."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from opentusk.kit.vocabularies import FREQUENCIES
from opentusk.search.cards import is_late
from opentusk.search.schema import day_number


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
    """Compare the date of the data with the declared frequency, a code; late is what the search calls late."""
    number = day_number(modified or "")
    if not number:
        return Freshness(State.UNKNOWN)
    changed = date.fromordinal(number)
    term = FREQUENCIES.by_code(frequency or "")
    elapsed = _elapsed(changed, today)
    if term is None or term.days is None:
        return Freshness(State.NO_DEADLINE, elapsed)
    due = changed + timedelta(days=max(1, round(term.days)))
    late = is_late(modified or "", term.code, today=today)
    return Freshness(State.LATE if late else State.ON_TIME, elapsed, due)


def _elapsed(changed: date, today: date) -> str:
    if changed >= today:
        return _("oggi")
    ago = timesince(datetime.combine(changed, time()), datetime.combine(today, time()), depth=1)
    return _("%(time)s fa") % {"time": ago}
