"""The last step of joining: the body begins to work."""

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.actions.agents import ensure_agent
from opentusk.bodies.actions.members import add_member, invite
from opentusk.bodies.actions.posting import ask_letter
from opentusk.bodies.errors import AlreadyMember
from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent, Membership
from opentusk.joining.actions.moving import lock_for, move
from opentusk.joining.errors import StepRefused, WrongMove
from opentusk.joining.models import Accreditation
from opentusk.joining.models import AccreditationStatus as S
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.records import Agent as AgentRecord

_CHANGED = ("status", "status_since", "status_reason", "joined_on", "contact_name", "contact_email")


@transaction.atomic
def activate(accreditation: Accreditation, *, by: Actor) -> Agent:
    """Make the body active, its referente a member with an account, and invite RTD and DPO. Raises StepRefused."""
    lock_for(accreditation, S.ACTIVE, by=by)
    if accreditation.status != S.TRANSMITTED:
        raise WrongMove(accreditation.status, S.ACTIVE)
    if not accreditation.has_people:
        raise StepRefused({"people": "people_missing"})
    agent = _open_agent(accreditation, by)
    move(accreditation, S.ACTIVE, by=by, values={"agent": agent})
    _welcome_referente(accreditation, agent, by)
    _invite_others(accreditation, agent, by)
    if accreditation.requester_email != accreditation.referente_email:
        ask_letter("active", accreditation)
    write_entry(BodiesEvent.AGENT_JOINED, agent, by=by, facts={"on": _day(agent)}, is_public=True)
    return agent


def _open_agent(accreditation: Accreditation, by: Actor) -> Agent:
    """The body's row, which may be known from somebody's catalogue already; its display name is kept."""
    record = AgentRecord(identifier=accreditation.subject_code, name=accreditation.name)
    agent = ensure_agent(record, by=by, is_demo=accreditation.is_demo)
    agent.refresh_from_db(from_queryset=Agent.objects.select_for_update(no_key=True))
    today = timezone.localdate()
    agent.status, agent.status_since, agent.status_reason, agent.joined_on = Agent.Status.ACTIVE, today, "", today
    agent.contact_name, agent.contact_email = accreditation.contact_name, accreditation.contact_email
    agent.save(update_fields=_CHANGED)
    return agent


def _welcome_referente(accreditation: Accreditation, agent: Agent, by: Actor) -> None:
    """Give the referente an account and the role; one who had them from before is written to all the same."""
    email = accreditation.referente_email
    if known := Membership.objects.referenti_of(agent).filter(user__email=email).first():
        ask_letter("welcome", known)
    else:
        add_member(agent, email=email, role=Membership.Role.REFERENTE, by=by, letter="welcome")


def _invite_others(accreditation: Accreditation, agent: Agent, by: Actor) -> None:
    addresses = {Membership.Role.RTD: accreditation.rtd_email, Membership.Role.DPO: accreditation.dpo_email}
    for role, email in addresses.items():
        if not email:
            continue
        try:
            # The referente's account is made just now: a letter of its own would only confuse.
            give = add_member if email == accreditation.referente_email else invite
            give(agent, email=email, role=role, by=by)
        except AlreadyMember:
            continue


def _day(agent: Agent) -> str:
    return agent.joined_on.isoformat() if agent.joined_on else ""
