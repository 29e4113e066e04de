"""Rules M2-M5: what must be there, and what is worth adding. Source: AgID guidelines for catalogues (DCAT-AP_IT)."""

import re
from collections.abc import Callable, Iterator

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.quality.circumstances import Circumstances, fault, name_of, numbered
from opentusk.kit.records import Agent, ContactPoint, Dataset, Text, Words
from opentusk.kit.vocabularies import FILE_TYPES

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
_WEB = re.compile(r"(https?|ftps?)://[^\s/]+", re.IGNORECASE)
# An IPA code, or the VAT number of a company that is titolare.
_BODY = re.compile(r"[a-z0-9_-]{2,20}")

# M2: the mandatory fields but the theme, of which M8 speaks.
_MANDATORY: tuple[tuple[str, str, Callable[[Dataset], bool]], ...] = (
    ("identifier", "dct:identifier", lambda record: bool(record.identifier.strip())),
    ("title", "dct:title", lambda record: _says(record.title)),
    ("description", "dct:description", lambda record: _says(record.description)),
    ("modified", "dct:modified", lambda record: bool(record.modified)),
    ("rights_holder", "dct:rightsHolder", lambda record: record.rights_holder is not None),
    ("accrual_periodicity", "dct:accrualPeriodicity", lambda record: bool(record.accrual_periodicity)),
    ("distribution", "dcat:distribution", lambda record: bool(record.distribution)),
)
# M3: how much each is worth in the European score is part of the message (quality.indicators).
_RECOMMENDED: tuple[tuple[str, str, Severity, int, Callable[[Dataset], bool]], ...] = (
    ("keyword", "dcat:keyword", Severity.MAJOR, 30, lambda record: _has_words(record.keyword)),
    ("contact_point", "dcat:contactPoint", Severity.MAJOR, 20, lambda record: bool(record.contact_point)),
    ("spatial", "dct:spatial", Severity.MAJOR, 20, lambda record: bool(record.spatial)),
    ("temporal", "dct:temporal", Severity.MAJOR, 20, lambda record: bool(record.temporal)),
    ("publisher", "dct:publisher", Severity.MAJOR, 10, lambda record: record.publisher is not None),
    ("access_rights", "dct:accessRights", Severity.MINOR, 15, lambda record: bool(record.access_rights)),
    ("issued", "dct:issued", Severity.MINOR, 5, lambda record: bool(record.issued)),
    ("subject", "dct:subject", Severity.MINOR, 0, lambda record: bool(record.subject)),
    ("language", "dct:language", Severity.MINOR, 0, lambda record: bool(record.language)),
)


def mandatory_fields_are_there(record: Dataset, around: Circumstances) -> list[Problem]:
    """M2."""
    return [
        fault(f"M2.missing_{field}", Severity.BLOCKS, name_of(record), path)
        for field, path, is_given in _MANDATORY
        if not is_given(record)
    ]


def recommended_fields_are_there(record: Dataset, around: Circumstances) -> list[Problem]:
    """M3."""
    return [
        fault(f"M3.missing_{field}", severity, name_of(record), path, points=str(points))
        for field, path, severity, points, is_given in _RECOMMENDED
        if not is_given(record)
    ]


def distributions_are_complete(record: Dataset, around: Circumstances) -> list[Problem]:
    """M4. Format and address of each distribution; the licence is L1's."""
    problems = []
    for place, distribution in numbered(record):
        if not distribution.format:
            problems.append(fault("M4.missing_format", Severity.BLOCKS, place, "dct:format"))
        elif not distribution.format.startswith(FILE_TYPES.scheme):
            problems.append(fault("M4.unknown_format", Severity.BLOCKS, place, "dct:format", value=distribution.format))
        if not distribution.access_url:
            problems.append(fault("M4.missing_access_url", Severity.BLOCKS, place, "dcat:accessURL"))
        elif not _WEB.match(distribution.access_url):
            problems.append(
                fault("M4.bad_access_url", Severity.BLOCKS, place, "dcat:accessURL", value=distribution.access_url)
            )
        if not _says(distribution.description):
            problems.append(fault("M4.missing_description", Severity.MINOR, place, "dct:description"))
    return problems


def bodies_contacts_and_periods_are_complete(record: Dataset, around: Circumstances) -> list[Problem]:
    """M5."""
    name = name_of(record)
    problems = [found for path, agent in _agents(record) for found in _agent_faults(f"{name} › {path}", agent)]
    for contact in record.contact_point:
        problems += _contact_faults(f"{name} › dcat:contactPoint", contact)
    for period in record.temporal:
        if not period.start_date:
            problems.append(fault("M5.missing_start_date", Severity.BLOCKS, name, "dct:temporal", "dcatapit:startDate"))
    return problems


def _agents(record: Dataset) -> Iterator[tuple[str, Agent]]:
    if record.rights_holder is not None:
        yield "dct:rightsHolder", record.rights_holder
    if record.publisher is not None:
        yield "dct:publisher", record.publisher
    yield from (("dct:creator", creator) for creator in record.creator)


def _agent_faults(place: str, agent: Agent) -> Iterator[Problem]:
    if not agent.name.strip():
        yield fault("M5.missing_agent_name", Severity.BLOCKS, place, "foaf:name", identifier=agent.identifier)
    if not agent.identifier:
        yield fault("M5.missing_agent_identifier", Severity.BLOCKS, place, "dct:identifier", name=agent.name)
    elif not _BODY.fullmatch(agent.identifier):
        yield fault("M5.odd_agent_identifier", Severity.MAJOR, place, "dct:identifier", value=agent.identifier)


def _contact_faults(place: str, contact: ContactPoint) -> Iterator[Problem]:
    if not contact.fn.strip():
        yield fault("M5.missing_contact_name", Severity.BLOCKS, place, "vcard:fn")
    if not contact.has_email:
        yield fault("M5.missing_contact_email", Severity.BLOCKS, place, "vcard:hasEmail", name=contact.fn)
    elif not _EMAIL.fullmatch(contact.has_email):
        yield fault("M5.bad_contact_email", Severity.BLOCKS, place, "vcard:hasEmail", value=contact.has_email)


def _says(text: Text) -> bool:
    return any(value.strip() for value in text.values())


def _has_words(words: Words) -> bool:
    return any(word.strip() for of_language in words.values() for word in of_language)
