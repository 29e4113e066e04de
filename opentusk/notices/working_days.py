"""Working days of Italian offices: neither Saturdays, Sundays nor national holidays; patron days are not counted."""

from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5
_A_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself, or the first one after it on which offices are open."""
    while not is_working_day(day):
        day += _A_DAY
    return day


def add_working_days(day: date, number: int) -> date:
    """The day that many working days later."""
    for _step in range(number):
        day = next_working_day(day + _A_DAY)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("IT", years=year))
