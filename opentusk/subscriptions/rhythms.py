"""When something is told: at once, the next working morning, the next Monday; offices' time, Europe/Rome."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from opentusk.notices.working_days import next_working_day
from opentusk.subscriptions.models import Rhythm

_MORNING = time(8)
_A_DAY = timedelta(days=1)


def due_at(rhythm: str, now: datetime, *, is_pressing: bool) -> datetime:
    """When an event that happens now is told. `at_once` is for what presses, after the window that groups."""
    if rhythm == Rhythm.AT_ONCE and is_pressing:
        return now + timedelta(seconds=settings.NOTICE_WINDOW)
    here = timezone.localtime(now)
    if rhythm == Rhythm.WEEKLY:
        return _morning(next_working_day(_next_monday(here)))
    today = here.date()
    start = today if here.time() < _MORNING else today + _A_DAY
    return _morning(next_working_day(start))


def next_week(now: datetime) -> datetime:
    """The next Monday morning, or the first working one after it."""
    return due_at(Rhythm.WEEKLY, now, is_pressing=False)


def _next_monday(here: datetime) -> date:
    days = -here.weekday() % 7
    monday = here.date() + timedelta(days=days)
    return monday if days or here.time() < _MORNING else monday + timedelta(days=7)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, _MORNING))
