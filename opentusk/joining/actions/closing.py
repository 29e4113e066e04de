"""Closing and opening the rights of a body that is in."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.actions.posting import ask_letter
from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import is_desk, require
from opentusk.joining.actions.moving import move
from opentusk.joining.errors import StepRefused, WrongMove
from opentusk.joining.machine import MOVES
from opentusk.joining.models import Accreditation, AccreditationStatus
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor


@transaction.atomic
def suspend(agent: Agent, *, reason: str, on: date, by: Actor) -> Agent:
    """Take the rights of a body's people and sources away, at once; what it published stays public."""
    return _change_state(agent, Agent.Status.SUSPENDED, BodiesEvent.AGENT_SUSPENDED, reason=reason, on=on, by=by)


@transaction.atomic
def reactivate(agent: Agent, *, reason: str, on: date, by: Actor) -> Agent:
    """Give a suspended body its rights back."""
    return _change_state(agent, Agent.Status.ACTIVE, BodiesEvent.AGENT_REACTIVATED, reason=reason, on=on, by=by)


@transaction.atomic
def end(agent: Agent, *, reason: str, on: date, by: Actor) -> Agent:
    """End a body's part in the portal; what it published stays public, and it may join anew."""
    return _change_state(agent, Agent.Status.ENDED, BodiesEvent.AGENT_ENDED, reason=reason, on=on, by=by)


def _change_state(agent: Agent, status: Agent.Status, event: BodiesEvent, *, reason: str, on: date, by: Actor) -> Agent:
    """Through the same table as requests to join, because a body that asked to is moved with its request."""
    require(is_desk(by), "change_state", agent.ipa_code)
    agent.refresh_from_db(from_queryset=Agent.objects.select_for_update(no_key=True))
    if (AccreditationStatus(agent.status), AccreditationStatus(status)) not in MOVES:
        raise WrongMove(agent.status, status)
    if faults := _state_faults(reason, on):
        raise StepRefused(faults)
    agent.status, agent.status_since, agent.status_reason = status, on, reason.strip()
    agent.save(update_fields=["status", "status_since", "status_reason"])
    for accreditation in Accreditation.objects.in_force_for(agent):
        move(accreditation, AccreditationStatus(status), by=by, facts={"message": reason.strip(), "on": on.isoformat()})
    for membership in Membership.objects.referenti_of(agent):
        ask_letter("state_changed", membership)
    write_entry(event, agent, by=by, facts={"on": on.isoformat()}, is_public=True)
    return agent


def _state_faults(reason: str, on: date) -> dict[str, str]:
    faults = {} if reason.strip() else {"reason": "missing"}
    return faults | ({"on": "in_future"} if on > timezone.localdate() else {})
