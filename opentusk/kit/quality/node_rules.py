"""Rules M11, M16, M17: addresses of the right kind, text that any format can carry, one record per dataset."""

import re
from collections.abc import Iterator

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.quality.circumstances import Circumstances, fault, name_of, numbered
from opentusk.kit.records import Agent, ContactPoint, Dataset
from opentusk.kit.vocabularies.spelling import spelling_key

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
# A raw text in one of these is already named by M4, M8, M9 or L8, with the list to choose from.
_JUDGED_ELSEWHERE = ("dcat:theme", "dct:accrualPeriodicity", "dct:license", "dcat:accessURL")
# RFC 3987: what may never stand unescaped in an IRI, whatever the syntax it is written in.
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f\ud800-\udfff]")
# XML 1.0 has no way to write these, so one of them would make a whole RDF/XML page unreadable.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def nodes_have_addresses_of_their_own(record: Dataset, around: Circumstances) -> list[Problem]:
    """M11. Addresses are IRIs; those of the dataset, its bodies and its contacts are all different."""
    name = name_of(record)
    problems = [
        fault("M11.not_an_iri", Severity.BLOCKS, name, place, value=iri)
        for place, iri in _addresses(record)
        if not _SCHEME.match(iri) and not place.endswith(_JUDGED_ELSEWHERE)
    ]
    return problems + [
        fault("M11.shared_iri", Severity.BLOCKS, name, f"{first}, {second}", value=iri)
        for first, second, iri in _shared(record)
    ]


def record_can_be_written_strictly(record: Dataset, around: Circumstances) -> list[Problem]:
    """M16. No character that an IRI or XML cannot hold."""
    name = name_of(record)
    problems = [
        fault("M16.illegal_iri", Severity.BLOCKS, name, place, value=iri)
        for place, iri in _addresses(record)
        if _SCHEME.match(iri) and _NOT_IN_IRI.search(iri)
    ]
    return problems + [
        fault("M16.illegal_character", Severity.BLOCKS, name, place, value=repr(found.group()))
        for place, text in _texts(record)
        if (found := _NOT_IN_XML.search(text))
    ]


def dataset_is_published_once(record: Dataset, around: Circumstances) -> list[Problem]:
    """M17. The same data are not already here under another identifier."""
    if not around.twins:
        return []
    twins = {around.twins[key] for key in twin_keys(record) if key in around.twins} - {record.identifier}
    return [fault("M17.published_twice", Severity.MAJOR, name_of(record), twin=twin) for twin in sorted(twins)]


def twin_keys(record: Dataset) -> frozenset[str]:
    """What two records of the same data share: holder and title, or holder and file address."""
    holder = record.rights_holder.identifier.lower() if record.rights_holder else ""
    if not holder:
        return frozenset()
    titles = {f"title:{holder}:{key}" for title in record.title.values() if (key := spelling_key(title))}
    files = {f"file:{holder}:{url}" for distribution in record.distribution for url in distribution.download_url}
    return frozenset(titles | files)


def _addresses(record: Dataset) -> Iterator[tuple[str, str]]:
    """Every address that will be written as an IRI, with its property."""
    if record.iri:
        yield "dcat:Dataset", record.iri
    for path, value in (
        ("dcat:landingPage", record.landing_page),
        ("dct:accrualPeriodicity", record.accrual_periodicity),
        ("dct:accessRights", record.access_rights),
    ):
        if value:
            yield path, value
    for path, values in (
        ("dcat:theme", record.theme),
        ("dct:subject", record.subject),
        ("dct:language", record.language),
        ("dct:isVersionOf", record.is_version_of),
        ("dct:relation", record.relation),
        ("foaf:page", record.page),
    ):
        for value in values:
            yield path, value
    yield from ((path, node.iri) for path, node in _nodes(record) if node.iri)
    yield from _distribution_addresses(record)


def _distribution_addresses(record: Dataset) -> Iterator[tuple[str, str]]:
    for number, distribution in enumerate(record.distribution, start=1):
        place = f"distribution {number}"
        if distribution.iri:
            yield place, distribution.iri
        if distribution.access_url:
            yield f"{place} › dcat:accessURL", distribution.access_url
        for url in distribution.download_url:
            yield f"{place} › dcat:downloadURL", url
        for page in distribution.page:
            yield f"{place} › foaf:page", page
        if distribution.license is not None and distribution.license.iri:
            yield f"{place} › dct:license", distribution.license.iri


def _nodes(record: Dataset) -> Iterator[tuple[str, Agent | ContactPoint]]:
    if record.rights_holder is not None:
        yield "dct:rightsHolder", record.rights_holder
    if record.publisher is not None:
        yield "dct:publisher", record.publisher
    yield from (("dct:creator", creator) for creator in record.creator)
    yield from (("dcat:contactPoint", contact) for contact in record.contact_point)


def _shared(record: Dataset) -> Iterator[tuple[str, str, str]]:
    """Two nodes of different kinds with one address. A body may well have two roles."""
    owners: dict[str, tuple[str, type]] = {record.iri: ("dcat:Dataset", Dataset)} if record.iri else {}
    for path, node in _nodes(record):
        if not node.iri:
            continue
        first, kind = owners.setdefault(node.iri, (path, type(node)))
        if kind is not type(node):
            yield first, path, node.iri


def _texts(record: Dataset) -> Iterator[tuple[str, str]]:
    for path, text in (("dct:title", record.title), ("dct:description", record.description)):
        for value in text.values():
            yield path, value
    for words in record.keyword.values():
        for word in words:
            yield "dcat:keyword", word
    for place, node in _nodes(record):
        yield place, node.name if isinstance(node, Agent) else node.fn
    for place, distribution in numbered(record):
        for text in (distribution.title, distribution.description):
            for value in text.values():
                yield place, value
