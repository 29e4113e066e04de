"""The one shape that travels: frozen records that mirror DCAT-AP_IT, so the specification is the manual.

Fields are the standard's properties in snake_case. Conventions, everywhere:

- `iri` is the node's own address; None until one is minted (`kit.iris`), never a blank node on output.
- Controlled values (theme, format, frequency, licence, …) are full IRIs once harmonised; a record fresh from a
  source may still hold the raw text.
- `Text` maps a language tag to one string; "" means no tag was given.
- Dates are ISO 8601 strings of the precision the source gave: `2024`, `2024-05`, `2024-05-31` or
  `2024-05-31T10:00:00+02:00`.
- `extra` keeps the statements the record does not model, so that a round trip loses nothing.

Sources: DCAT-AP_IT 1.0 (AgID), DCAT-AP 2.1.1, 3.0.1 and HVD 3.0.0 (SEMIC).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Text = Mapping[str, str]
Words = Mapping[str, tuple[str, ...]]
IsoDate = str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One unmodelled RDF statement, its terms in N-Triples syntax; `<>` stands for the record's own node."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, kw_only=True)
class Agent:
    """dcatapit:Agent: a body. `identifier` is its IPA code in lower case, or a VAT number for companies."""

    iri: str | None = None
    identifier: str = ""
    name: str = ""
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    """dcatapit:Organization: the office that answers. `has_email` is a bare address, without `mailto:`."""

    iri: str | None = None
    fn: str = ""
    has_email: str = ""
    has_telephone: str = ""
    has_url: str = ""
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeriodOfTime:
    """dct:PeriodOfTime: what time the data are about, never when the metadata were written."""

    iri: str | None = None
    start_date: IsoDate | None = None
    end_date: IsoDate | None = None


@dataclass(frozen=True, kw_only=True)
class Location:
    """dct:Location. `geometry`, `bbox` and `centroid` are WKT, WGS84 longitude first, or GML as the source gave it."""

    iri: str | None = None
    geographical_identifier: str = ""
    geographic_name: str = ""
    geometry: str = ""
    bbox: str = ""
    centroid: str = ""
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standard:
    """dcatapit:Standard that the data conform to."""

    iri: str | None = None
    identifier: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    reference_documentation: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LicenseDocument:
    """dcatapit:LicenseDocument. `type` is an IRI of purl.org/adms/licencetype."""

    iri: str | None = None
    type: str = ""
    name: Text = field(default_factory=dict)
    version_info: str = ""


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """adms:Identifier: another code of the same dataset. `agency` is free text or an IRI."""

    iri: str | None = None
    notation: str = ""
    agency: str = ""


@dataclass(frozen=True, kw_only=True)
class Checksum:
    """spdx:Checksum. `algorithm` is an IRI of spdx.org/rdf/terms, `value` lower-case hexadecimal."""

    algorithm: str
    value: str


@dataclass(frozen=True, kw_only=True)
class DataService:
    """dcat:DataService: an API over one or more datasets (`serves_dataset`: their IRIs)."""

    iri: str | None = None
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    endpoint_url: tuple[str, ...] = ()
    endpoint_description: tuple[str, ...] = ()
    serves_dataset: tuple[str, ...] = ()
    license: LicenseDocument | None = None
    access_rights: str | None = None
    publisher: Agent | None = None
    contact_point: tuple[ContactPoint, ...] = ()
    theme: tuple[str, ...] = ()
    keyword: Words = field(default_factory=dict)
    conforms_to: tuple[Standard, ...] = ()
    page: tuple[str, ...] = ()
    landing_page: str | None = None
    format: tuple[str, ...] = ()
    availability: str | None = None
    applicable_legislation: tuple[str, ...] = ()
    hvd_category: tuple[str, ...] = ()
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """dcatapit:Distribution: one form in which the data are offered."""

    iri: str | None = None
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    access_url: str = ""
    download_url: tuple[str, ...] = ()
    format: str | None = None
    media_type: str | None = None
    compress_format: str | None = None
    package_format: str | None = None
    license: LicenseDocument | None = None
    rights: str | None = None
    issued: IsoDate | None = None
    modified: IsoDate | None = None
    byte_size: int | None = None
    checksum: Checksum | None = None
    status: str | None = None
    availability: str | None = None
    language: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    conforms_to: tuple[Standard, ...] = ()
    access_service: tuple[DataService, ...] = ()
    applicable_legislation: tuple[str, ...] = ()
    temporal_resolution: str | None = None
    spatial_resolution_in_meters: str | None = None
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """dcatapit:Dataset. `modified` is the date of the data; `metadata_modified` that of this description.

    `identifier` is `ipa:local-part` and never changes; the titolare is `rights_holder`. `subject` holds EuroVoc
    IRIs, `theme` the European data themes. `source_catalog` is the IRI of the catalogue it was harvested from.
    """

    iri: str | None = None
    identifier: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    issued: IsoDate | None = None
    modified: IsoDate | None = None
    metadata_modified: IsoDate | None = None
    theme: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    keyword: Words = field(default_factory=dict)
    rights_holder: Agent | None = None
    publisher: Agent | None = None
    creator: tuple[Agent, ...] = ()
    contact_point: tuple[ContactPoint, ...] = ()
    accrual_periodicity: str | None = None
    distribution: tuple[Distribution, ...] = ()
    landing_page: str | None = None
    language: tuple[str, ...] = ()
    version_info: str | None = None
    version_notes: Text = field(default_factory=dict)
    is_version_of: tuple[str, ...] = ()
    has_version: tuple[str, ...] = ()
    temporal: tuple[PeriodOfTime, ...] = ()
    spatial: tuple[Location, ...] = ()
    conforms_to: tuple[Standard, ...] = ()
    other_identifier: tuple[Identifier, ...] = ()
    access_rights: str | None = None
    provenance: Text = field(default_factory=dict)
    applicable_legislation: tuple[str, ...] = ()
    hvd_category: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    in_series: tuple[str, ...] = ()
    temporal_resolution: str | None = None
    spatial_resolution_in_meters: str | None = None
    source_catalog: str | None = None
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DatasetSeries:
    """dcat:DatasetSeries (DCAT-AP 3): datasets published separately that belong together."""

    iri: str | None = None
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    issued: IsoDate | None = None
    modified: IsoDate | None = None
    accrual_periodicity: str | None = None
    publisher: Agent | None = None
    contact_point: tuple[ContactPoint, ...] = ()
    temporal: tuple[PeriodOfTime, ...] = ()
    spatial: tuple[Location, ...] = ()
    applicable_legislation: tuple[str, ...] = ()
    hvd_category: tuple[str, ...] = ()
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """dcatapit:Catalog. Datasets travel beside it, one by one: a catalogue of 100,000 must not be one object."""

    iri: str | None = None
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    publisher: Agent | None = None
    homepage: str | None = None
    issued: IsoDate | None = None
    modified: IsoDate | None = None
    language: tuple[str, ...] = ()
    theme_taxonomy: tuple[str, ...] = ()
    license: LicenseDocument | None = None
    rights: str | None = None
    spatial: tuple[Location, ...] = ()
    extra: tuple[Statement, ...] = ()
