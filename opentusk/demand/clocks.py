"""By when somebody must have looked at a wish: promises in days, some of them working days."""

from datetime import date, timedelta

from django.utils import timezone

from opentusk.demand.models import WantedDataset
from opentusk.demand.states import BEING_WORKED_ON, State
from opentusk.notices.working_days import add_working_days


def clock_of(item: WantedDataset) -> date | None:
    """The day by which the next step is promised; none for what waits for nobody."""
    since = timezone.localdate(item.state_since)
    if item.state == State.PROPOSED:
        return add_working_days(since, item.basket.triage_days)
    if item.state == State.IN_BASKET:
        return since + timedelta(days=item.basket.assignment_days)
    return item.due_on if item.state in BEING_WORKED_ON else None
