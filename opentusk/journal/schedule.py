"""Work that happens by the clock."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from opentusk.journal.actions import enqueue
from opentusk.journal.models import Tick

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Scheduled:
    """`task` (a dotted path without arguments) is asked every `seconds`."""

    name: str
    seconds: int
    task: str


def all_scheduled() -> tuple[Scheduled, ...]:
    """The table of `config/schedule.py`."""
    table: tuple[Scheduled, ...] = import_string(settings.SCHEDULE)
    return table


def tick(*, now: datetime) -> list[str]:
    """Ask for the work whose time has come; the names of what was asked."""
    asked = []
    for scheduled in all_scheduled():
        last = Tick.objects.filter(name=scheduled.name).first()
        if last and now - last.last_at < timedelta(seconds=scheduled.seconds):
            continue
        enqueue(scheduled.task, key=f"tick:{scheduled.name}")
        Tick.objects.update_or_create(name=scheduled.name, defaults={"last_at": now})
        asked.append(scheduled.name)
    return asked
