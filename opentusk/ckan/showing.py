"""Datasets, distributions and bodies as CKAN shows them: plain CKAN's keys always, the extensions' where known."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import part_of_row, stored_part, to_record
from opentusk.ckan.accounts import account_id, creator_id
from opentusk.ckan.models import Package, Resource
from opentusk.ckan.naming import find_group, group_id, group_name, tag_id
from opentusk.ckan.stores import dump_address, stores_among
from opentusk.ckan.waiting import waiting_told
from opentusk.kit import records as kit
from opentusk.kit.ckan_packages.echo import echo_extras, echo_said
from opentusk.kit.ckan_packages.spelling import download_name, moment, moment_of_text
from opentusk.kit.mapping.ckan_write import write_package
from opentusk.kit.mapping.ckan_write_resource import write_resource
from opentusk.kit.vocabularies import LICENCES, Theme
from opentusk.people.models import User
from opentusk.tables.models import Table

Json = dict[str, Any]

_STATES = {
    Dataset.Status.PUBLISHED: "active",
    Dataset.Status.DRAFT: "draft",
    Dataset.Status.WITHDRAWN: "deleted",
}
# What every package and every resource has, whatever is known about it (udata asks for each of these).
_ALWAYS = dict.fromkeys(
    ("notes", "url", "version", "author", "author_email", "maintainer", "maintainer_email", "license_id",
     "license_title", "creator_user_id"),
)  # fmt: skip
_ALWAYS_OF_RESOURCE = dict.fromkeys(
    ("description", "name", "mimetype", "mimetype_inner", "resource_type", "cache_url", "cache_last_updated",
     "last_modified", "size", "url_type"),
)  # fmt: skip


def package_dict(dataset: Dataset, *, for_its_people: bool = False, begun_by: User | None = None) -> Json:
    """One dataset as a package. Its own people also see who began it, what waits to be public, and what for.

    `begun_by` is who has just begun it: nobody has written rows to it yet.
    """
    shown = package_dicts([dataset], for_its_people=for_its_people, has_rows=begun_by is None)[0]
    if for_its_people:
        shown["creator_user_id"] = account_id(begun_by) if begun_by else creator_id(dataset)
    if for_its_people and shown["state"] == "draft":
        shown["opentusk"] = waiting_told(dataset)
    return shown


def package_dicts(
    datasets: Sequence[Dataset],
    *,
    for_its_people: bool = False,
    tables: Collection[UUID] | None = None,
    has_rows: bool = True,
) -> list[Json]:
    """Datasets as packages, in their order, with a number of queries that does not depend on how many they are.

    `tables` are the resources with a table that may be read, where that is known already; `has_rows` is false where
    none can have any.
    """
    fetch_resources(datasets)
    files = [row for dataset in datasets for row in dataset.distributions.all()]
    asked = _tables_among(files, tables) if has_rows else set()
    return [_package(dataset, asked, for_its_people) for dataset in datasets]


def fetch_resources(datasets: Sequence[Dataset]) -> None:
    """Have at hand what is shown of datasets: `distributions.all()`, with what programs said of each."""
    rows = Prefetch("distributions", Distribution.objects.select_related("series__latest", "resource"))
    prefetch_related_objects(datasets, "rights_holder", "package", rows)


def resource_dict(row: Distribution) -> Json:
    """One distribution as a resource."""
    dataset = row.dataset
    raw = write_resource(stored_part(row), package_id=str(dataset.uuid), position=row.position)
    return _resource(dataset, row, raw, row.uuid in _tables_among([row]))


def _tables_among(rows: Collection[Distribution], tables: Collection[UUID] | None = None) -> set[UUID]:
    """The resources whose rows may be asked for: tables of files, and what programs keep row by row."""
    if tables is None:
        files = [row.uuid for row in rows if row.series_id]
        tables = Table.objects.public().filter(uuid__in=files).values_list("uuid", flat=True) if files else ()
    return {*tables, *(stores_among([row.uuid for row in rows]) if rows else ())}


def organization_brief(agent: Agent) -> Json:
    """A body as packages show it."""
    return {
        "id": str(agent.uuid),
        "name": agent.slug,
        "title": agent.name,
        "type": "organization",
        "description": agent.description,
        "image_url": agent.image_url,
        "created": moment(agent.created_at),
        "is_organization": True,
        "approval_status": "approved",
        "state": "deleted" if agent.status == Agent.Status.ENDED else "active",
    }


def group_brief(theme: Theme) -> Json:
    """A theme as packages show it."""
    return {
        "id": group_id(theme),
        "name": group_name(theme),
        "title": theme.it,
        "display_name": theme.it,
        "description": "",
        "image_display_url": "",
    }


def tag_brief(word: str) -> Json:
    """A keyword as packages show it."""
    return {"id": tag_id(word), "name": word, "display_name": word, "state": "active", "vocabulary_id": None}


def _package(dataset: Dataset, tables: set[UUID], for_its_people: bool) -> Json:
    record = to_record(dataset)
    row: Package | None = getattr(dataset, "package", None)
    raw = write_package(record)
    said = echo_said(raw, row.said) if row else raw
    tags = sorted({tag["name"] for tag in said.pop("tags", ())})
    groups = [group for group in map(find_group, record.theme) if group]
    resources = _resources(dataset, record, said.pop("resources", ()), tables, for_its_people)
    return {
        **_ALWAYS,
        **said,
        "id": str(dataset.uuid),
        "name": dataset.slug,
        "title": said.get("title") or dataset.slug,
        "type": said.get("type") or "dataset",
        **_state(dataset, row),
        "owner_org": str(dataset.rights_holder.uuid),
        "organization": organization_brief(dataset.rights_holder),
        "metadata_created": moment(dataset.created_at),
        "metadata_modified": moment(dataset.metadata_modified_at),
        **_licence(said),
        "extras": echo_extras(raw, row.extras if row else ()),
        "tags": [tag_brief(word) for word in tags],
        "num_tags": len(tags),
        "groups": sorted(map(group_brief, groups), key=lambda group: str(group["name"])),
        "resources": resources,
        "num_resources": len(resources),
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def _state(dataset: Dataset, row: Package | None) -> Json:
    """A draft that its writer keeps private is active and private to CKAN; one that cannot be public yet is a draft."""
    is_private = row is not None and row.wish == Package.Wish.PRIVATE and dataset.status == Dataset.Status.DRAFT
    return {"state": "active" if is_private else _STATES[Dataset.Status(dataset.status)], "private": is_private}


def _licence(said: Mapping[str, Any]) -> Json:
    """What CKAN derives from the licence; `isopen` is AgID's class, false when the licence is unknown."""
    code = said.get("license_id")
    term = (LICENCES.by_code(code) or LICENCES.find(code)) if code else None
    derived: Json = {
        "license_id": code,
        "license_title": said.get("license_title") or (term.it if term else code),
        "isopen": bool(term and term.openness == "A"),
    }
    return {**derived, "license_url": term.iri} if term else derived


def _resources(
    dataset: Dataset, record: kit.Dataset, written: Iterable[Json], tables: set[UUID], for_its_people: bool
) -> list[Json]:
    """The distributions of the record, and for the dataset's people the files that nobody else has seen yet."""
    rows = sorted(dataset.distributions.all(), key=lambda row: row.position)
    known = {resource.get("uri"): resource for resource in written}
    found: list[Json] = []
    for row in rows:
        if row.waiting is not None and not for_its_people:
            continue
        raw = (
            known.get(row.iri)
            if row.waiting is None
            else write_resource(part_of_row(record, row), package_id="", position=0)
        )
        if raw is not None:
            found.append({**_resource(dataset, row, raw, row.uuid in tables), "position": len(found)})
    return found


def _resource(dataset: Dataset, row: Distribution, raw: Json, has_table: bool) -> Json:
    own: Resource | None = getattr(row, "resource", None)
    said = echo_said(raw, own.said) if own else raw
    is_kept_here = row.series_id is not None and not row.is_copy
    return {
        **_ALWAYS_OF_RESOURCE,
        "hash": "",
        **said,
        "id": str(row.uuid),
        "package_id": str(dataset.uuid),
        "url": download_address(dataset, row) if is_kept_here else said.get("url", ""),
        "url_type": "upload" if is_kept_here else "datastore" if said.get("url") == dump_address(row.uuid) else None,
        "created": moment(_created_at(dataset, row, own)),
        "size": raw["size"] if raw.get("size") is not None else said.get("size"),
        "last_modified": _file_made_at(row) if is_kept_here else moment_of_text(said.get("last_modified")),
        "metadata_modified": moment(own.changed_at if own else dataset.metadata_modified_at),
        "state": "active",
        "datastore_active": has_table,
    }


def _file_made_at(row: Distribution) -> str:
    """When the file that is shown came: a record only knows its day."""
    series = row.series
    assert series is not None
    return moment(series.latest.made_at if series.latest else series.created_at)


def _created_at(dataset: Dataset, row: Distribution, own: Resource | None) -> datetime:
    if own:
        return own.created_at
    return row.series.created_at if row.series else dataset.created_at


def download_address(dataset: Dataset, row: Distribution) -> str:
    """Where CKAN would offer a file that was uploaded; it leads to the file's own address."""
    name = row.series.name if row.series else ""
    return f"{settings.SITE_URL}/dataset/{dataset.uuid}/resource/{row.uuid}/download/{download_name(name)}"
