"""The table: record field ↔ RDF property ↔ kind of value, read both ways.

`also` are other properties from which the field is read when the main one says nothing: older versions of the
profiles, misspellings that are properties of their own, and the habits of real catalogues. The role of a controlled
field says how its value is typed and labelled in the graph, because validators do not fetch it.

Sources: DCAT-AP_IT 1.0 (AgID), DCAT-AP 2.1.1, 3.0.1 and HVD 3.0.0 (SEMIC).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode

from opentusk.kit import records as kit
from opentusk.kit.rdf import concepts
from opentusk.kit.rdf.concepts import Role
from opentusk.kit.rdf.namespaces import (
    ADMS,
    DC,
    DCAT,
    DCATAP,
    DCATAPIT,
    DCT,
    FOAF,
    LOCN,
    OWL,
    PROV,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    TIME,
    VCARD,
    short_iri,
)
from opentusk.kit.rdf.profiles import Profile


class Kind(Enum):
    """How a field's value stands in the graph."""

    TEXT = auto()  # one literal per language
    WORDS = auto()  # several literals per language
    STRING = auto()  # one plain literal
    DATE = auto()  # a literal typed by its precision
    SIZE = auto()  # bytes; the datatype depends on the profile
    DECIMAL = auto()
    DURATION = auto()
    GEOMETRY = auto()  # a WKT or GML literal
    IRI = auto()  # an address; where the source put a text, that text
    REFERENCE = auto()  # the IRI of another dataset, service or series: relative ones are resolved
    EMAIL = auto()  # `mailto:` IRI ↔ bare address
    PHONE = auto()  # a node with a `tel:` IRI ↔ the number
    STATEMENT = auto()  # a node that holds only a text
    NODE = auto()  # a record of its own


@dataclass(frozen=True, kw_only=True, eq=False)
class Property:
    """One line of the table: `name` is the record's field, `path` the property.

    `is_many`: the field is a tuple. `record`: the type of a NODE's record. `role`: how a controlled value is
    described. `paths`: the properties a profile writes, where they are not just `path`; none leaves the field out.
    """

    name: str
    path: NamedNode
    kind: Kind
    also: tuple[NamedNode, ...] = ()
    is_many: bool = False
    role: Role | None = None
    record: type[Any] | None = None
    paths: Mapping[Profile, tuple[NamedNode, ...]] = field(default_factory=dict)

    def written(self, profile: Profile) -> tuple[NamedNode, ...]:
        """The properties under which the value is written."""
        return self.paths.get(profile, (self.path,))

    @cached_property
    def place(self) -> str:
        """What people call it: `dct:title`."""
        return short_iri(self.path.value)


def _line(name: str, path: NamedNode, kind: Kind, *also: NamedNode, **more: Any) -> Property:
    return Property(name=name, path=path, kind=kind, also=also, **more)


def _text(name: str, path: NamedNode, *also: NamedNode) -> Property:
    return _line(name, path, Kind.TEXT, *also)


def _string(name: str, path: NamedNode, *also: NamedNode) -> Property:
    return _line(name, path, Kind.STRING, *also)


def _date(name: str, path: NamedNode, *also: NamedNode) -> Property:
    return _line(name, path, Kind.DATE, *also)


def _iri(name: str, path: NamedNode, *also: NamedNode, role: Role | None = None) -> Property:
    return _line(name, path, Kind.IRI, *also, role=role)


def _iris(name: str, path: NamedNode, *also: NamedNode, role: Role | None = None) -> Property:
    return _line(name, path, Kind.IRI, *also, role=role, is_many=True)


def _node(name: str, path: NamedNode, record: type[Any], *also: NamedNode) -> Property:
    return _line(name, path, Kind.NODE, *also, record=record)


def _nodes(name: str, path: NamedNode, record: type[Any], *also: NamedNode) -> Property:
    return _line(name, path, Kind.NODE, *also, record=record, is_many=True)


def _references(name: str, path: NamedNode, *also: NamedNode, **more: Any) -> Property:
    return _line(name, path, Kind.REFERENCE, *also, is_many=True, **more)


def _by_version(older: NamedNode, newer: NamedNode) -> dict[Profile, tuple[NamedNode, ...]]:
    """DCAT 3 gave the property a new name; the default profile keeps the one that DCAT-AP_IT has."""
    return {Profile.DCATAP_IT: (older,), Profile.DCATAP_2: (older,), Profile.DCATAP_3: (newer,)}


_TITLE = _text("title", DCT("title"), DC("title"), RDFS("label"), SCHEMA("name"))
_DESCRIPTION = _text("description", DCT("description"), DC("description"), RDFS("comment"), SCHEMA("description"))
_LEGISLATION = _iris("applicable_legislation", DCATAP("applicableLegislation"), role=concepts.LEGISLATION)
_HVD = _iris("hvd_category", DCATAP("hvdCategory"), role=concepts.HVD)
_AVAILABILITY = _iri("availability", DCATAP("availability"), role=concepts.AVAILABILITY)
_CONTACTS = _nodes("contact_point", DCAT("contactPoint"), kit.ContactPoint, ADMS("contactPoint"))
_STANDARDS = _nodes("conforms_to", DCT("conformsTo"), kit.Standard)
_LANGUAGES = _iris("language", DCT("language"), role=concepts.LANGUAGE)
_PAGES = _iris("page", FOAF("page"), role=concepts.DOCUMENT)
_KEYWORDS = _line("keyword", DCAT("keyword"), Kind.WORDS)
_VERSION = {
    Profile.DCATAP_IT: (OWL("versionInfo"), DCAT("version")),
    Profile.DCATAP_2: (OWL("versionInfo"),),
    Profile.DCATAP_3: (DCAT("version"),),
}
_SINCE_3: dict[Profile, tuple[NamedNode, ...]] = {Profile.DCATAP_IT: (), Profile.DCATAP_2: ()}
_TEMPORAL_RESOLUTION = _line("temporal_resolution", DCAT("temporalResolution"), Kind.DURATION)
_SPATIAL_RESOLUTION = _line("spatial_resolution_in_meters", DCAT("spatialResolutionInMeters"), Kind.DECIMAL)

PROPERTIES: dict[type[Any], tuple[Property, ...]] = {
    kit.Agent: (
        _string("identifier", DCT("identifier")),
        _string("name", FOAF("name"), RDFS("label"), VCARD("fn"), SKOS("prefLabel")),
    ),
    kit.ContactPoint: (
        _string("fn", VCARD("fn"), VCARD("organization-name"), VCARD("hasFN"), FOAF("name")),
        _line("has_email", VCARD("hasEmail"), Kind.EMAIL, VCARD("email"), FOAF("mbox")),
        _line("has_telephone", VCARD("hasTelephone"), Kind.PHONE, VCARD("tel"), FOAF("phone")),
        _iri("has_url", VCARD("hasURL"), VCARD("url"), FOAF("homepage")),
    ),
    kit.PeriodOfTime: (
        _date("start_date", DCAT("startDate"), DCATAPIT("startDate"), SCHEMA("startDate"), TIME("hasBeginning")),
        _date("end_date", DCAT("endDate"), DCATAPIT("endDate"), SCHEMA("endDate"), TIME("hasEnd")),
    ),
    kit.Location: (
        _string("geographical_identifier", DCATAPIT("geographicalIdentifier")),
        _string("geographic_name", LOCN("geographicName"), RDFS("label"), SKOS("prefLabel")),
        _line("geometry", LOCN("geometry"), Kind.GEOMETRY),
        _line("bbox", DCAT("bbox"), Kind.GEOMETRY),
        _line("centroid", DCAT("centroid"), Kind.GEOMETRY),
    ),
    kit.Standard: (
        _string("identifier", DCT("identifier")),
        _text("title", DCT("title"), RDFS("label"), SKOS("prefLabel")),
        _text("description", DCT("description")),
        _iris("reference_documentation", DCATAPIT("referenceDocumentation")),
    ),
    kit.LicenseDocument: (
        _iri("type", DCT("type"), role=concepts.LICENCE_TYPE),
        _text("name", FOAF("name"), DCT("title"), RDFS("label"), SKOS("prefLabel")),
        _string("version_info", OWL("versionInfo")),
    ),
    kit.Identifier: (
        _string("notation", SKOS("notation")),
        _string("agency", ADMS("schemaAgency"), ADMS("schemeAgency"), DCT("creator")),
    ),
    kit.DataService: (
        _TITLE,
        _DESCRIPTION,
        _iris("endpoint_url", DCAT("endpointURL")),
        _iris("endpoint_description", DCAT("endpointDescription")),
        _references("serves_dataset", DCAT("servesDataset")),
        _node("license", DCT("license"), kit.LicenseDocument),
        _iri("access_rights", DCT("accessRights"), role=concepts.RIGHTS),
        _node("publisher", DCT("publisher"), kit.Agent),
        _CONTACTS,
        _iris("theme", DCAT("theme"), role=concepts.THEME),
        _KEYWORDS,
        _STANDARDS,
        _PAGES,
        _iri("landing_page", DCAT("landingPage"), role=concepts.DOCUMENT),
        _iris("format", DCT("format"), role=concepts.FORMAT),
        _AVAILABILITY,
        _LEGISLATION,
        _HVD,
    ),
    kit.Distribution: (
        _TITLE,
        _DESCRIPTION,
        _iri("access_url", DCAT("accessURL"), SCHEMA("contentUrl")),
        _iris("download_url", DCAT("downloadURL")),
        _iri("format", DCT("format"), role=concepts.FORMAT),
        _iri("media_type", DCAT("mediaType"), role=concepts.MEDIA_TYPE),
        _iri("compress_format", DCAT("compressFormat"), role=concepts.MEDIA_TYPE),
        _iri("package_format", DCAT("packageFormat"), role=concepts.MEDIA_TYPE),
        _node("license", DCT("license"), kit.LicenseDocument),
        _iri("rights", DCT("rights"), DCT("accessRights"), role=concepts.RIGHTS),
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _line("byte_size", DCAT("byteSize"), Kind.SIZE, DCT("byteSize"), DCAT("size")),
        _node("checksum", SPDX("checksum"), kit.Checksum),
        _iri("status", ADMS("status"), role=concepts.STATUS),
        _AVAILABILITY,
        _LANGUAGES,
        _PAGES,
        _STANDARDS,
        _nodes("access_service", DCAT("accessService"), kit.DataService),
        _LEGISLATION,
        _TEMPORAL_RESOLUTION,
        _SPATIAL_RESOLUTION,
    ),
    kit.Checksum: (
        _iri("algorithm", SPDX("algorithm"), role=concepts.ALGORITHM),
        _string("value", SPDX("checksumValue")),
    ),
    kit.Dataset: (
        _string("identifier", DCT("identifier"), DC("identifier"), DCAT("identifier")),
        _TITLE,
        _DESCRIPTION,
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _iris("theme", DCAT("theme"), role=concepts.THEME),
        _iris("subject", DCT("subject"), role=concepts.SUBTHEME),
        _KEYWORDS,
        _node("rights_holder", DCT("rightsHolder"), kit.Agent),
        _node("publisher", DCT("publisher"), kit.Agent),
        _nodes("creator", DCT("creator"), kit.Agent),
        _CONTACTS,
        _iri("accrual_periodicity", DCT("accrualPeriodicity"), role=concepts.FREQUENCY),
        _nodes("distribution", DCAT("distribution"), kit.Distribution),
        _iri("landing_page", DCAT("landingPage"), role=concepts.DOCUMENT),
        _LANGUAGES,
        _line("version_info", OWL("versionInfo"), Kind.STRING, DCAT("version"), SCHEMA("version"), paths=_VERSION),
        _text("version_notes", ADMS("versionNotes")),
        _references(
            "is_version_of",
            DCT("isVersionOf"),
            DCAT("isVersionOf"),
            paths=_by_version(DCT("isVersionOf"), DCAT("isVersionOf")),
        ),
        _references(
            "has_version",
            DCT("hasVersion"),
            DCAT("hasVersion"),
            paths=_by_version(DCT("hasVersion"), DCAT("hasVersion")),
        ),
        _nodes("temporal", DCT("temporal"), kit.PeriodOfTime),
        _nodes("spatial", DCT("spatial"), kit.Location),
        _STANDARDS,
        _nodes("other_identifier", ADMS("identifier"), kit.Identifier),
        _iri("access_rights", DCT("accessRights"), DCT("rights"), role=concepts.RIGHTS),
        _line("provenance", DCT("provenance"), Kind.STATEMENT),
        _LEGISLATION,
        _HVD,
        _references("relation", DCT("relation")),
        _PAGES,
        _iris("type", DCT("type"), role=concepts.DATASET_TYPE),
        _references("in_series", DCAT("inSeries"), paths=_SINCE_3),
        _TEMPORAL_RESOLUTION,
        _SPATIAL_RESOLUTION,
    ),
    kit.DatasetSeries: (
        _TITLE,
        _DESCRIPTION,
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _iri("accrual_periodicity", DCT("accrualPeriodicity"), role=concepts.FREQUENCY),
        _node("publisher", DCT("publisher"), kit.Agent),
        _CONTACTS,
        _nodes("temporal", DCT("temporal"), kit.PeriodOfTime),
        _nodes("spatial", DCT("spatial"), kit.Location),
        _LEGISLATION,
        _HVD,
    ),
    kit.Catalog: (
        _TITLE,
        _DESCRIPTION,
        _node("publisher", DCT("publisher"), kit.Agent),
        _iri("homepage", FOAF("homepage"), role=concepts.DOCUMENT),
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _LANGUAGES,
        _iris("theme_taxonomy", DCAT("themeTaxonomy"), role=concepts.SCHEME),
        _node("license", DCT("license"), kit.LicenseDocument),
        _iri("rights", DCT("rights"), role=concepts.RIGHTS),
        _nodes("spatial", DCT("spatial"), kit.Location),
    ),
}

# How a node of each record is typed: the Italian class and the European ones, because some readers know only one.
CLASSES: dict[type[Any], tuple[NamedNode, ...]] = {
    kit.Agent: (FOAF("Agent"), DCATAPIT("Agent")),
    kit.ContactPoint: (VCARD("Kind"), VCARD("Organization"), DCATAPIT("Organization")),
    kit.PeriodOfTime: (DCT("PeriodOfTime"),),
    kit.Location: (DCT("Location"),),
    kit.Standard: (DCT("Standard"), DCATAPIT("Standard")),
    kit.LicenseDocument: (DCT("LicenseDocument"), DCATAPIT("LicenseDocument")),
    kit.Identifier: (ADMS("Identifier"),),
    kit.Checksum: (SPDX("Checksum"),),
    kit.DataService: (DCAT("DataService"),),
    kit.Distribution: (DCAT("Distribution"), DCATAPIT("Distribution")),
    kit.Dataset: (DCAT("Dataset"), DCATAPIT("Dataset")),
    kit.DatasetSeries: (DCAT("DatasetSeries"),),
    kit.Catalog: (DCAT("Catalog"), DCATAPIT("Catalog")),
}

# What `write` derives from other facts of the record; reading it back as an unknown statement would double it.
DERIVED: dict[type[Any], frozenset[NamedNode]] = {
    kit.Dataset: frozenset({FOAF("isPrimaryTopicOf"), DCT("license")}),
    kit.LicenseDocument: frozenset({SKOS("exactMatch"), SKOS("inScheme")}),
    kit.Location: frozenset({SKOS("inScheme"), SKOS("prefLabel")}),
    kit.PeriodOfTime: frozenset({DCATAPIT("startDate"), DCATAPIT("endDate")}),
    kit.Catalog: frozenset({DCAT("dataset"), DCAT("service"), DCAT("record"), DCAT("catalog")}),
}

# Where the date of the description itself stands, and the catalogue it came from: on the record, not the dataset.
RECORD_OF = FOAF("isPrimaryTopicOf")
TOPIC = FOAF("primaryTopic")
RECORD_CLASS = DCAT("CatalogRecord")
RECORD_MODIFIED = DCT("modified")
RECORD_SOURCE = PROV("wasDerivedFrom")
