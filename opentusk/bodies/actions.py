"""Every write of the bodies room."""

from collections.abc import Mapping
from itertools import chain, count

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.errors import AlreadyMember, NotAllowed
from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import can_manage_members
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.values.slugs import slugify
from opentusk.kit.vocabularies.bodies import find_body
from opentusk.people.models import User

# What the people of a body may say about it themselves; the IPA code is nobody's to change.
_EDITABLE = ("name", "kind", "territory", "istat_code", "site", "contact_name", "contact_email", "contact_phone")


@transaction.atomic
def ensure_agent(record: AgentRecord, *, by: Actor, is_demo: bool = False) -> Agent:
    """The body with this IPA code, made if it is not known yet. Its display name is never overwritten.

    A code that is in the IPA index gives kind and territory; one that is not is kept and marked, because the
    titolare's own word is never replaced.
    """
    code = record.identifier.strip().lower()
    if known := Agent.objects.filter(ipa_code=code).first():
        return known
    listed = find_body(code)
    name = record.name or (listed.name if listed else code)
    agent = Agent(
        ipa_code=code,
        slug=_free_slug(name, code),
        name=name,
        kind=_kind_of(code, name),
        is_in_ipa=listed is not None,
        territory=listed.province if listed else "",
        is_demo=is_demo,
    )
    agent.save()
    write_entry(BodiesEvent.AGENT_ADDED, agent, by=by, is_public=True)
    return agent


@transaction.atomic
def change_agent(agent: Agent, values: Mapping[str, str], *, by: Actor) -> Agent:
    """Change what is said of a body; `values` holds fields of `_EDITABLE` only."""
    _require(can_manage_members(by, agent), "change", agent)
    changes = {
        name: [getattr(agent, name), values[name]]
        for name in _EDITABLE
        if name in values and values[name] != getattr(agent, name)
    }
    if not changes:
        return agent
    for name, (_before, after) in changes.items():
        setattr(agent, name, after)
    agent.save(update_fields=list(changes))
    write_entry(BodiesEvent.AGENT_CHANGED, agent, by=by, changes=changes, is_public=True)
    return agent


@transaction.atomic
def add_member(agent: Agent, *, email: str, role: Membership.Role, by: Actor) -> Membership:
    """Let a person work for a body; an account is made for an address that has none. Raises AlreadyMember."""
    _require(can_manage_members(by, agent), "add_member", agent)
    address = email.strip().lower()
    user = User.objects.filter(email=address).first() or User.objects.create_user(address)
    if Membership.objects.filter(user=user, agent=agent, role=role, ended_at__isnull=True).exists():
        raise AlreadyMember(address, role)
    membership = Membership.objects.create(user=user, agent=agent, role=role)
    write_entry(BodiesEvent.MEMBER_ADDED, agent, by=by, facts={"user": user.pk, "role": str(role)})
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: Actor) -> None:
    """Take a person's role in a body away; that it was theirs once stays on record."""
    _require(can_manage_members(by, membership.agent), "end_membership", membership.agent)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    facts = {"user": membership.user_id, "role": membership.role}
    write_entry(BodiesEvent.MEMBER_REMOVED, membership.agent, by=by, facts=facts)


def _require(allowed: bool, action: str, agent: Agent) -> None:
    if not allowed:
        raise NotAllowed(action=action, subject=agent.ipa_code)


def _free_slug(name: str, code: str) -> str:
    slug = slugify(name) or slugify(code)
    taken = set(Agent.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = chain((slug, f"{slug}-{slugify(code)}"), (f"{slug}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _kind_of(code: str, name: str) -> Agent.Kind:
    """What the code and the name say for sure; everything else is OTHER until somebody says it."""
    if code.startswith("c_") and name.lower().startswith(("comune", "citt")):
        return Agent.Kind.MUNICIPALITY
    if code.startswith("r_"):
        return Agent.Kind.REGION
    if code.startswith("p_") or name.lower().startswith(("provincia", "città metropolitana")):
        return Agent.Kind.PROVINCE
    words = name.lower()
    for start, kind in _KIND_BY_WORD:
        if start in words:
            return kind
    return Agent.Kind.OTHER


_KIND_BY_WORD = (
    ("universit", Agent.Kind.UNIVERSITY),
    ("politecnico", Agent.Kind.UNIVERSITY),
    ("azienda sanitaria", Agent.Kind.HEALTH),
    ("asl ", Agent.Kind.HEALTH),
    ("camera di commercio", Agent.Kind.CHAMBER),
    ("agenzia", Agent.Kind.AGENCY),
    ("s.p.a", Agent.Kind.COMPANY),
    (" spa", Agent.Kind.COMPANY),
    ("s.r.l", Agent.Kind.COMPANY),
)
