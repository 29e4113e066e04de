"""Pages of udata's API (`/api/1/datasets/`) to records. Source: the API's own description, udata 9 to 11."""

from collections.abc import Mapping

from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.mapping.ckan_extras import Fields
from opentusk.kit.mapping.ckan_nodes import iri_of_code
from opentusk.kit.mapping.loose import read_integer, read_objects, read_string, read_strings, read_text
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import (
    Agent,
    Checksum,
    ContactPoint,
    Dataset,
    Distribution,
    LicenseDocument,
    PeriodOfTime,
)
from opentusk.kit.vocabularies import FILE_TYPES, FREQUENCIES, MEDIA_TYPES

# The words of udata before it took the European codes.
FREQUENCIES_OF_UDATA = {
    "continuous": "UPDATE_CONT",
    "fourTimesADay": "OTHER",
    "threeTimesADay": "OTHER",
    "semidaily": "DAILY_2",
    "fourTimesAWeek": "OTHER",
    "threeTimesAWeek": "WEEKLY_3",
    "semiweekly": "WEEKLY_2",
    "threeTimesAMonth": "MONTHLY_3",
    "semimonthly": "MONTHLY_2",
    "threeTimesAYear": "ANNUAL_3",
    "semiannual": "ANNUAL_2",
    "punctual": "NOT_PLANNED",
    "notPlanned": "NOT_PLANNED",
    "asNeeded": "AS_NEEDED",
}
LICENCES_OF_UDATA = {
    "cc-by": "CC BY 4.0",
    "cc-by-sa": "CC BY-SA 4.0",
    "cc-zero": "CC0 1.0",
    "odc-odbl": "ODbL",
    "odc-by": "ODC-BY",
    "odc-pddl": "PDDL",
}
_SPDX = "http://spdx.org/rdf/terms#checksumAlgorithm_"
# What udata counts and links for its own pages.
_IGNORED = frozenset((
    "uri", "page", "internal", "quality", "metrics", "badges", "created_at", "last_modified", "community_resources",
    "permissions", "owner",
))  # fmt: skip


def read_page(answer: Mapping[str, object], *, site_url: str) -> CatalogReading:
    """The datasets of a page. Raises Unreadable for another kind of answer."""
    total = read_integer(answer.get("total"))
    if not isinstance(answer.get("data"), list) or total is None:
        raise Unreadable("reading.not_this_api", "udata")
    items = tuple(_read_item(source, site_url) for source in read_objects(answer["data"]))
    return CatalogReading(
        catalog=None, items=items, total=total, next_page=read_string(answer.get("next_page")) or None
    )


def _read_item(source: Mapping[str, object], site_url: str) -> Item:
    identifier = read_string(source.get("id"))
    state = next((word for word in ("private", "deleted", "archived") if source.get(word)), "")
    if state:
        problem = Problem(code="reading.package_not_public", severity=Severity.BLOCKS, values={"state": state})
        return Item(record=None, source_id=identifier, problems=(problem,))
    return Item(record=_read_dataset(source, site_url), source_id=identifier)


def _read_dataset(source: Mapping[str, object], site_url: str) -> Dataset:
    fields = Fields(source)
    licence = _read_licence(read_string(fields.take("license")))
    organization = fields.take("organization")
    body = read_string(organization.get("name")) if isinstance(organization, Mapping) else ""
    keywords = read_strings(fields.take("tags"))
    inner = source.get("internal")
    fields.take("private", "deleted", "archived")
    return Dataset(
        identifier=read_string(fields.take("id")),
        title=read_text(fields.take("title")),
        description=read_text(fields.take("description")),
        issued=read_string(source.get("created_at")) or None,
        modified=read_string(fields.take("last_update")) or read_string(source.get("last_modified")) or None,
        metadata_modified=read_string(inner.get("last_modified_internal")) if isinstance(inner, Mapping) else None,
        keyword={"": keywords} if keywords else {},
        rights_holder=Agent(name=body) if body else None,
        contact_point=_read_contacts(fields.take("contact_points", "contact_point")),
        accrual_periodicity=_read_frequency(read_string(fields.take("frequency"))),
        distribution=tuple(_read_resource(part, licence) for part in read_objects(fields.take("resources"))),
        landing_page=read_string(source.get("page")) or None,
        temporal=_read_period(fields.take("temporal_coverage")),
        source_catalog=site_url or None,
        extra=fields.rest(without=_IGNORED),
    )


def _read_resource(source: Mapping[str, object], licence: LicenseDocument | None) -> Distribution:
    address = read_string(source.get("latest")) or read_string(source.get("url"))
    checksum = source.get("checksum")
    is_file = read_string(source.get("filetype")) == "file"
    media_type = read_string(source.get("mime"))
    return Distribution(
        title=read_text(source.get("title")),
        description=read_text(source.get("description")),
        access_url=address,
        download_url=(address,) if is_file else (),
        format=iri_of_code(FILE_TYPES, read_string(source.get("format"))) or None,
        media_type=iri_of_code(MEDIA_TYPES, media_type) or None,
        license=licence,
        issued=read_string(source.get("created_at")) or None,
        modified=read_string(source.get("last_modified")) or None,
        byte_size=read_integer(source.get("filesize")),
        checksum=_read_checksum(checksum) if isinstance(checksum, Mapping) else None,
    )


def _read_checksum(source: Mapping[str, object]) -> Checksum | None:
    """SHA-1 alone: the national profile knows no other."""
    kind, value = read_string(source.get("type")).lower().replace("-", ""), read_string(source.get("value")).lower()
    return Checksum(algorithm=_SPDX + kind, value=value) if kind == "sha1" and value else None


def _read_licence(code: str) -> LicenseDocument | None:
    if not code or code == "notspecified":
        return None
    return LicenseDocument(name={"": LICENCES_OF_UDATA.get(code, code)})


def _read_frequency(word: str) -> str | None:
    return iri_of_code(FREQUENCIES, FREQUENCIES_OF_UDATA.get(word, word)) or None


def _read_contacts(value: object) -> tuple[ContactPoint, ...]:
    contacts = (
        ContactPoint(
            fn=read_string(source.get("name")),
            has_email=read_string(source.get("email")),
            has_url=read_string(source.get("contact_form")),
        )
        for source in read_objects(value)
    )
    return tuple(contact for contact in contacts if contact.fn and contact.has_email)


def _read_period(value: object) -> tuple[PeriodOfTime, ...]:
    if not isinstance(value, Mapping) or not read_string(value.get("start")):
        return ()
    return (PeriodOfTime(start_date=read_string(value["start"]), end_date=read_string(value.get("end")) or None),)
