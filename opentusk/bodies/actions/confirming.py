"""The yearly question who still works for a body."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from opentusk.bodies.actions.posting import ask_letter
from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent, Membership
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry

# Asked again after a month as long as nobody answers.
_BETWEEN_QUESTIONS = timedelta(days=30)


def ask_for_confirmations(*, now: datetime) -> int:
    """Ask each body's referenti whether the people they named long ago are still theirs; how many bodies."""
    old = Membership.objects.valid().confirmed_before(now - timedelta(days=settings.MEMBERSHIP_DAYS))
    agents = Agent.objects.filter(pk__in=old.values("agent")).by_name()
    return sum(_ask(agent, now) for agent in agents)


@transaction.atomic
def _ask(agent: Agent, now: datetime) -> bool:
    asked = Entry.objects.about(agent).filter(event=BodiesEvent.CONFIRMATION_ASKED, at__gt=now - _BETWEEN_QUESTIONS)
    referenti = list(Membership.objects.referenti_of(agent))
    if asked.exists() or not referenti:
        return False
    for membership in referenti:
        ask_letter("reconfirm", membership)
    write_entry(BodiesEvent.CONFIRMATION_ASKED, agent, by=SYSTEM)
    return True
