"""Records to triples, in the profile a reader wants, with every node typed and described inline.

The default profile is the superset that the national catalogue reads; see dcat_ap_it.md §5 for what differs. A record
that cannot be written strictly raises `Unwritable`, so that it never makes a page unreadable for everybody.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from opentusk.kit import records as kit
from opentusk.kit.rdf.concepts import Role, describe
from opentusk.kit.rdf.namespaces import DCAT, DCT, GSP, RDFS, SKOS, SPDX, TYPE, VCARD, XSD
from opentusk.kit.rdf.properties import CLASSES, PROPERTIES, Kind, Property
from opentusk.kit.rdf.statements import statement_triples
from opentusk.kit.vocabularies import LICENCES


class Profile(StrEnum):
    """The three forms of one record."""

    DCATAP_IT = "dcatap_it"
    DCATAP_2 = "dcatap_2"
    DCATAP_3 = "dcatap_3"


class Unwritable(Exception):  # noqa: N818 - it names what is wrong with the record
    """A value of the record cannot stand in RDF; `place` and `value` say which."""

    def __init__(self, place: str, value: str) -> None:
        super().__init__(f"{place}: {value!r}")
        self.place = place
        self.value = value


_DATE_TYPES = {4: XSD("gYear"), 7: XSD("gYearMonth"), 10: XSD("date")}
_SHA1 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha1"
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
# What the older profiles do not have, or what a single value would break in the national rules.
_ONLY_3 = {"in_series"}
_ONE_IN_IT = {"temporal", "spatial"}
_ILLEGAL = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def dataset_triples(record: kit.Dataset, profile: Profile = Profile.DCATAP_IT) -> list[Triple]:
    """Every triple of a dataset: its own nodes and the shared ones it points to. Raises Unwritable."""
    return [triple for _iri, triples in dataset_blocks(record, profile) for triple in triples]


def dataset_blocks(record: kit.Dataset, profile: Profile = Profile.DCATAP_IT) -> list[tuple[str, tuple[Triple, ...]]]:
    """The triples of a dataset by node: (IRI, triples); the dataset itself first."""
    return _Writer(profile).write(record)


def catalog_triples(catalog: kit.Catalog, profile: Profile, dataset_iris: list[str]) -> list[Triple]:
    """The catalogue's own node and its shared ones, with `dcat:dataset` for each of its datasets."""
    blocks = _Writer(profile).write(catalog)
    node = NamedNode(_iri_of(catalog))
    links = [Triple(node, DCAT("dataset"), _named(iri, "dcat:dataset")) for iri in dataset_iris]
    return [triple for _iri, triples in blocks for triple in triples] + links


def node_triples(record: Any, profile: Profile = Profile.DCATAP_IT) -> list[Triple]:
    """Every triple of any other record (a service, a series, an agent)."""
    return [triple for _iri, triples in _Writer(profile).write(record) for triple in triples]


class _Writer:
    """Walks one record. Nodes are written once, by IRI, in the order they are met."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.blocks: dict[str, dict[Triple, None]] = {}

    def write(self, record: Any) -> list[tuple[str, tuple[Triple, ...]]]:
        self._node(record, _iri_of(record))
        return [(iri, tuple(triples)) for iri, triples in self.blocks.items()]

    def _node(self, record: Any, iri: str) -> NamedNode:
        node = _named(iri, type(record).__name__)
        block = self.blocks.setdefault(iri, {})
        for kind in CLASSES[type(record)]:
            block[Triple(node, TYPE, kind)] = None
        for line in PROPERTIES[type(record)]:
            value = getattr(record, line.field)
            if value not in (None, "", ()) and value != {}:
                self._property(node, block, line, self._fitting(line, value), iri)
        for triple in statement_triples(getattr(record, "extra", ()), node):
            block[triple] = None
        self._finish(record, node, block)
        return node

    def _fitting(self, line: Property, value: Any) -> Any:
        """The values that the profile takes."""
        if self.profile is not Profile.DCATAP_3 and line.field in _ONLY_3:
            return ()
        if self.profile is Profile.DCATAP_IT and line.field in _ONE_IN_IT:
            return value[:1]
        return value

    def _property(self, node: NamedNode, block: dict[Triple, None], line: Property, value: Any, iri: str) -> None:
        for position, one in enumerate(value if line.is_many else (value,)):
            for term in self._terms(line, one, f"{iri}#{line.field}-{position + 1}"):
                block[Triple(node, line.path, term)] = None

    def _terms(self, line: Property, value: Any, own_iri: str) -> Iterator[NamedNode | Literal]:
        place = line.field
        match line.kind:
            case Kind.TEXT if line.field == "provenance":
                yield self._statement_node(own_iri, value)
            case Kind.TEXT:
                for language, text in value.items():
                    yield _literal(text, place, language)
            case Kind.WORDS:
                for language, words in value.items():
                    for word in words:
                        yield _literal(word, place, language)
            case Kind.STRING:
                yield _literal(value, place)
            case Kind.IRI:
                yield self._reference(line, value)
            case Kind.DATE:
                yield Literal(value, datatype=_DATE_TYPES.get(len(value), XSD("dateTime")))
            case Kind.NODE:
                yield self._node(value, value.iri or own_iri)
            case _:
                yield from self._special(line, value, own_iri)

    def _special(self, line: Property, value: Any, own_iri: str) -> Iterator[NamedNode | Literal]:
        match line.kind:
            case Kind.INTEGER:
                is_decimal = self.profile is Profile.DCATAP_2
                yield Literal(str(value), datatype=XSD("decimal" if is_decimal else "nonNegativeInteger"))
            case Kind.DECIMAL:
                yield Literal(value, datatype=XSD("decimal"))
            case Kind.DURATION:
                yield Literal(value, datatype=XSD("duration"))
            case Kind.GEOMETRY:
                is_gml = value.lstrip().startswith("<")
                yield Literal(_legal(value, line.field), datatype=GSP("gmlLiteral" if is_gml else "wktLiteral"))
            case Kind.EMAIL:
                yield _named(f"mailto:{quote(value, safe='@!$&*+-._~=')}", line.field)
            case Kind.PHONE:
                yield self._phone_node(value, own_iri)
            case Kind.CHECKSUM:
                yield from self._checksum_node(value, own_iri)

    def _reference(self, line: Property, value: str) -> NamedNode:
        iri = _MEDIA_TYPE + value if line.concept is Role.MEDIA_TYPE and "://" not in value else value
        if line.concept is not None:
            for shared, triples in describe(iri, line.concept):
                self.blocks.setdefault(shared, {}).update(dict.fromkeys(triples))
        return _named(iri, line.field)

    def _statement_node(self, iri: str, text: kit.Text) -> NamedNode:
        node = NamedNode(iri)
        block = self.blocks.setdefault(iri, {})
        block[Triple(node, TYPE, DCT("ProvenanceStatement"))] = None
        for language, words in text.items():
            block[Triple(node, _LABEL, _literal(words, "provenance", language))] = None
        return node

    def _phone_node(self, phone: str, iri: str) -> NamedNode:
        node = NamedNode(iri)
        block = self.blocks.setdefault(iri, {})
        block[Triple(node, TYPE, VCARD("TelephoneType"))] = None
        block[Triple(node, TYPE, VCARD("Voice"))] = None
        block[Triple(node, VCARD("hasValue"), _named(f"tel:{quote(phone, safe='+-.')}", "has_telephone"))] = None
        return node

    def _checksum_node(self, checksum: kit.Checksum, iri: str) -> Iterator[NamedNode]:
        """DCAT-AP 2.1.1 takes SHA-1 only: any other algorithm would cost the record its conformance."""
        if self.profile is not Profile.DCATAP_3 and checksum.algorithm != _SHA1:
            return
        node = NamedNode(iri)
        block = self.blocks.setdefault(iri, {})
        block[Triple(node, TYPE, SPDX("Checksum"))] = None
        block[Triple(node, SPDX("algorithm"), _named(checksum.algorithm, "checksum"))] = None
        block[Triple(node, SPDX("checksumValue"), Literal(checksum.value, datatype=XSD("hexBinary")))] = None
        yield node

    def _finish(self, record: Any, node: NamedNode, block: dict[Triple, None]) -> None:
        """What one field says in two properties, or what a node needs beyond its fields."""
        if isinstance(record, kit.PeriodOfTime):
            for name, value in (("startDate", record.start_date), ("endDate", record.end_date)):
                if value:
                    literal = Literal(value, datatype=_DATE_TYPES.get(len(value), XSD("dateTime")))
                    block[Triple(node, DCAT(name), literal)] = None
        if isinstance(record, kit.Dataset) and record.version_info and self.profile is not Profile.DCATAP_2:
            block[Triple(node, DCAT("version"), _literal(record.version_info, "version_info"))] = None
        if isinstance(record, kit.LicenseDocument) and record.iri:
            licence = LICENCES.by_iri(record.iri)
            for match in (licence.agid_iri, licence.eu_iri) if licence else ():
                if match and match != record.iri:
                    block[Triple(node, SKOS("exactMatch"), NamedNode(match))] = None


_LABEL = RDFS("label")


def _iri_of(record: Any) -> str:
    if not record.iri:
        raise Unwritable(type(record).__name__, "")
    return str(record.iri)


def _named(iri: str, place: str) -> NamedNode:
    try:
        node = NamedNode(iri)
    except ValueError as illegal:
        raise Unwritable(place, iri) from illegal
    if _ILLEGAL.search(iri):
        raise Unwritable(place, iri)
    return node


def _literal(text: str, place: str, language: str = "") -> Literal:
    try:
        return Literal(_legal(text, place), language=language) if language else Literal(_legal(text, place))
    except ValueError as illegal:
        raise Unwritable(place, f"@{language}") from illegal


def _legal(text: str, place: str) -> str:
    """The text, if XML can hold it: control characters and lone surrogates break RDF/XML for the whole page."""
    if _ILLEGAL.search(text):
        raise Unwritable(place, text)
    return text


__all__ = ["Profile", "Unwritable", "catalog_triples", "dataset_blocks", "dataset_triples", "node_triples"]
