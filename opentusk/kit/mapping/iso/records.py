"""ISO 19139 records, and the pages of catalogue services (CSW 2.0.2) that hold them, to records.

The Italian profile is that of the national repertory of territorial data (RNDT): its records begin their identifier
with the IPA code of the body. Everything read here is territorial, and says so in its type (rule M14). A record that
is no valid ISO 19139 is left out with the reason; the others of its page are read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.mapping.ckan_extras import write_extra
from opentusk.kit.mapping.iso.codes import (
    ALLOWED,
    FREQUENCY_OF_MAINTENANCE,
    LANGUAGE_OF_CODE,
    themes_of_inspire,
    themes_of_topic,
)
from opentusk.kit.mapping.iso.nodes import (
    GMD,
    code_of,
    find_all,
    find_deep,
    first_text,
    link_of,
    local_name,
    parse_xml,
    text_of,
    texts_in,
)
from opentusk.kit.mapping.iso.parts import (
    Party,
    Terms,
    holder_of,
    read_distributions,
    read_parties,
    read_periods,
    read_place,
    read_standards,
    read_terms,
)
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import Agent, ContactPoint, Dataset, Identifier, Statement
from opentusk.kit.vocabularies import ACCESS_RIGHTS, DATASET_TYPES, FREQUENCIES, THEMES

RNDT = "https://geodati.gov.it"
_ROOTS = ("MD_Metadata", "MI_Metadata")
_BRIEF = ("BriefRecord", "SummaryRecord", "Record")
_SCOPES = ("dataset", "series", "nonGeographicDataset", "tile", "")
# Keywords that say how far a dataset reaches, and the mark of what comes from Italy: no words of its subject.
_NO_SUBJECT = ("/metadata-codelist/SpatialScope",)


@dataclass(frozen=True, kw_only=True)
class CswPage:
    """One answer of `GetRecords`. `ids` are those of records that came without their full description."""

    reading: CatalogReading
    ids: tuple[str, ...]
    following: int
    matched: int
    returned: int


def read_csw_page(content: bytes) -> CswPage:
    """The records of a page. Raises Unreadable for an answer that is none, a service exception included."""
    root = parse_xml(content)
    name = local_name(root)
    if name == "ExceptionReport":
        raise Unreadable("iso.service_exception", " ".join("".join(root.itertext()).split())[:300])
    results = next(find_deep(root, "SearchResults"), None)
    if name == "GetRecordsResponse" and results is not None:
        return _read_results(results)
    if name == "GetRecordByIdResponse":
        reading = _reading(record for record in root if local_name(record) in _ROOTS)
        return CswPage(reading=reading, ids=(), following=0, matched=len(reading.items), returned=len(reading.items))
    if name in _ROOTS:
        return CswPage(reading=_reading([root]), ids=(), following=0, matched=1, returned=1)
    raise Unreadable("iso.not_a_record", name)


def read_single(content: bytes, *, source_id: str) -> Item:
    """The record that a document holds; where it cannot be read, the item is left out with the reason."""
    try:
        items = read_csw_page(content).reading.items
    except Unreadable as fault:
        return Item(record=None, source_id=source_id, problems=(_fault(fault.reason, detail=fault.detail),))
    return (
        items[0]
        if len(items) == 1
        else Item(record=None, source_id=source_id, problems=(_fault("iso.not_a_record", detail=str(len(items))),))
    )


def _read_results(results: Element) -> CswPage:
    reading = _reading(record for record in results if local_name(record) in _ROOTS)
    briefs = [record for record in results if local_name(record) in _BRIEF]
    ids = tuple(found for record in briefs if (found := _plain(next(find_all(record, "identifier"), None))))
    matched = _number(results.get("numberOfRecordsMatched"))
    return CswPage(
        # Of short records the page says nothing yet: they are counted when they come in full.
        reading=reading if briefs else replace(reading, total=matched),
        ids=ids,
        following=_number(results.get("nextRecord")),
        matched=matched,
        returned=len(reading.items) + len(briefs),
    )


def _reading(records: Iterable[Element]) -> CatalogReading:
    return CatalogReading(catalog=None, items=tuple(_read_item(record) for record in records))


def _read_item(root: Element) -> Item:
    identifier = first_text(root, "fileIdentifier")
    title = first_text(root, "identificationInfo/MD_DataIdentification/citation/CI_Citation/title")
    source_id = identifier or title or "–"
    if faults := list(_faults_of(root, identifier, title)):
        return Item(record=None, source_id=source_id, problems=tuple(faults))
    record, problems = _read_dataset(root, identifier)
    return Item(record=record, source_id=source_id, problems=tuple(problems))


def _faults_of(root: Element, identifier: str, title: str) -> Iterator[Problem]:
    """Why the record cannot be taken: what the schema forbids, what no dataset can be without."""
    scope = code_of(next(find_all(root, "hierarchyLevel"), None))
    if scope not in _SCOPES:
        yield _fault("reading.package_not_dataset", type=scope)
        return
    for node in root.iter():
        allowed = ALLOWED.get("MD_Metadata" if node is root else local_name(node))
        for child in node if allowed else ():
            if str(child.tag).startswith(GMD) and local_name(child) not in (allowed or ()):
                yield _fault("iso.unknown_element", element=local_name(child), parent=local_name(node))
    if next(find_all(root, "identificationInfo/MD_DataIdentification"), None) is None:
        yield _fault("iso.no_identification")
    elif not title:
        yield _fault("iso.no_title")
    if not identifier:
        yield _fault("iso.no_identifier")


def _read_dataset(root: Element, identifier: str) -> tuple[Dataset, list[Problem]]:
    problems: list[Problem] = []
    identification = next(find_all(root, "identificationInfo/MD_DataIdentification"))
    citation = next(find_all(identification, "citation/CI_Citation"))
    language = LANGUAGE_OF_CODE.get(code_of(next(find_all(root, "language"), None)).lower(), "")
    stamp = first_text(root, "dateStamp")
    issued, modified = _dates(citation)
    if not modified and stamp:
        problems.append(Problem(code="iso.date_of_description", severity=Severity.MINOR, after=stamp))
    frequency = _frequency(identification)
    if not frequency:
        problems.append(Problem(code="iso.no_frequency", severity=Severity.MAJOR, where="dct:accrualPeriodicity"))
    cited = read_parties(citation, "citedResponsibleParty")
    near = read_parties(identification, "pointOfContact")
    parties = [*cited, *near, *read_parties(root, "contact")]
    prefix = identifier.partition(":")[0] if ":" in identifier else ""
    terms = read_terms(identification)
    distributions, pages = read_distributions(root, terms, language)
    keywords = _keywords(identification)
    lineage = next(find_deep(root, "statement"), None)
    record = Dataset(
        identifier=identifier,
        title=texts_in(next(find_all(citation, "title"), None), language),
        description=texts_in(next(find_all(identification, "abstract"), None), language),
        issued=issued or None,
        modified=modified or stamp or None,
        metadata_modified=stamp or None,
        theme=_themes(identification),
        keyword={language: keywords} if keywords else {},
        rights_holder=holder_of(parties, prefix=prefix),
        publisher=_agent_with(parties, "publisher"),
        creator=tuple(agent for role in ("author", "originator") if (agent := _agent_with(parties, role))),
        contact_point=_contact(near, parties),
        accrual_periodicity=FREQUENCIES.scheme + "/" + (frequency or "UNKNOWN"),
        distribution=distributions,
        language=_languages(identification),
        version_info=first_text(citation, "edition") or None,
        temporal=read_periods(identification),
        spatial=read_place(identification),
        conforms_to=read_standards(root, language),
        other_identifier=tuple(_other_identifiers(root, citation, identifier)),
        access_rights=f"{ACCESS_RIGHTS.scheme}/RESTRICTED" if terms.is_restricted else None,
        provenance=texts_in(lineage, language),
        page=pages,
        type=(f"{DATASET_TYPES.scheme}/GEOSPATIAL",),
        spatial_resolution_in_meters=_resolution(identification),
        extra=tuple(_kept(parties, terms)),
    )
    return record, problems


def _dates(citation: Element) -> tuple[str, str]:
    """When the data came out and when they last changed: revision, else publication, else creation."""
    found: dict[str, str] = {}
    for node in find_all(citation, "date/CI_Date"):
        kind, day = code_of(next(find_all(node, "dateType"), None)), first_text(node, "date")
        found[kind] = max(found.get(kind, ""), day)
    issued = found.get("publication") or found.get("creation") or ""
    return issued, found.get("revision") or issued


def _frequency(identification: Element) -> str:
    code = next(find_deep(identification, "maintenanceAndUpdateFrequency"), None)
    return FREQUENCY_OF_MAINTENANCE.get(code_of(code).lower(), "")


def _themes(identification: Element) -> tuple[str, ...]:
    """The European themes of the INSPIRE themes first, which are narrower, then of the topic categories."""
    inspire = (
        themes_of_inspire(link_of(keyword), text_of(keyword) if _is_inspire(group) else "")
        for group in find_all(identification, "descriptiveKeywords/MD_Keywords")
        for keyword in find_all(group, "keyword")
    )
    topics = (themes_of_topic(text_of(node)) for node in find_all(identification, "topicCategory"))
    codes = dict.fromkeys(code for group in (*inspire, *topics) for code in group)
    return tuple(f"{THEMES.scheme}/{code}" for code in codes)


def _is_inspire(keywords: Element) -> bool:
    return "inspire" in first_text(keywords, "thesaurusName/CI_Citation/title").lower()


def _keywords(identification: Element) -> tuple[str, ...]:
    words = (
        text_of(keyword)
        for keyword in find_all(identification, "descriptiveKeywords/MD_Keywords/keyword")
        if not any(part in link_of(keyword) for part in _NO_SUBJECT)
    )
    return tuple(dict.fromkeys(word for word in words if word and word != "EU"))


def _languages(identification: Element) -> tuple[str, ...]:
    return tuple(code_of(node).upper() for node in find_all(identification, "language") if code_of(node))


def _agent_with(parties: Iterable[Party], role: str) -> Agent | None:
    """The body with a role; a name that is no body's (a person, an office) is kept by `_kept`."""
    party = next((party for party in parties if party.role == role and party.is_known), None)
    return Agent(name=party.name, identifier=party.code) if party else None


def _kept(parties: Sequence[Party], terms: Terms) -> Iterator[Statement]:
    """What the record says and ours has no field for: conditions of use, and authors or publishers without a code."""
    if terms.rights:
        yield write_extra("use_constraints", terms.rights)
    for role in ("author", "originator", "publisher"):
        names = [party.name for party in parties if party.role == role and party.name and not party.is_known]
        if names:
            yield write_extra(f"iso_{role}", ", ".join(dict.fromkeys(names)))


def _contact(near: list[Party], parties: list[Party]) -> tuple[ContactPoint, ...]:
    """The office that answers for the data, else any party with a mailbox."""
    chosen = [party for party in near if party.role == "pointOfContact" and party.email]
    chosen = chosen or [party for party in parties if party.email]
    return (chosen[0].contact(),) if chosen else ()


def _other_identifiers(root: Element, citation: Element, identifier: str) -> Iterator[Identifier]:
    standard = next(find_all(root, "metadataStandardName"), None)
    if "rndt" in f"{text_of(standard)} {link_of(standard)}".lower():
        yield Identifier(notation=identifier, agency=RNDT)
    for kind in ("MD_Identifier", "RS_Identifier"):
        for code in find_all(citation, f"identifier/{kind}/code"):
            said = text_of(code) or link_of(code)
            if said and said != identifier:
                yield Identifier(notation=said)


def _resolution(identification: Element) -> str | None:
    """The resolution, where it is told in metres: EPSG 9001 is the metre."""
    for distance in find_deep(identification, "Distance"):
        unit = distance.get("uom", "").lower().rpartition(":")[2].rpartition("#")[2]
        if unit in ("m", "metre", "meter", "metri", "9001") and (distance.text or "").strip():
            return (distance.text or "").strip()
    return None


def _plain(node: Element | None) -> str:
    return (node.text or "").strip() if node is not None else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 0


def _fault(code: str, **values: str) -> Problem:
    return Problem(code=code, severity=Severity.BLOCKS, values=values)
