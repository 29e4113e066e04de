"""The table: record field ↔ RDF property ↔ kind of value, read both ways.

`also` are other properties from which the field is read when the main one says nothing: older versions of the
profiles, misspellings that are properties of their own, and the habits of real catalogues. `concept` says how the
value of a controlled field is typed and labelled in the graph, because validators do not fetch it.

Sources: DCAT-AP_IT 1.0 (AgID), DCAT-AP 2.1.1, 3.0.1 and HVD 3.0.0 (SEMIC).
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from pyoxigraph import NamedNode

from opentusk.kit import records as kit
from opentusk.kit.rdf.concepts import Role
from opentusk.kit.rdf.namespaces import ADMS, DCAT, DCATAP, DCATAPIT, DCT, FOAF, LOCN, OWL, RDFS, SCHEMA, SKOS, VCARD


class Kind(Enum):
    """How a field's value stands in the graph."""

    TEXT = auto()  # one literal per language
    WORDS = auto()  # several literals per language
    STRING = auto()  # one plain literal
    IRI = auto()  # an address; a literal in its place is read as the raw text
    DATE = auto()  # a literal typed by its precision
    INTEGER = auto()  # a size; its datatype depends on the profile
    DECIMAL = auto()
    DURATION = auto()
    GEOMETRY = auto()  # a WKT or GML literal
    EMAIL = auto()  # `mailto:` IRI ↔ bare address
    PHONE = auto()  # a node with a `tel:` IRI ↔ the number
    CHECKSUM = auto()
    NODE = auto()  # a record of its own


@dataclass(frozen=True, kw_only=True)
class Property:
    """One line of the table. `is_many`: the field is a tuple. `record`: the type of a NODE's record."""

    field: str
    path: NamedNode
    kind: Kind
    also: tuple[NamedNode, ...] = ()
    is_many: bool = False
    concept: Role | None = None
    record: type[Any] | None = None


def _text(field: str, path: NamedNode, *also: NamedNode) -> Property:
    return Property(field=field, path=path, kind=Kind.TEXT, also=also)


def _string(field: str, path: NamedNode, *also: NamedNode) -> Property:
    return Property(field=field, path=path, kind=Kind.STRING, also=also)


def _date(field: str, path: NamedNode, *also: NamedNode) -> Property:
    return Property(field=field, path=path, kind=Kind.DATE, also=also)


def _iri(field: str, path: NamedNode, *also: NamedNode, concept: Role | None = None) -> Property:
    return Property(field=field, path=path, kind=Kind.IRI, also=also, concept=concept)


def _iris(field: str, path: NamedNode, *also: NamedNode, concept: Role | None = None) -> Property:
    return Property(field=field, path=path, kind=Kind.IRI, also=also, concept=concept, is_many=True)


def _node(field: str, path: NamedNode, record: type[Any], *also: NamedNode) -> Property:
    return Property(field=field, path=path, kind=Kind.NODE, also=also, record=record)


def _nodes(field: str, path: NamedNode, record: type[Any], *also: NamedNode) -> Property:
    return Property(field=field, path=path, kind=Kind.NODE, also=also, record=record, is_many=True)


def _of(field: str, path: NamedNode, kind: Kind, *also: NamedNode) -> Property:
    return Property(field=field, path=path, kind=kind, also=also)


_TITLE = _text("title", DCT("title"), RDFS("label"), SCHEMA("name"))
_DESCRIPTION = _text("description", DCT("description"), RDFS("comment"), SCHEMA("description"))
_LEGISLATION = _iris("applicable_legislation", DCATAP("applicableLegislation"))
_HVD = _iris("hvd_category", DCATAP("hvdCategory"), concept=Role.CONCEPT)
_AVAILABILITY = _iri("availability", DCATAP("availability"), concept=Role.CONCEPT)
_CONTACTS = _nodes("contact_point", DCAT("contactPoint"), kit.ContactPoint, ADMS("contactPoint"))
_STANDARDS = _nodes("conforms_to", DCT("conformsTo"), kit.Standard)
_LANGUAGES = _iris("language", DCT("language"), concept=Role.LANGUAGE)
_PAGES = _iris("page", FOAF("page"), concept=Role.DOCUMENT)
_KEYWORDS = _of("keyword", DCAT("keyword"), Kind.WORDS)
_TEMPORAL_RESOLUTION = _of("temporal_resolution", DCAT("temporalResolution"), Kind.DURATION)
_SPATIAL_RESOLUTION = _of("spatial_resolution_in_meters", DCAT("spatialResolutionInMeters"), Kind.DECIMAL)

PROPERTIES: dict[type[Any], tuple[Property, ...]] = {
    kit.Agent: (
        _string("identifier", DCT("identifier")),
        _string("name", FOAF("name"), RDFS("label"), VCARD("fn"), SKOS("prefLabel")),
    ),
    kit.ContactPoint: (
        _string("fn", VCARD("fn"), VCARD("organization-name"), VCARD("hasFN"), FOAF("name")),
        _of("has_email", VCARD("hasEmail"), Kind.EMAIL, VCARD("email"), FOAF("mbox")),
        _of("has_telephone", VCARD("hasTelephone"), Kind.PHONE, VCARD("tel"), FOAF("phone")),
        _iri("has_url", VCARD("hasURL"), VCARD("url"), FOAF("homepage")),
    ),
    kit.PeriodOfTime: (
        _date("start_date", DCATAPIT("startDate"), DCAT("startDate"), SCHEMA("startDate")),
        _date("end_date", DCATAPIT("endDate"), DCAT("endDate"), SCHEMA("endDate")),
    ),
    kit.Location: (
        _string("geographical_identifier", DCATAPIT("geographicalIdentifier")),
        _string("geographic_name", LOCN("geographicName"), RDFS("label"), SKOS("prefLabel")),
        _of("geometry", LOCN("geometry"), Kind.GEOMETRY),
        _of("bbox", DCAT("bbox"), Kind.GEOMETRY),
        _of("centroid", DCAT("centroid"), Kind.GEOMETRY),
    ),
    kit.Standard: (
        _string("identifier", DCT("identifier")),
        _text("title", DCT("title"), RDFS("label"), SKOS("prefLabel")),
        _text("description", DCT("description")),
        _iris("reference_documentation", DCATAPIT("referenceDocumentation")),
    ),
    kit.LicenseDocument: (
        _iri("type", DCT("type"), concept=Role.CONCEPT),
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
        _iris("serves_dataset", DCAT("servesDataset")),
        _node("license", DCT("license"), kit.LicenseDocument),
        _iri("access_rights", DCT("accessRights"), concept=Role.RIGHTS),
        _node("publisher", DCT("publisher"), kit.Agent),
        _CONTACTS,
        _iris("theme", DCAT("theme"), concept=Role.CONCEPT),
        _KEYWORDS,
        _STANDARDS,
        _PAGES,
        _iri("landing_page", DCAT("landingPage"), concept=Role.DOCUMENT),
        _iris("format", DCT("format"), concept=Role.FORMAT),
        _AVAILABILITY,
        _LEGISLATION,
        _HVD,
    ),
    kit.Distribution: (
        _TITLE,
        _DESCRIPTION,
        _iri("access_url", DCAT("accessURL"), SCHEMA("contentUrl")),
        _iris("download_url", DCAT("downloadURL")),
        _iri("format", DCT("format"), concept=Role.FORMAT),
        _iri("media_type", DCAT("mediaType"), concept=Role.MEDIA_TYPE),
        _iri("compress_format", DCAT("compressFormat"), concept=Role.MEDIA_TYPE),
        _iri("package_format", DCAT("packageFormat"), concept=Role.MEDIA_TYPE),
        _node("license", DCT("license"), kit.LicenseDocument),
        _iri("rights", DCT("rights"), concept=Role.RIGHTS),
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _of("byte_size", DCAT("byteSize"), Kind.INTEGER, DCT("byteSize")),
        Property(
            field="checksum",
            path=NamedNode("http://spdx.org/rdf/terms#checksum"),
            kind=Kind.CHECKSUM,
        ),
        _iri("status", ADMS("status"), concept=Role.CONCEPT),
        _AVAILABILITY,
        _LANGUAGES,
        _PAGES,
        _STANDARDS,
        _nodes("access_service", DCAT("accessService"), kit.DataService),
        _LEGISLATION,
        _TEMPORAL_RESOLUTION,
        _SPATIAL_RESOLUTION,
    ),
    kit.Dataset: (
        _string("identifier", DCT("identifier")),
        _TITLE,
        _DESCRIPTION,
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _iris("theme", DCAT("theme"), concept=Role.CONCEPT),
        _iris("subject", DCT("subject"), concept=Role.SUBTHEME),
        _KEYWORDS,
        _node("rights_holder", DCT("rightsHolder"), kit.Agent),
        _node("publisher", DCT("publisher"), kit.Agent),
        _nodes("creator", DCT("creator"), kit.Agent),
        _CONTACTS,
        _iri("accrual_periodicity", DCT("accrualPeriodicity"), concept=Role.FREQUENCY),
        _nodes("distribution", DCAT("distribution"), kit.Distribution),
        _iri("landing_page", DCAT("landingPage"), concept=Role.DOCUMENT),
        _LANGUAGES,
        _string("version_info", OWL("versionInfo"), DCAT("version")),
        _text("version_notes", ADMS("versionNotes")),
        _iris("is_version_of", DCT("isVersionOf"), DCAT("isVersionOf")),
        _iris("has_version", DCAT("hasVersion"), DCT("hasVersion")),
        _nodes("temporal", DCT("temporal"), kit.PeriodOfTime),
        _nodes("spatial", DCT("spatial"), kit.Location),
        _STANDARDS,
        _nodes("other_identifier", ADMS("identifier"), kit.Identifier),
        _iri("access_rights", DCT("accessRights"), concept=Role.RIGHTS),
        _of("provenance", DCT("provenance"), Kind.TEXT),
        _LEGISLATION,
        _HVD,
        _iris("relation", DCT("relation")),
        _PAGES,
        _iris("type", DCT("type"), concept=Role.CONCEPT),
        _iris("in_series", DCAT("inSeries")),
        _TEMPORAL_RESOLUTION,
        _SPATIAL_RESOLUTION,
    ),
    kit.DatasetSeries: (
        _TITLE,
        _DESCRIPTION,
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _iri("accrual_periodicity", DCT("accrualPeriodicity"), concept=Role.FREQUENCY),
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
        _iri("homepage", FOAF("homepage"), concept=Role.DOCUMENT),
        _date("issued", DCT("issued")),
        _date("modified", DCT("modified")),
        _LANGUAGES,
        _iris("theme_taxonomy", DCAT("themeTaxonomy"), concept=Role.SCHEME),
        _node("license", DCT("license"), kit.LicenseDocument),
        _iri("rights", DCT("rights"), concept=Role.RIGHTS),
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
    kit.DataService: (DCAT("DataService"),),
    kit.Distribution: (DCAT("Distribution"), DCATAPIT("Distribution")),
    kit.Dataset: (DCAT("Dataset"), DCATAPIT("Dataset")),
    kit.DatasetSeries: (DCAT("DatasetSeries"),),
    kit.Catalog: (DCAT("Catalog"), DCATAPIT("Catalog")),
}
