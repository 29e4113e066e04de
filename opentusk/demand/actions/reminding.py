"""What the clock does to wishes: reminders to the body, then "oltre il termine" for everybody."""

from datetime import date, timedelta

from django.db import transaction

from opentusk.demand.events import DemandEvent
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import BEING_WORKED_ON
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM

# Days before the day that was promised on which its people are told; the third time it is told to everybody.
_REMINDERS = (timedelta(days=14), timedelta(days=3))
LAST = len(_REMINDERS) + 1


def remind_late(today: date) -> list[WantedDataset]:
    """The wishes whose body must be told today, each noted once for each step; the last step is public."""
    waiting = WantedDataset.objects.filter(state__in=BEING_WORKED_ON, due_on__isnull=False, reminders__lt=LAST)
    return [item for item in waiting.select_related("assigned_body", "basket") if _remind(item, today)]


@transaction.atomic
def _remind(item: WantedDataset, today: date) -> bool:
    due_on = item.due_on or today
    passed = sum(today >= due_on - before for before in _REMINDERS)
    step = LAST if today > due_on else passed
    if step <= item.reminders:
        return False
    item.reminders = step
    item.save(update_fields=["reminders"])
    if step == LAST:
        facts = {"number": item.number, "title": item.title, "due_on": due_on.isoformat()}
        record(DemandEvent.OVERDUE, item, by=SYSTEM, facts=facts, is_public=True)
    return True
