"""CKAN packages to records: plain CKAN, ckanext-dcat and ckanext-dcatapit, which mix freely in one package."""

from collections.abc import Mapping

from opentusk.kit.items import Item
from opentusk.kit.mapping.ckan_extras import Fields, write_extra
from opentusk.kit.mapping.ckan_nodes import (
    PACKAGE_ID,
    iri_of_code,
    read_agent_fields,
    read_agents,
    read_contacts,
    read_identifiers,
    read_languages,
    read_licence,
    read_periods,
    read_places,
    read_standards,
)
from opentusk.kit.mapping.ckan_resource import read_resource
from opentusk.kit.mapping.loose import (
    read_day,
    read_list,
    read_objects,
    read_one_text,
    read_string,
    read_strings,
)
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import Agent, Dataset, Identifier, LicenseDocument, Statement, Words
from opentusk.kit.vocabularies import FREQUENCIES, THEMES

# What CKAN computes by itself, or uses for its own housekeeping: nothing is said about the data.
_OF_CKAN = frozenset(
    [
        "creator_user_id",
        "dataset_is_local",
        "entity_type",
        "groups",
        "isopen",
        "license_url",
        "license_title",
        "metadata_created",
        "notes_rendered",
        "num_resources",
        "num_tags",
        "organization",
        "owner_org",
        "private",
        "relationships_as_object",
        "relationships_as_subject",
        "revision_id",
        "revision_timestamp",
        "state",
        "tracking_summary",
        "type",
    ]
)


def read_package(package: Mapping[str, object], *, site_url: str = "") -> Item:
    """One package of a CKAN API. `site_url` is the portal's address, from which CKAN makes addresses of its datasets.

    The record is None for what is not a public dataset: private, deleted or draft packages, harvest sources,
    showcases. `source_id` is the package's `id`, also kept as an identifier of the agency `site_url`.
    """
    source_id = read_string(package.get("id")) or read_string(package.get("name"))
    refusal = _refusal(package)
    if refusal is not None:
        return Item(record=None, source_id=source_id, problems=(refusal.within(source_id),))
    return Item(record=_read_dataset(package, site_url.rstrip("/")), source_id=source_id)


def _refusal(package: Mapping[str, object]) -> Problem | None:
    state = read_string(package.get("state")) or "active"
    if package.get("private") is True or read_string(package.get("private")).lower() == "true":
        state = "private"
    if state != "active":
        return Problem(code="reading.package_not_public", severity=Severity.INFO, values={"state": state})
    kind = read_string(package.get("type")) or "dataset"
    if kind != "dataset":
        return Problem(code="reading.package_not_dataset", severity=Severity.INFO, values={"type": kind})
    return None


def _read_dataset(package: Mapping[str, object], site_url: str) -> Dataset:
    fields = Fields(package)
    ckan_id, name = read_string(fields.take("id")), read_string(fields.take("name"))
    address = f"{site_url}/dataset/{ckan_id}" if site_url and ckan_id else ""
    resources = read_objects(fields.take("resources"))
    licence = _package_licence(fields) if resources else None
    identifier = read_string(fields.take_first("identifier", "guid")) or ckan_id or name
    subjects, themes = _read_themes(fields)
    publisher = _read_publisher(fields)
    return Dataset(
        iri=read_string(fields.take("uri")) or address or None,
        identifier=identifier,
        title=fields.take_text("title"),
        description=fields.take_text("notes"),
        issued=read_day(fields.take_first("issued", "dcat_issued")),
        modified=read_day(fields.take_first("modified", "dcat_modified")),
        metadata_modified=read_string(fields.take("metadata_modified")) or None,
        theme=themes,
        subject=subjects,
        keyword=_read_keywords(fields),
        rights_holder=_read_holder(fields),
        publisher=publisher,
        creator=read_agents(fields.take("creator"), "creator_"),
        contact_point=read_contacts(fields),
        accrual_periodicity=iri_of_code(FREQUENCIES, read_string(fields.take("frequency"))) or None,
        distribution=tuple(read_resource(resource, address=address, licence=licence) for resource in resources),
        landing_page=read_string(fields.take("url")) or (f"{site_url}/dataset/{name}" if site_url and name else None),
        language=read_languages(fields.take("language")),
        version_info=read_string(fields.take_first("version", "dcat_version")) or None,
        version_notes=fields.take_text("version_notes"),
        is_version_of=read_strings(fields.take("is_version_of")),
        has_version=read_strings(fields.take("has_version")),
        temporal=read_periods(fields),
        spatial=read_places(fields),
        conforms_to=read_standards(fields.take("conforms_to")),
        other_identifier=_other_identifiers(fields, identifier, ckan_id=ckan_id, name=name, site_url=site_url),
        access_rights=read_string(fields.take("access_rights")) or None,
        provenance=fields.take_text("provenance"),
        applicable_legislation=read_strings(fields.take("applicable_legislation")),
        hvd_category=read_strings(fields.take("hvd_category")),
        relation=read_strings(fields.take("related_resource")),
        page=read_strings(fields.take("documentation")),
        type=read_strings(fields.take("dcat_type")),
        in_series=read_strings(fields.take("in_series")),
        temporal_resolution=read_string(fields.take("temporal_resolution")) or None,
        spatial_resolution_in_meters=read_string(fields.take("spatial_resolution_in_meters")) or None,
        source_catalog=read_string(fields.take("source_catalog_uri")) or site_url or None,
        extra=(*_read_groups(fields), *fields.rest(without=_OF_CKAN)),
    )


def _package_licence(fields: Fields) -> LicenseDocument | None:
    """CKAN knows one licence per package; each of its resources that says nothing else has it."""
    return read_licence(
        address=fields.take("license_url"), code=fields.take("license_id"), title=fields.take("license_title")
    )


def _read_themes(fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Subjects and themes. Groups are themes only where a portal has named them so."""
    aggregate = read_objects(fields.take("themes_aggregate"))
    subthemes = [subtheme for entry in aggregate for subtheme in read_strings(entry.get("subthemes"))]
    themes = read_strings(fields.take("theme")) or tuple(read_string(entry.get("theme")) for entry in aggregate)
    if not themes:
        groups = [read_one_text(group.get("title")) for group in read_objects(fields.peek("groups"))]
        themes = tuple(theme.iri for theme in map(THEMES.find, groups) if theme)
    subjects = read_strings(fields.take("subject")) or tuple(dict.fromkeys(subthemes))
    return subjects, tuple(dict.fromkeys(iri_of_code(THEMES, theme) for theme in themes if theme))


def _read_groups(fields: Fields) -> tuple[Statement, ...]:
    """The groups by name and title; what else CKAN says of them belongs to the group."""
    groups = [
        {"name": read_string(group.get("name")), "title": read_one_text(group.get("title"))}
        for group in read_objects(fields.peek("groups"))
    ]
    return (write_extra("groups", groups),) if groups else ()


def _read_keywords(fields: Fields) -> Words:
    translated, tags, packed = (fields.take(key) for key in ("tags_translated", "tags", "tag_string"))
    if isinstance(translated, Mapping):
        return {str(language): read_strings(words) for language, words in translated.items() if read_strings(words)}
    names = [tag.get("name") if isinstance(tag, Mapping) else tag for tag in read_list(tags)]
    words = read_strings(names) or tuple(tag.strip() for tag in read_string(packed).split(","))
    named = tuple(dict.fromkeys(word for word in words if word))
    return {"": named} if named else {}


def _organization(fields: Fields) -> Agent | None:
    """CKAN's organization. Only ckanext-dcatapit gives it an identifier, the body's IPA code."""
    organization = fields.peek("organization")
    if not isinstance(organization, Mapping):
        return None
    agent = Agent(
        identifier=read_string(organization.get("identifier")),
        name=read_one_text(organization.get("title")) or read_string(organization.get("name")),
    )
    return agent if agent != Agent() else None


def _read_holder(fields: Fields) -> Agent | None:
    """The holder stated, else the organization if it has a code: without one it may be a mere harvester."""
    organization = _organization(fields)
    return read_agent_fields(fields, "holder_") or (
        organization if organization is not None and organization.identifier else None
    )


def _read_publisher(fields: Fields) -> Agent | None:
    listed = read_agents(fields.take("publisher"), "publisher_")
    flat = read_agent_fields(fields, "publisher_")
    return next(iter(listed), None) or flat or _organization(fields)


def _other_identifiers(
    fields: Fields, identifier: str, *, ckan_id: str, name: str, site_url: str
) -> tuple[Identifier, ...]:
    """The alternative identifiers, the package's name where it is not the identifier again, and its CKAN id."""
    found = list(read_identifiers(fields.take("alternate_identifier")))
    if name and name not in (package_name(identifier), ckan_id):
        found.append(Identifier(notation=name, agency=site_url))
    if ckan_id:
        found.append(Identifier(iri=PACKAGE_ID + ckan_id, notation=ckan_id, agency=site_url))
    return tuple(dict.fromkeys(found))


def package_name(identifier: str) -> str:
    """The name CKAN would give: the identifier with what CKAN forbids turned into hyphens."""
    allowed = "".join(
        letter if (letter.isascii() and letter.isalnum()) or letter == "_" else "-" for letter in identifier
    )
    return allowed.lower()[:100]
