"""Every write of the bodies room."""

from django.db import transaction

from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.values.slugs import slugify
from opentusk.kit.vocabularies.bodies import find_body


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


def _free_slug(name: str, code: str) -> str:
    slug = slugify(name) or slugify(code)
    return slug if not Agent.objects.filter(slug=slug).exists() else f"{slug}-{slugify(code)}"


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
