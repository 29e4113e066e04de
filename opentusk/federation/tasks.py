"""What the clock asks of the room."""

from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.federation import actions, visits


def collect_visits() -> None:
    """Turn what was noted of the last minutes into visits."""
    visits.collect_visits(now=timezone.now())


def tidy() -> None:
    """Forget visits of long ago."""
    visits.forget_old_visits(now=timezone.now())


def read_due() -> None:
    """Have the national catalogue asked about bodies whose week is over."""
    actions.ask_for_due_readings(now=timezone.now())


def read_national(agent_id: int) -> None:
    """Ask the national catalogue about one body."""
    actions.read_national(Agent.objects.get(pk=agent_id), now=timezone.now())
