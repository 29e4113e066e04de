"""The parts of an ISO 19139 record: who answers for it, under which terms, where and when, and how it is offered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from opentusk.kit.mapping.iso.nodes import code_of, find_all, find_deep, first_text, link_of, text_of, texts_in
from opentusk.kit.records import (
    Agent,
    ContactPoint,
    DataService,
    Distribution,
    LicenseDocument,
    Location,
    PeriodOfTime,
    Standard,
    Text,
)
from opentusk.kit.vocabularies import FILE_TYPES, LICENCES
from opentusk.kit.vocabularies.bodies import find_body, find_body_by_name

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;)]")
_IPA_ADDRESS = re.compile(r"indicepa\.gov\.it/.*?([a-z0-9_-]+)/?$", re.IGNORECASE)
_SERVICES = ("wms", "wfs", "wcs", "wmts", "csw")
_SERVICE_ADDRESS = "http://www.opengis.net/def/serviceType/ogc/"
_SERVICE_WORD = re.compile(r"(?<![a-z])(wms|wfs|wcs|wmts|csw|atom)(?![a-z])", re.IGNORECASE)
_LIMITATIONS = "/LimitationsOnPublicAccess/"


@dataclass(frozen=True, kw_only=True)
class Party:
    """A responsible party with its role. `code` is an IPA code if the record gives one with the party."""

    name: str
    role: str
    code: str
    email: str
    telephone: str
    website: str

    @property
    def is_known(self) -> bool:
        """Whether it is a body whose code is given or can be told by its name."""
        return bool(self.code or (self.name and find_body_by_name(self.name)))

    def contact(self) -> ContactPoint:
        """The office to write to."""
        return ContactPoint(fn=self.name, has_email=self.email, has_telephone=self.telephone, has_url=self.website)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The conditions of a resource: its licence, what else is said of its use, and whether access is limited."""

    license: LicenseDocument | None
    rights: str
    is_restricted: bool


def read_parties(node: Element, path: str) -> list[Party]:
    """The responsible parties on a path, each with a name or a mailbox."""
    found = (_read_party(party) for party in find_all(node, f"{path}/CI_ResponsibleParty"))
    return [party for party in found if party.name or party.email]


def holder_of(parties: Sequence[Party], *, prefix: str) -> Agent | None:
    """The titolare: the owner, else who keeps it, else who answers. Its code is the party's, else the identifier's.

    RNDT begins the identifier of a record with the IPA code of the body that owns it.
    """
    for role in ("owner", "custodian", "resourceProvider", "publisher", "author", "pointOfContact"):
        party = next((party for party in parties if party.role == role and party.name), None)
        if party:
            code = party.code or (prefix.lower() if find_body(prefix) else "")
            return Agent(name=party.name, identifier=code)
    return Agent(identifier=prefix.lower()) if find_body(prefix) else None


def read_terms(identification: Element) -> Terms:
    """The terms of use. A licence may stand in any of the constraints, as a name, an address or a link."""
    texts: list[tuple[str, str]] = []
    limits = []
    for constraints in find_all(identification, "resourceConstraints"):
        for name in ("otherConstraints", "useLimitation"):
            for node in find_deep(constraints, name):
                if _LIMITATIONS in link_of(node):
                    limits.append(link_of(node))
                elif text_of(node) or link_of(node):
                    texts.append((text_of(node), link_of(node)))
    licence = _known_licence(texts) or _linked_licence(texts)
    others = dict.fromkeys(text for text, _link in texts if text and not _says_only(text, licence))
    is_restricted = bool(limits) and not any(limit.endswith("noLimitations") for limit in limits)
    return Terms(license=licence, rights="\n".join(others), is_restricted=is_restricted)


def read_place(identification: Element) -> tuple[Location, ...]:
    """The box and the name of the place: one, as the profile wants it."""
    name = next((text for node in find_deep(identification, "geographicIdentifier")
                 if (text := first_text(node, "MD_Identifier/code"))), "")  # fmt: skip
    box = next((box for node in find_deep(identification, "EX_GeographicBoundingBox") if (box := _box(node))), "")
    return (Location(geographic_name=name, bbox=box),) if name or box else ()


def read_periods(identification: Element) -> tuple[PeriodOfTime, ...]:
    """The periods the data are about."""
    periods = []
    for extent in find_deep(identification, "EX_TemporalExtent"):
        for period in find_deep(extent, "TimePeriod"):
            start = _moment(period, "beginPosition", "begin")
            end = _moment(period, "endPosition", "end")
            if start:
                periods.append(PeriodOfTime(start_date=start, end_date=end or None))
    return tuple(dict.fromkeys(periods))


def read_standards(root: Element, language: str) -> tuple[Standard, ...]:
    """The specifications the data conform to, as declared, and their coordinate system."""
    found = []
    for result in find_deep(root, "DQ_ConformanceResult"):
        title = next(find_all(result, "specification/CI_Citation/title"), None)
        if first_text(result, "pass").lower() in ("true", "1") and (text_of(title) or link_of(title)):
            found.append(Standard(iri=link_of(title) or None, title=texts_in(title, language)))
    for code in find_deep(root, "referenceSystemIdentifier"):
        node = next(find_all(code, "RS_Identifier/code"), None)
        name, address = text_of(node), link_of(node)
        if name.startswith("http"):
            name, address = "", name
        if name or address:
            found.append(Standard(iri=address or None, identifier=name, title={"": name} if name else {}))
    return tuple({(one.iri, one.identifier, *one.title.values()): one for one in found}.values())


def read_distributions(root: Element, terms: Terms, language: str) -> tuple[tuple[Distribution, ...], tuple[str, ...]]:
    """What can be downloaded or asked, and the pages that only tell about it."""
    formats = [text for node in find_deep(root, "distributionFormat") if (text := first_text(node, "MD_Format/name"))]
    parts, pages, seen = [], [], set()
    for resource in _online_resources(root):
        address = first_text(resource, "linkage")
        if not address or address in seen:
            continue
        seen.add(address)
        part = _read_online(resource, address, formats, terms, language)
        if part:
            parts.append(part)
        else:
            pages.append(address)
    return tuple(parts), tuple(pages)


def _read_party(party: Element) -> Party:
    name = next(find_all(party, "organisationName"), None)
    code = _IPA_ADDRESS.search(link_of(name))
    contact = "contactInfo/CI_Contact"
    return Party(
        name=text_of(name) or first_text(party, "individualName"),
        role=code_of(next(find_all(party, "role"), None)),
        code=code[1].lower() if code and find_body(code[1]) else "",
        email=first_text(party, f"{contact}/address/CI_Address/electronicMailAddress"),
        telephone=first_text(party, f"{contact}/phone/CI_Telephone/voice"),
        website=first_text(party, f"{contact}/onlineResource/CI_OnlineResource/linkage"),
    )


def _known_licence(texts: Sequence[tuple[str, str]]) -> LicenseDocument | None:
    for text, link in texts:
        for said in (link, text, _ADDRESS.sub("", text).strip(" .;,"), *_ADDRESS.findall(text)):
            if said and LICENCES.find(said):
                return LicenseDocument(iri=said) if "://" in said else LicenseDocument(name={"": said})
    return None


def _linked_licence(texts: Sequence[tuple[str, str]]) -> LicenseDocument | None:
    """A licence we do not know: the first condition that is a document on the web, with the words beside it."""
    for text, link in texts:
        address = link or next(iter(_ADDRESS.findall(text)), "")
        if address:
            return LicenseDocument(iri=address, name={"": text} if text and text != address else {})
    return None


def _says_only(text: str, licence: LicenseDocument | None) -> bool:
    return licence is not None and text in (licence.iri, *licence.name.values())


def _box(node: Element) -> str:
    sides = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    west, south, east, north = (first_text(node, side).replace(",", ".") for side in sides)
    try:
        numbers = [float(side) for side in (west, south, east, north)]
    except ValueError:
        return ""
    if not (-180 <= numbers[0] <= 180 and -180 <= numbers[2] <= 180 and -90 <= numbers[1] <= numbers[3] <= 90):
        return ""
    return f"POLYGON (({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"


def _moment(period: Element, *names: str) -> str:
    for name in names:
        for node in find_all(period, name):
            said = "".join(node.itertext()).strip()
            if said:
                return said
    return ""


def _online_resources(root: Element) -> Iterator[Element]:
    for info in find_all(root, "distributionInfo"):
        for options in find_deep(info, "MD_DigitalTransferOptions"):
            yield from find_all(options, "onLine/CI_OnlineResource")


def _read_online(
    resource: Element, address: str, formats: Sequence[str], terms: Terms, language: str
) -> Distribution | None:
    """One address as a distribution; None for a page that is no form of the data."""
    title = texts_in(next(find_all(resource, "name"), None), language)
    described = texts_in(next(find_all(resource, "description"), None), language)
    service = _service_of(resource, address, title)
    code = _format_of(resource, address, formats, service)
    if not code:
        return None
    if not described and len(formats) > 1 and not service:
        described = {language: ", ".join(dict.fromkeys(formats))}
    return Distribution(
        title=title or ({"": service.upper()} if service else {}),
        description=described,
        access_url=address,
        format=code,
        license=terms.license,
        access_service=(_data_service(service, address, title, terms),) if service in _SERVICES else (),
    )


def _service_of(resource: Element, address: str, title: Text) -> str:
    """The kind of service an address is, by its protocol, its own query or its name; "" for none."""
    protocol = next(find_all(resource, "protocol"), None)
    query = {name.lower(): value for name, value in parse_qsl(urlsplit(address).query)}
    for said in (link_of(protocol), text_of(protocol), query.get("service", "")):
        found = _SERVICE_WORD.search(said.replace("_", " "))
        if found:
            return found[1].lower()
    return ""


def _format_of(resource: Element, address: str, formats: Sequence[str], service: str) -> str:
    """The file type: of the service, of the file's name, the only one declared, the first known one of a download."""
    if service:
        # The EU list has no word for some services: what they answer when asked for a description is XML.
        term = FILE_TYPES.find(service) or FILE_TYPES.by_code("XML")
        return term.iri if term else ""
    ending = FILE_TYPES.find(urlsplit(address).path.rpartition("/")[2].rpartition(".")[2])
    if ending and "." in urlsplit(address).path.rpartition("/")[2]:
        return ending.iri
    function = code_of(next(find_all(resource, "function"), None))
    protocol = first_text(resource, "protocol").lower()
    if "download" not in (function or protocol).lower():
        return ""
    known = [term.iri for term in map(FILE_TYPES.find, formats) if term]
    return known[0] if known else ""


def _data_service(service: str, address: str, title: Text, terms: Terms) -> DataService:
    parts = urlsplit(address)
    query = {name.lower(): value.lower() for name, value in parse_qsl(parts.query)}
    is_description = query.get("request") == "getcapabilities"
    # What other parameters say (`map=`) belongs to the endpoint.
    kept = "&".join(
        piece
        for piece in parts.query.split("&")
        if piece.partition("=")[0].lower() not in ("service", "request", "version")
    )
    endpoint = urlunsplit(parts._replace(query=kept, fragment=""))
    return DataService(
        title=title or {"": service.upper()},
        endpoint_url=(endpoint,),
        endpoint_description=(address,) if is_description else (),
        license=terms.license,
        conforms_to=(Standard(iri=_SERVICE_ADDRESS + service),),
    )
