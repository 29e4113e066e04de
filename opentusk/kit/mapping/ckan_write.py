"""Records to CKAN packages, in the spellings of plain CKAN, ckanext-dcat and ckanext-dcatapit at once.

Each client finds its own keys, and `read_package` of the result gives the record back, apart from statements of
other vocabularies and from what the addresses of licences and bodies imply. Dates are ISO, as ckanext-dcat wants them;
what ckanext-dcatapit keeps as JSON in a string is written so.
"""

from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from opentusk.kit.mapping.ckan import package_name
from opentusk.kit.mapping.ckan_extras import read_extras
from opentusk.kit.mapping.ckan_nodes import PACKAGE_ID
from opentusk.kit.mapping.ckan_write_nodes import (
    Json,
    code_of,
    drop_empty,
    pack,
    write_agent,
    write_contact,
    write_creator,
    write_identifiers,
    write_languages,
    write_period,
    write_place,
    write_place_codes,
    write_standard,
    write_text,
)
from opentusk.kit.mapping.ckan_write_resource import write_package_licence, write_resource
from opentusk.kit.records import Dataset, Words
from opentusk.kit.vocabularies import FREQUENCIES, SUBTHEMES, THEMES

# Keys that every CKAN has at top level; other texts we do not know go among the extras.
_TOP_LEVEL = frozenset(("author", "author_email", "maintainer", "maintainer_email"))


def write_package(record: Dataset) -> Json:
    """The CKAN package of a record, its `name` the identifier with what CKAN forbids turned into '-'."""
    package = drop_empty({**_write_core(record), **_write_bodies(record), **_write_coverage(record)})
    package["resources"] = [
        write_resource(distribution, package_id=package["id"], position=position)
        for position, distribution in enumerate(record.distribution)
    ]
    return _with_extras(package, dict(read_extras(record.extra)))


def package_id(record: Dataset) -> str:
    """The id it had in the CKAN it came from, else one made from its identifier."""
    ids = (other.notation for other in record.other_identifier if (other.iri or "").startswith(PACKAGE_ID))
    return next(ids, None) or str(uuid5(NAMESPACE_URL, record.identifier))


def _write_core(record: Dataset) -> Json:
    return {
        "id": package_id(record),
        "name": package_name(record.identifier),
        "type": "dataset",
        "state": "active",
        **write_text("title", record.title),
        **write_text("notes", record.description),
        **_write_keywords(record.keyword),
        **write_package_licence(record.distribution),
        "identifier": record.identifier,
        "alternate_identifier": pack(write_identifiers(record.other_identifier)),
        "uri": record.iri,
        "url": record.landing_page,
        "version": record.version_info,
        **write_text("version_notes", record.version_notes),
        "issued": record.issued,
        "modified": record.modified,
        "metadata_modified": record.metadata_modified,
        "frequency": code_of(FREQUENCIES, record.accrual_periodicity),
        "language": write_languages(record.language),
        "theme": pack(record.theme),
        "themes_aggregate": pack(_themes_aggregate(record)),
        "subject": list(record.subject),
        "dcat_type": list(record.type),
        "documentation": list(record.page),
        "source_catalog_uri": record.source_catalog,
    }


def _write_bodies(record: Dataset) -> Json:
    holder, publisher = record.rights_holder, record.publisher
    contact = record.contact_point[0] if record.contact_point else None
    return {
        **({f"holder_{key}": value for key, value in write_agent(holder).items()} if holder else {}),
        "publisher": [write_agent(publisher)] if publisher else None,
        "publisher_name": publisher.name if publisher else None,
        "publisher_identifier": publisher.identifier if publisher else None,
        "creator": pack([write_creator(creator) for creator in record.creator]),
        "contact": [write_contact(contact) for contact in record.contact_point],
        "maintainer": contact.fn if contact else None,
        "maintainer_email": contact.has_email if contact else None,
    }


def _write_coverage(record: Dataset) -> Json:
    geonames = [
        place.geographical_identifier for place in record.spatial if "geonames" in place.geographical_identifier
    ]
    return {
        "temporal_coverage": pack([write_period(period) for period in record.temporal]),
        "temporal_resolution": record.temporal_resolution,
        "spatial_coverage": [write_place(place) for place in record.spatial],
        "geographical_name": write_place_codes(record.spatial),
        "geographical_geonames_url": geonames[0] if geonames else None,
        "spatial_resolution_in_meters": record.spatial_resolution_in_meters,
        "conforms_to": pack([write_standard(standard) for standard in record.conforms_to]),
        "access_rights": record.access_rights,
        **write_text("provenance", record.provenance),
        "applicable_legislation": list(record.applicable_legislation),
        "hvd_category": list(record.hvd_category),
        "is_version_of": list(record.is_version_of),
        "has_version": list(record.has_version),
        "related_resource": list(record.relation),
        "in_series": list(record.in_series),
    }


def _write_keywords(keyword: Words) -> Json:
    words = dict.fromkeys(word for language in keyword.values() for word in language)
    return {
        "tags": [{"name": word, "display_name": word, "state": "active"} for word in words],
        "tags_translated": {language: list(words) for language, words in keyword.items()}
        if set(keyword) - {""}
        else None,
    }


def _themes_aggregate(record: Dataset) -> Sequence[Mapping[str, object]]:
    """Each theme with its sub-themes; a sub-theme stands under the first theme that may have it."""
    entries: dict[str, list[str]] = {theme: [] for theme in record.theme if THEMES.by_iri(theme)}
    for subject in record.subject:
        subtheme = SUBTHEMES.by_iri(subject)
        owner = next((theme for theme in entries if subtheme and theme in subtheme.themes), None)
        if owner:
            entries[owner].append(subject)
    return [{"theme": code_of(THEMES, theme), "subthemes": subthemes} for theme, subthemes in entries.items()]


def _with_extras(package: Json, extras: Mapping[str, object]) -> Json:
    """Give back what we did not understand, where CKAN would have it: texts among the extras."""
    listed = {
        key: value
        for key, value in extras.items()
        if isinstance(value, str) and key not in package and key not in _TOP_LEVEL
    }
    own = {key: value for key, value in extras.items() if key not in listed}
    return {**package, **own, "extras": [{"key": key, "value": value} for key, value in listed.items()]}
