"""Bodies and contacts: the right IPA code, one name, one address for each."""

import re
from dataclasses import replace

from opentusk.kit.harmonise.notes import Notes
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import Agent, ContactPoint
from opentusk.kit.values import repair_email, repair_ipa_code, repair_phone, repair_text, repair_url
from opentusk.kit.vocabularies.bodies import Body, find_body, find_body_by_name
from opentusk.kit.vocabularies.spelling import spelling_key

_WORD = re.compile(r"\w{4,}")
_EMPTY_WORDS = frozenset("comune citta regione provincia ente ufficio open data della dello degli delle".split())


def harmonise_holder(agent: Agent | None, fallback: Agent | None, notes: Notes, iris: Iris) -> Agent | None:
    """The titolare; the source's own body where the dataset names none that can be known by a code."""
    found = harmonise_agent(agent, notes, iris, "dct:rightsHolder", fallback) if agent else None
    if found is not None and (found.identifier or fallback is None):
        return found
    if fallback is None:
        return None
    before = (agent.identifier or agent.name) if agent else None
    notes.note("repair.holder_of_source", "dct:rightsHolder", before or None, fallback.identifier, Severity.MAJOR)
    return replace(fallback, iri=iris.agent(fallback.identifier), extra=())


def harmonise_others(
    agents: tuple[Agent, ...], holder: Agent | None, notes: Notes, iris: Iris, where: str
) -> list[Agent]:
    """Publisher or creators. A body that no code tells apart cannot be named as one, and is left out."""
    found: dict[str, Agent] = {}
    for agent in agents:
        mended = harmonise_agent(agent, notes, iris, where, holder)
        if mended is None or not mended.identifier:
            notes.note("repair.agent_without_code", where, agent.name or agent.iri, None, Severity.MAJOR)
            continue
        same = holder is not None and holder.identifier == mended.identifier
        found.setdefault(mended.identifier, holder if same and holder else mended)
    return list(found.values())


def harmonise_agent(agent: Agent, notes: Notes, iris: Iris, where: str, fallback: Agent | None) -> Agent | None:
    """One body with code, name and our address; its code is looked up by name where it is missing."""
    name = notes.mend(agent.name, repair_text, where) or ""
    code = _code(agent.identifier, name, fallback, notes, where)
    body = find_body(code) if code else None
    if not code:
        # Three of four wrong codes of the national catalogue are a name written in the place of the code.
        body = next((found for text in (agent.identifier, name) if text and (found := find_body_by_name(text))), None)
        if body:
            code = body.code
            notes.note("repair.code_from_name", where, agent.identifier or name, code)
    if not code and not name:
        return None
    final = _name(name, body, notes, where)
    return replace(agent, iri=iris.agent(code) if code else None, identifier=code or "", name=final or code or "")


def _code(raw: str, name: str, fallback: Agent | None, notes: Notes, where: str) -> str | None:
    if not raw:
        return None
    repaired = repair_ipa_code(raw)
    if repaired.code == "value.ipa_code_guessed" and repaired.value:
        body = find_body(repaired.value)
        if not (body and (_alike(name, body.name) or (fallback and fallback.identifier == body.code))):
            notes.note(repaired.code, where, raw, None, Severity.MAJOR)
            return raw.strip().lower()
    if repaired.code:
        severity = Severity.INFO if repaired.value == raw.lower() else Severity.MINOR
        notes.note(repaired.code, where, raw, repaired.value, severity)
    return repaired.value


def _name(name: str, body: Body | None, notes: Notes, where: str) -> str:
    """The source's name, unless it is that of an office: the titolare is always the body."""
    if body is None:
        return name
    if not name:
        notes.note("repair.name_from_index", where, None, body.name, Severity.INFO)
        return body.name
    if not _alike(name, body.name) and not _is_acronym(name):
        notes.note("repair.office_name", where, name, body.name, Severity.MAJOR)
        return body.name
    return name


def _alike(one: str, other: str) -> bool:
    """Whether two names share a word that says something."""
    return bool(_words(one) & _words(other)) or spelling_key(one) == spelling_key(other)


def _words(name: str) -> set[str]:
    return {spelling_key(word) for word in _WORD.findall(name)} - _EMPTY_WORDS


def _is_acronym(name: str) -> bool:
    return any(part.isupper() and len(part) > 2 for part in re.findall(r"[^\W\d_]+", name))


def harmonise_contacts(
    contacts: tuple[ContactPoint, ...], fallback: ContactPoint | None, holder: Agent | None, notes: Notes, iris: Iris
) -> tuple[ContactPoint, ...]:
    """Offices that can be written to. One without an e-mail is left out; the source's own stands in for none."""
    ipa = holder.identifier if holder and holder.identifier else "ente"
    found: dict[str, ContactPoint] = {}
    for contact in contacts:
        mended = _contact(contact, holder, notes)
        if mended.has_email:
            iri = iris.contact(ipa, mended.has_email)
            found.setdefault(iri, replace(mended, iri=iri))
        else:
            notes.note(
                "repair.contact_without_email", "dcat:contactPoint", contact.fn or contact.iri, None, Severity.MAJOR
            )
    if not found and fallback and fallback.has_email:
        iri = iris.contact(ipa, fallback.has_email)
        notes.note("repair.contact_of_source", "dcat:contactPoint", None, fallback.has_email, Severity.INFO)
        found[iri] = replace(fallback, iri=iri)
    return tuple(found.values())


def _contact(contact: ContactPoint, holder: Agent | None, notes: Notes) -> ContactPoint:
    with notes.inside("dcat:contactPoint"):
        email = notes.mend(contact.has_email, repair_email, "vcard:hasEmail") or ""
        fn = notes.mend(contact.fn, repair_text, "vcard:fn") or ""
        if email and not fn:
            fn = holder.name if holder else email
            notes.note("repair.contact_name", "vcard:fn", None, fn, Severity.INFO)
        return replace(
            contact,
            fn=fn,
            has_email=email,
            has_telephone=notes.mend(contact.has_telephone, repair_phone, "vcard:hasTelephone") or "",
            has_url=notes.mend(contact.has_url, repair_url, "vcard:hasURL") or "",
        )
