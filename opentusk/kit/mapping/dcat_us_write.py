"""Records to DCAT-US `data.json`, v1.1.

The schema wants a contact and a publisher as single objects, plain texts without a language, intervals instead of
frequencies: what it has no word for is left out.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from opentusk.kit.mapping.ckan_extras import read_extras
from opentusk.kit.mapping.ckan_write_nodes import code_of, drop_empty
from opentusk.kit.mapping.dcat_us import FREQUENCY_OF_INTERVAL, RIGHTS_OF_LEVEL
from opentusk.kit.records import Catalog, Dataset, Distribution, Location, Text
from opentusk.kit.vocabularies import ACCESS_RIGHTS, FILE_TYPES, FREQUENCIES, LANGUAGES, MEDIA_TYPES

Json = dict[str, Any]
_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
# Two intervals mean twice a week; the one given last in the table is not the one the schema shows.
_INTERVAL_OF_FREQUENCY = {code: interval for interval, code in reversed(FREQUENCY_OF_INTERVAL.items())}
_LEVEL_OF_RIGHTS = {code: level for level, code in RIGHTS_OF_LEVEL.items()}
_TAG_OF_LANGUAGE = {"ITA": "it", "ENG": "en", "DEU": "de", "FRA": "fr", "SLV": "sl", "SPA": "es"}


def write_data_json(catalog: Catalog, records: Iterable[Dataset]) -> Json:
    """The whole `data.json` of a catalogue, ready for `json.dumps`."""
    return drop_empty(
        {
            "@context": f"{_SCHEMA}/catalog.jsonld",
            "@id": catalog.iri,
            "@type": "dcat:Catalog",
            "conformsTo": _SCHEMA,
            "describedBy": f"{_SCHEMA}/catalog.json",
            "title": _one(catalog.title),
            "description": _one(catalog.description),
            "modified": catalog.modified,
        }
    ) | {"dataset": [write_dataset(record) for record in records]}


def write_dataset(record: Dataset) -> Json:
    """One dataset of a `data.json`."""
    licences = {distribution.license.iri for distribution in record.distribution if distribution.license}
    written = {
        "@type": "dcat:Dataset",
        "identifier": record.identifier,
        "title": _one(record.title),
        "description": _one(record.description),
        "keyword": list(dict.fromkeys(word for words in record.keyword.values() for word in words)),
        "issued": record.issued,
        "modified": record.modified,
        "publisher": _write_publisher(record),
        "contactPoint": _write_contact(record),
        "accessLevel": _LEVEL_OF_RIGHTS.get(code_of(ACCESS_RIGHTS, record.access_rights) or "", "public"),
        "license": licences.pop() if len(licences) == 1 else None,
        "theme": list(record.theme),
        "language": [_tag(language) for language in record.language],
        "accrualPeriodicity": _write_interval(record.accrual_periodicity),
        "temporal": _write_temporal(record),
        "spatial": _write_spatial(record.spatial[0]) if record.spatial else None,
        "conformsTo": next((standard.iri for standard in record.conforms_to if standard.iri), None),
        "landingPage": record.landing_page,
        "references": list(record.page),
        "isPartOf": next(iter(record.in_series), None),
        "distribution": [_write_distribution(distribution) for distribution in record.distribution],
    }
    return drop_empty(_beside(written, dict(read_extras(record.extra))))


def _write_distribution(distribution: Distribution) -> Json:
    file_type = FILE_TYPES.by_iri(distribution.format or "")
    written = {
        "@type": "dcat:Distribution",
        "title": _one(distribution.title),
        "description": _one(distribution.description),
        "accessURL": distribution.access_url,
        "downloadURL": next(iter(distribution.download_url), None),
        "mediaType": code_of(MEDIA_TYPES, distribution.media_type),
        "format": file_type.code if file_type else distribution.format,
        "license": distribution.license.iri if distribution.license else None,
        "issued": distribution.issued,
        "modified": distribution.modified,
        "byteSize": distribution.byte_size,
        "conformsTo": next((standard.iri for standard in distribution.conforms_to if standard.iri), None),
    }
    return drop_empty(_beside(written, dict(read_extras(distribution.extra))))


def _beside(written: Json, extras: Mapping[str, object]) -> Json:
    """The keys of the schema, and those the source had that are not of it."""
    return {**extras, **written}


def _write_publisher(record: Dataset) -> Json | None:
    """The publisher, else the body that owns the data: DCAT-US knows only one of the two."""
    agent = record.publisher or record.rights_holder
    if agent is None:
        return None
    return drop_empty({"@type": "org:Organization", "name": agent.name, "identifier": agent.identifier})


def _write_contact(record: Dataset) -> Json | None:
    contact = next(iter(record.contact_point), None)
    if contact is None:
        return None
    email = f"mailto:{contact.has_email.removeprefix('mailto:')}" if contact.has_email else None
    return drop_empty({"@type": "vcard:Contact", "fn": contact.fn, "hasEmail": email})


def _write_interval(frequency: str | None) -> str | None:
    code = code_of(FREQUENCIES, frequency)
    return _INTERVAL_OF_FREQUENCY.get(code or "")


def _write_temporal(record: Dataset) -> str | None:
    """The first period with both ends: the schema has no open ones."""
    ends = ((period.start_date, period.end_date) for period in record.temporal)
    return next((f"{start}/{end}" for start, end in ends if start and end), None)


def _write_spatial(place: Location) -> str | None:
    return place.geographic_name or place.geometry or place.bbox or place.iri


def _tag(language: str) -> str:
    code = code_of(LANGUAGES, language) or language
    return _TAG_OF_LANGUAGE.get(code, code)


def _one(text: Text) -> str:
    return text.get("it") or next(iter(text.values()), "")
