"""DCAT-US `data.json` (v1.1, and the older form that called the catalogue `dataset` too) to records.

Source: resources.data.gov, DCAT-US Schema v1.1. DKAN, Socrata and ArcGIS portals publish it.
"""

import re
from collections.abc import Mapping

from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.mapping.ckan_extras import Fields
from opentusk.kit.mapping.ckan_nodes import iri_of_code
from opentusk.kit.mapping.loose import (
    read_integer,
    read_list,
    read_objects,
    read_string,
    read_strings,
    read_text,
)
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import (
    Agent,
    Catalog,
    ContactPoint,
    Dataset,
    Distribution,
    LicenseDocument,
    Location,
    PeriodOfTime,
    Standard,
)
from opentusk.kit.vocabularies import ACCESS_RIGHTS, FILE_TYPES, FREQUENCIES, MEDIA_TYPES

# The repeating intervals of ISO 8601 that the schema prescribes; `R/P1Y` is every year.
FREQUENCY_OF_INTERVAL = {
    "R/P10Y": "DECENNIAL",
    "R/P4Y": "QUADRENNIAL",
    "R/P3Y": "TRIENNIAL",
    "R/P2Y": "BIENNIAL",
    "R/P1Y": "ANNUAL",
    "R/P6M": "ANNUAL_2",
    "R/P4M": "ANNUAL_3",
    "R/P3M": "QUARTERLY",
    "R/P2M": "BIMONTHLY",
    "R/P1M": "MONTHLY",
    "R/P0.5M": "MONTHLY_2",
    "R/P0.33M": "MONTHLY_3",
    "R/P2W": "BIWEEKLY",
    "R/P0.5W": "WEEKLY_2",
    "R/P3.5D": "WEEKLY_2",
    "R/P0.33W": "WEEKLY_3",
    "R/P1W": "WEEKLY",
    "R/P1D": "DAILY",
    "R/PT1H": "HOURLY",
    "R/PT1S": "UPDATE_CONT",
    "irregular": "IRREG",
}
RIGHTS_OF_LEVEL = {"public": "PUBLIC", "restricted public": "RESTRICTED", "non-public": "NON_PUBLIC"}
_IGNORED = frozenset({"@type", "@id", "@context"})
_BOX = re.compile(r"\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*")


def read_catalog(document: Mapping[str, object], *, site_url: str = "") -> CatalogReading:
    """Every dataset of a `data.json`. `site_url` is the address it came from, kept as the catalogue of origin."""
    fields = Fields(document)
    sources = read_list(fields.take("dataset"))
    catalog = Catalog(
        iri=read_string(document.get("@id")) or site_url or None,
        title=read_text(fields.take("title")),
        description=read_text(fields.take("description")),
        publisher=_read_publisher(fields.take("publisher")),
        homepage=read_string(fields.take("homepage")) or None,
        issued=read_string(fields.take("issued")) or None,
        modified=read_string(fields.take("modified")) or None,
        language=read_strings(fields.take("language")),
        license=_read_licence(fields.take("license")),
    )
    items = tuple(_read_item(source, site_url) for source in sources)
    return CatalogReading(
        catalog=catalog,
        items=items,
        total=len(items),
        problems=() if items else (Problem(code="reading.no_datasets", severity=Severity.MAJOR),),
    )


def _read_item(source: object, site_url: str) -> Item:
    if not isinstance(source, Mapping):
        detail = str(source)[:80]
        problem = Problem(code="reading.item_not_an_object", severity=Severity.BLOCKS, values={"detail": detail})
        return Item(record=None, source_id=detail, problems=(problem,))
    record = _read_dataset(source, site_url)
    return Item(record=record, source_id=record.identifier or next(iter(record.title.values()), ""))


def _read_dataset(source: Mapping[str, object], site_url: str) -> Dataset:
    fields = Fields(source)
    licence = _read_licence(fields.take("license"))
    identifier = read_string(fields.take("identifier"))
    distributions = read_objects(fields.take("distribution"))
    keywords = read_strings(fields.take("keyword", "keywords"))
    return Dataset(
        iri=identifier if identifier.startswith("http") else None,
        identifier=identifier,
        title=read_text(fields.take("title")),
        description=read_text(fields.take("description")),
        issued=read_string(fields.take("issued")) or None,
        modified=_read_modified(fields),
        theme=read_strings(fields.take("theme")),
        keyword={"": keywords} if keywords else {},
        publisher=_read_publisher(fields.take("publisher")),
        contact_point=_read_contacts(fields),
        accrual_periodicity=_read_frequency(fields.take("accrualPeriodicity")),
        distribution=tuple(_read_distribution(distribution, licence) for distribution in distributions),
        landing_page=read_string(fields.take("landingPage")) or None,
        language=read_strings(fields.take("language")),
        temporal=_read_periods(fields.take("temporal")),
        spatial=tuple(_read_place(text) for text in read_strings(fields.take("spatial"))),
        conforms_to=tuple(Standard(iri=address) for address in read_strings(fields.take("conformsTo"))),
        access_rights=_read_level(fields.take("accessLevel")),
        page=read_strings(fields.take("references")),
        in_series=read_strings(fields.take("isPartOf")),
        source_catalog=site_url or None,
        extra=fields.rest(without=_IGNORED),
    )


def _read_distribution(source: Mapping[str, object], licence: LicenseDocument | None) -> Distribution:
    """A distribution. DCAT-US lets a file have a `downloadURL` alone; the same address then gives access to it."""
    fields = Fields(source)
    download = read_strings(fields.take("downloadURL"))
    media_type = read_string(fields.take("mediaType"))
    return Distribution(
        title=read_text(fields.take("title")),
        description=read_text(fields.take("description")),
        access_url=read_string(fields.take("accessURL")) or next(iter(download), ""),
        download_url=download,
        format=iri_of_code(FILE_TYPES, read_string(fields.take("format"))) or None,
        media_type=iri_of_code(MEDIA_TYPES, media_type) or None,
        license=_read_licence(fields.take("license")) or licence,
        issued=read_string(fields.take("issued")) or None,
        modified=read_string(fields.take("modified")) or None,
        byte_size=read_integer(fields.take("byteSize")),
        conforms_to=tuple(Standard(iri=address) for address in read_strings(fields.take("conformsTo"))),
        extra=fields.rest(without=_IGNORED),
    )


def _read_modified(fields: Fields) -> str | None:
    """The date; a repeating interval (`R/P1D`) is a frequency in the wrong place and stays among the extras."""
    modified = read_string(fields.peek("modified"))
    if modified.startswith("R/"):
        return None
    fields.take("modified")
    return modified or None


def _read_publisher(value: object) -> Agent | None:
    """The publisher: an object in v1.1, a bare name before."""
    source = next(iter(read_objects(value)), None)
    if source is None:
        return Agent(name=read_string(value)) if read_string(value) else None
    name, identifier = read_string(source.get("name")), read_string(source.get("identifier"))
    return Agent(name=name, identifier=identifier) if name or identifier else None


def _read_contacts(fields: Fields) -> tuple[ContactPoint, ...]:
    """The contacts of v1.1; before it, a name with the mailbox of the dataset beside."""
    value, mailbox = fields.take("contactPoint"), read_string(fields.take("mbox"))
    contacts = tuple(
        ContactPoint(fn=read_string(source.get("fn")), has_email=read_string(source.get("hasEmail")))
        for source in read_objects(value)
    )
    if contacts or not (mailbox or read_string(value)):
        return contacts
    return (ContactPoint(fn=read_string(value), has_email=mailbox),)


def _read_frequency(value: object) -> str | None:
    text = read_string(value).strip()
    return iri_of_code(FREQUENCIES, FREQUENCY_OF_INTERVAL.get(text, text)) or None


def _read_level(value: object) -> str | None:
    text = read_string(value).strip()
    return iri_of_code(ACCESS_RIGHTS, RIGHTS_OF_LEVEL.get(text, text)) or None


def _read_licence(value: object) -> LicenseDocument | None:
    address = read_string(value)
    return LicenseDocument(iri=address) if address else None


def _read_periods(value: object) -> tuple[PeriodOfTime, ...]:
    """`start/end`; where the end is a duration (`2016/P1Y`) only the start is a date one can take as it is."""
    start, slash, end = read_string(value).partition("/")
    if not slash:
        return (PeriodOfTime(start_date=start),) if start else ()
    whole_year = end == "P1Y" and re.fullmatch(r"\d{4}", start)
    dates = {"start_date": start or None, "end_date": start if whole_year else end or None}
    return (PeriodOfTime(**dates),)


def _read_place(text: str) -> Location:
    """A place by address, by WKT, by a box (`west, south, east, north`), else by name."""
    if text.startswith("http"):
        return Location(iri=text)
    if re.match(r"\s*(MULTI)?(POINT|POLYGON)\b", text):
        return Location(geometry=text)
    box = _BOX.fullmatch(text)
    if box:
        west, south, east, north = box.groups()
        corners = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
        return Location(bbox=f"POLYGON (({corners}))")
    return Location(geographic_name=text)
