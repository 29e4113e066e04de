"""Making bodies known, and changing what is said of them."""

from collections.abc import Mapping
from itertools import chain, count
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import ProtectedError

from opentusk.bodies.errors import AgentKnown, StillInUse
from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_manage_members, is_desk, is_portal_admin, require
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.values.slugs import slugify
from opentusk.kit.vocabularies.bodies import find_body

# What the people of a body may say about it themselves; the IPA code is nobody's to change.
_EDITABLE = (
    "name", "kind", "territory", "istat_code", "site", "contact_name", "contact_email", "contact_phone", "description",
    "image_url",
)  # fmt: skip


@transaction.atomic
def ensure_agent(record: AgentRecord, *, by: Actor, is_demo: bool = False) -> Agent:
    """The body with this IPA code, made if it is not known yet. Its display name is never overwritten.

    A code that is in the IPA index gives kind and territory; one that is not is kept and marked, because the
    titolare's own word is never replaced.
    """
    code = record.identifier.strip().lower()
    if known := Agent.objects.filter(ipa_code=code).first():
        return known
    return _add(code, record.name, by=by, is_demo=is_demo)


@transaction.atomic
def open_agent(record: AgentRecord, *, slug: str, by: Actor, number: UUID | None = None) -> Agent:
    """The desk makes a body known under an address, and a number, of its choice.

    Raises AgentKnown when code, address or number are those of another: nothing is merged by chance.
    """
    require(is_desk(by), "open_agent", record.identifier)
    code = record.identifier.strip().lower()
    for field, value in (("slug", slug), ("ipa_code", code), ("uuid", number)):
        if value and Agent.objects.filter(**{field: value}).exists():
            raise AgentKnown(field, str(value))
    return _add(code, record.name, by=by, slug=slug, number=number)


@transaction.atomic
def remove_agent(agent: Agent, *, by: Actor) -> None:
    """Forget a body that was made by mistake; what has data or acts is ended instead. Raises StillInUse."""
    require(is_portal_admin(by), "remove_agent", agent.ipa_code)
    write_entry(BodiesEvent.AGENT_REMOVED, agent, by=by, facts={"ipa_code": agent.ipa_code, "name": agent.name})
    try:
        agent.delete()
    except ProtectedError as fault:
        kinds = sorted({str(row._meta.verbose_name_plural) for row in fault.protected_objects})
        raise StillInUse(tuple(kinds)) from fault


@transaction.atomic
def change_agent(agent: Agent, values: Mapping[str, str], *, by: Actor) -> Agent:
    """Change what is said of a body; `values` holds fields of `_EDITABLE` only."""
    require(can_manage_members(by, agent), "change", agent.ipa_code)
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


def _add(
    code: str, given: str, *, by: Actor, slug: str = "", number: UUID | None = None, is_demo: bool = False
) -> Agent:
    listed = find_body(code)
    name = given or (listed.name if listed else code)
    agent = Agent(
        uuid=number or uuid4(),
        ipa_code=code,
        slug=slug or _free_slug(name, code),
        name=name,
        kind=_kind_of(code, name),
        is_in_ipa=listed is not None,
        territory=listed.province if listed else "",
        is_demo=is_demo,
    )
    agent.save()
    write_entry(BodiesEvent.AGENT_ADDED, agent, by=by, is_public=True)
    return agent


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
