"""Records to triples, in the profile a reader wants, with every node typed and described inline.

Every node has an IRI. A nested record without one of its own gets it from its owner's (`…#temporal-1`), so nothing
depends on the order of a run. A record that cannot be written strictly raises `Unwritable` before anybody sees it.
What differs between the profiles is in `rdf.properties` and `rdf.profiles`.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from opentusk.kit import records as kit
from opentusk.kit.rdf.concepts import ADMS_STATUSES, STATUS, Block, Role, describe, describe_place
from opentusk.kit.rdf.graph import Term
from opentusk.kit.rdf.namespaces import DCAT, DCATAPIT, DCT, RDFS, SKOS, SPDX, TYPE, VCARD, XSD
from opentusk.kit.rdf.profiles import Profile
from opentusk.kit.rdf.properties import (
    CLASSES,
    PROPERTIES,
    RECORD_CLASS,
    RECORD_MODIFIED,
    RECORD_OF,
    RECORD_SOURCE,
    TOPIC,
    Kind,
    Property,
)
from opentusk.kit.rdf.statements import statement_triples
from opentusk.kit.rdf.strict import (
    Unwritable,
    date_literal,
    decimal_literal,
    duration_literal,
    geometry_literal,
    hexadecimal_literal,
    legal_iri,
    legal_text,
)
from opentusk.kit.vocabularies import LICENCES

_SHA1 = SPDX("checksumAlgorithm_sha1").value
_LABEL = RDFS("label")
_NOT_DIALLED = re.compile(r"[^0-9+]")
# One value each by the rules 186 and 187 of the national validator.
_ONE_IN_IT = frozenset({"temporal", "spatial"})


def dataset_triples(record: kit.Dataset, profile: Profile = Profile.DCATAP_IT) -> list[Triple]:
    """Every triple of a dataset, each once: its own nodes and the shared ones it points to. Raises Unwritable."""
    return _flat(dataset_blocks(record, profile))


def dataset_blocks(record: kit.Dataset, profile: Profile = Profile.DCATAP_IT) -> list[Block]:
    """The triples of a dataset by node, the dataset itself first; those of one node stand together."""
    return _Writer(profile).write(record)


def catalog_triples(catalog: kit.Catalog, profile: Profile, dataset_iris: Iterable[str]) -> list[Triple]:
    """The catalogue's own node with `dcat:dataset` for each of its datasets, then the nodes it points to."""
    own, *shared = _Writer(profile).write(catalog)
    node, link = NamedNode(own[0]), DCAT("dataset")
    links = tuple(Triple(node, link, legal_iri(iri, "dcat:dataset")) for iri in dataset_iris)
    return _flat([(own[0], (*own[1], *links)), *shared])


def node_triples(record: kit.DataService | kit.DatasetSeries | kit.Agent, profile: Profile) -> list[Triple]:
    """Every triple of a record that travels beside the datasets."""
    return _flat(_Writer(profile).write(record))


def _flat(blocks: Iterable[Block]) -> list[Triple]:
    return [triple for _iri, triples in blocks for triple in triples]


class _Writer:
    """Walks one record. Nodes are written once, by IRI, in the order they are met."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.blocks: dict[str, dict[Triple, None]] = {}
        self.place = ""
        # Hundreds of files share a licence, a format and a language: what has been written is not written again.
        self._nodes: dict[str, tuple[Any, NamedNode]] = {}
        self._described: dict[tuple[str, Role], NamedNode] = {}

    def write(self, record: Any) -> list[Block]:
        if not record.iri:
            raise Unwritable(type(record).__name__, "")
        self._node(record, record.iri)
        return [(iri, tuple(triples)) for iri, triples in self.blocks.items()]

    def _node(self, record: Any, iri: str) -> NamedNode:
        known = self._nodes.get(iri)
        if known is not None and known[0] == record:
            return known[1]
        kind = type(record)
        node = legal_iri(iri, self.place or kind.__name__)
        block = self._block(iri)
        for one in CLASSES[kind]:
            block[Triple(node, TYPE, one)] = None
        above = self.place
        for line in PROPERTIES[kind]:
            value = getattr(record, line.name)
            if value is None or value == "" or value == () or value == {}:
                continue
            self.place = f"{above} › {line.place}" if above else line.place
            self._property(node, block, line, value)
        self.place = above
        if finish := _FINISHES.get(kind):
            finish(self, record, node, block)
        for triple in statement_triples(getattr(record, "extra", ()), iri):
            self._block(_value_of(triple.subject))[triple] = None
        self._nodes[iri] = record, node
        return node

    def _block(self, iri: str) -> dict[Triple, None]:
        block = self.blocks.get(iri)
        if block is None:
            block = self.blocks[iri] = {}
        return block

    def _property(self, node: NamedNode, block: dict[Triple, None], line: Property, value: Any) -> None:
        paths = line.written(self.profile)
        if not paths:
            return
        if self.profile is Profile.DCATAP_IT and line.name in _ONE_IN_IT:
            value = value[:1]
        terms = self._terms(line, value, node.value)
        for path in paths:
            for term in terms:
                block[Triple(node, path, term)] = None

    def _terms(self, line: Property, value: Any, own: str) -> list[Term]:
        match line.kind:
            case Kind.TEXT:
                return [legal_text(value[language], self.place, language) for language in sorted(value)]
            case Kind.WORDS:
                return [
                    legal_text(word, self.place, language) for language in sorted(value) for word in value[language]
                ]
            case Kind.NODE:
                records = value if line.is_many else (value,)
                return [
                    self._node(one, getattr(one, "iri", None) or _part(own, line.name, number))
                    for number, one in enumerate(records, start=1)
                    if self._is_taken(one)
                ]
            case Kind.STATEMENT:
                return [self._statement(value, _part(own, line.name, 1))]
            case Kind.PHONE:
                return [self._phone(value, _part(own, line.name, 1))]
            case _:
                write = _LITERALS.get(line.kind)
                values = value if line.is_many else (value,)
                return [write(self, one) if write else self._reference(line, one) for one in values]

    def _is_taken(self, record: Any) -> bool:
        """DCAT-AP 2.1.1 takes SHA-1 only: another checksum would cost the whole record its conformance."""
        is_checksum = isinstance(record, kit.Checksum)
        return self.profile is Profile.DCATAP_3 or not is_checksum or record.algorithm == _SHA1

    def _reference(self, line: Property, value: str) -> NamedNode | Literal:
        """The node of a value, and beside it what is said of the value itself.

        A controlled field may still hold a source's own word: it is written as the text it is, for the checks to find.
        """
        if line.role is None:
            return legal_iri(value, self.place)
        if known := self._described.get((value, line.role)):
            return known
        if "://" not in value:
            return legal_text(value, self.place)
        said = ADMS_STATUSES.get(value, value) if line.role is STATUS and self.profile is Profile.DCATAP_2 else value
        node = self._described[value, line.role] = legal_iri(said, self.place)
        for iri, triples in describe(said, line.role):
            self._block(iri).update(dict.fromkeys(triples))
        return node

    def _statement(self, text: kit.Text, iri: str) -> NamedNode:
        node, block = NamedNode(iri), self._block(iri)
        block[Triple(node, TYPE, DCT("ProvenanceStatement"))] = None
        for language in sorted(text):
            block[Triple(node, _LABEL, legal_text(text[language], self.place, language))] = None
        return node

    def _phone(self, phone: str, iri: str) -> NamedNode:
        """`tel:` has no blanks: a number written with them keeps its spelling as a label."""
        node, block = NamedNode(iri), self._block(iri)
        block[Triple(node, TYPE, VCARD("TelephoneType"))] = None
        if dialled := _NOT_DIALLED.sub("", phone):
            block[Triple(node, VCARD("hasValue"), NamedNode(f"tel:{dialled}"))] = None
        if dialled != phone:
            block[Triple(node, _LABEL, legal_text(phone, self.place))] = None
        return node

    def _string(self, text: str) -> Literal:
        return legal_text(text, self.place)

    def _date(self, text: str) -> Literal:
        return date_literal(text, self.place)

    def _size(self, size: int) -> Literal:
        datatype = "decimal" if self.profile is Profile.DCATAP_2 else "nonNegativeInteger"
        return Literal(str(size), datatype=XSD(datatype))

    def _email(self, address: str) -> NamedNode:
        return legal_iri(f"mailto:{address}", self.place)

    def _finish_dataset(self, record: kit.Dataset, node: NamedNode, block: dict[Triple, None]) -> None:
        """The date of the description and its origin belong to the catalogue's record, not to the data."""
        if not record.metadata_modified and not record.source_catalog:
            return
        iri = _part(node.value, "record")
        about, inner = NamedNode(iri), self._block(iri)
        block[Triple(node, RECORD_OF, about)] = None
        inner[Triple(about, TOPIC, node)] = None
        if record.metadata_modified:
            inner[Triple(about, TYPE, RECORD_CLASS)] = None
            inner[Triple(about, RECORD_MODIFIED, date_literal(record.metadata_modified, "dct:modified"))] = None
        if record.source_catalog:
            inner[Triple(about, RECORD_SOURCE, legal_iri(record.source_catalog, "prov:wasDerivedFrom"))] = None

    def _finish_period(self, record: kit.PeriodOfTime, node: NamedNode, block: dict[Triple, None]) -> None:
        """The national profile takes whole days only: a year begins on its first and ends on its last."""
        for name, text, day in (
            ("startDate", record.start_date, _first_day),
            ("endDate", record.end_date, _last_day),
        ):
            if text:
                block[Triple(node, DCATAPIT(name), date_literal(day(text), f"dcatapit:{name}"))] = None

    def _finish_location(self, record: kit.Location, node: NamedNode, _block: dict[Triple, None]) -> None:
        if record.geographic_name:
            for iri, triples in describe_place(node.value):
                self._block(iri).update(dict.fromkeys(triples))

    def _finish_licence(self, record: kit.LicenseDocument, node: NamedNode, block: dict[Triple, None]) -> None:
        licence = LICENCES.by_iri(node.value)
        for match in (licence.agid_iri, licence.eu_iri) if licence else ():
            if match and match != record.iri:
                block[Triple(node, SKOS("exactMatch"), NamedNode(match))] = None

    def _finish_checksum(self, record: kit.Checksum, node: NamedNode, block: dict[Triple, None]) -> None:
        block.pop(Triple(node, SPDX("checksumValue"), Literal(record.value)), None)
        value = hexadecimal_literal(record.value, self.place)
        block[Triple(node, SPDX("checksumValue"), value)] = None


_LITERALS: dict[Kind, Callable[[_Writer, Any], Term]] = {
    Kind.STRING: _Writer._string,
    Kind.DATE: _Writer._date,
    Kind.SIZE: _Writer._size,
    Kind.EMAIL: _Writer._email,
    Kind.DECIMAL: lambda writer, text: decimal_literal(text, writer.place),
    Kind.DURATION: lambda writer, text: duration_literal(text, writer.place),
    Kind.GEOMETRY: lambda writer, text: geometry_literal(text, writer.place),
}
# What a node says beyond the fields of its record.
_FINISHES: dict[type[Any], Callable[[_Writer, Any, NamedNode, dict[Triple, None]], None]] = {
    kit.Dataset: _Writer._finish_dataset,
    kit.PeriodOfTime: _Writer._finish_period,
    kit.Location: _Writer._finish_location,
    kit.LicenseDocument: _Writer._finish_licence,
    kit.Checksum: _Writer._finish_checksum,
}


def _value_of(subject: object) -> str:
    """The IRI of a statement's subject; `statement_triples` lets nothing else through."""
    assert isinstance(subject, NamedNode)
    return subject.value


def _part(own: str, name: str, number: int = 0) -> str:
    """The IRI of a node that exists only as a part of another."""
    suffix = f"{name.replace('_', '-')}-{number}" if number else name
    return f"{own}.{suffix}" if "#" in own else f"{own}#{suffix}"


def _first_day(text: str) -> str:
    return text + {4: "-01-01", 7: "-01"}.get(len(text), "")


def _last_day(text: str) -> str:
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7 and text[5:].isdigit() and 1 <= int(text[5:]) <= 12 and text[:4].isdigit() and int(text[:4]):
        return f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]:02}"
    return text


__all__ = [
    "Profile",
    "Unwritable",
    "catalog_triples",
    "dataset_blocks",
    "dataset_triples",
    "node_triples",
]
