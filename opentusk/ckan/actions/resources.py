"""Resources written one at a time: what it costs does not grow with how many there are beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from opentusk.catalog import actions as catalog
from opentusk.catalog.actions.holding import lock
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import iris, part_of_row, stored_part, to_record, with_part, without_part
from opentusk.ckan.actions.packages import REMOVED, goes_elsewhere
from opentusk.ckan.actions.settling import settle
from opentusk.ckan.describing import harmonised_part, part_meant
from opentusk.ckan.models import Package, Resource
from opentusk.ckan.showing import resource_dict
from opentusk.files import actions as files
from opentusk.files.errors import SameBytes
from opentusk.journal.actors import Actor
from opentusk.kit import records as kit
from opentusk.kit.ckan_packages.echo import echo_said, keep_said
from opentusk.kit.ckan_packages.intent import COMPUTED_OF_RESOURCE
from opentusk.kit.mapping.ckan_write_resource import write_package_licence, write_resource
from opentusk.people.models import ApiToken

Json = dict[str, Any]
# What a file kept here proves by itself.
_PROVED = ("iri", "access_url", "download_url", "byte_size", "checksum", "extra")


@dataclass(frozen=True)
class Given:
    """A file that came with a call."""

    blocks: Iterable[bytes]
    name: str


@transaction.atomic
def add_resource(
    dataset: Dataset, given: Json, *, number: UUID, file: Given | None, by: Actor, token: ApiToken
) -> Distribution:
    """A new resource: an address, or a file to keep here. Raises what the catalogue and the files refuse."""
    dataset = lock(dataset)
    bare = kit.Distribution(iri=iris().distribution(str(number)))
    _put(dataset, bare, given, {}, {}, number=number, file=file, by=by)
    return _settled(dataset, number, given, {}, {}, by=by, token=token)


@transaction.atomic
def change_resource(row: Distribution, given: Json, *, file: Given | None, by: Actor, token: ApiToken) -> Distribution:
    """Put a whole resource in place of what there was; a file becomes the next version of the file."""
    dataset = lock(row.dataset)
    row = Distribution.objects.select_related("dataset__rights_holder", "series").get(pk=row.pk)
    shown = resource_dict(row)
    old = stored_part(row)
    raw = write_resource(old, package_id="", position=0)
    is_kept_here = row.series_id is not None and not row.is_copy
    if is_kept_here and file:
        _add_version(row, file, dataset, by=by)
    elif file or (is_kept_here and goes_elsewhere(row, given, shown)):
        # From an address to a file, or back: the same resource, with the same number.
        _take_away(row, by=by)
        dataset = lock(dataset)
        bare = kit.Distribution(iri=old.iri, title=old.title, description=old.description, license=old.license)
        _put(dataset, bare, given, shown, raw, number=row.uuid, file=file, by=by)
        return _settled(dataset, row.uuid, given, shown, raw, by=by, token=token)
    _describe(row, given, shown, raw, by=by)
    return _settled(dataset, row.uuid, given, shown, raw, by=by, token=token)


@transaction.atomic
def bring_file(row: Distribution, given: Json, *, file: Given, by: Actor) -> Distribution:
    """Keep here the file that a draft's resource only had the address of; the resource keeps its number and words."""
    dataset = lock(row.dataset)
    row = Distribution.objects.select_related("dataset__rights_holder", "series").get(pk=row.pk)
    shown = resource_dict(row)
    old = stored_part(row)
    raw = write_resource(old, package_id="", position=0)
    _take_away(row, by=by)
    dataset = lock(dataset)
    bare = kit.Distribution(iri=old.iri, title=old.title, description=old.description, license=old.license)
    _put(dataset, bare, given, shown, raw, number=row.uuid, file=file, by=by)
    return _noted(row.uuid, given, shown, raw, by=by)


@transaction.atomic
def remove_resource(row: Distribution, *, by: Actor, token: ApiToken) -> Dataset:
    """Take a resource away. Raises NotPublishable when a public dataset cannot be without it."""
    dataset = lock(row.dataset)
    row.dataset = dataset
    _take_away(row, by=by)
    return settle(Dataset.objects.with_holder().get(pk=dataset.pk), by=by, token=token)


def _put(
    dataset: Dataset, bare: kit.Distribution, given: Json, shown: Json, raw: Json, *,
    number: UUID, file: Given | None, by: Actor,
) -> None:  # fmt: skip
    record = to_record(dataset)
    part = part_meant(given, shown, raw, bare, licence=licence_said(dataset, record))
    part = harmonised_part(record, part)
    if file is None:
        catalog.change_record(dataset, with_part(record, part), by=by, expected=dataset.checksum)
        return
    stored = files.receive(file.blocks, name=file.name, agent=dataset.rights_holder, by=by)
    described = {key: getattr(part, key) for key in part.__dataclass_fields__ if key not in _PROVED}
    catalog.attach_file(dataset, stored, name=file.name, by=by, uuid=number, **described)


def _describe(row: Distribution, given: Json, shown: Json, raw: Json, *, by: Actor) -> None:
    """Write what changed in the description, where it is said: in the record, or beside it while the file waits."""
    dataset = Dataset.objects.with_holder().get(pk=row.dataset_id)
    row = Distribution.objects.select_related("dataset__rights_holder", "series").get(pk=row.pk)
    record = to_record(dataset)
    old = part_of_row(record, row)
    part = part_meant(given, shown, raw, old, licence=licence_said(dataset, record))
    part = harmonised_part(record, part)
    if part == old:
        return
    if row.waiting is not None:
        catalog.describe_waiting(row, part, by=by)
        return
    catalog.change_record(dataset, with_part(record, part), by=by, expected=dataset.checksum)


def _add_version(row: Distribution, file: Given, dataset: Dataset, *, by: Actor) -> None:
    stored = files.receive(file.blocks, name=file.name, agent=dataset.rights_holder, by=by)
    try:
        with transaction.atomic():
            catalog.add_file_version(row, stored, name=file.name, by=by)
    except SameBytes:
        # The same file again is no change: a script that sends it every night must not fail.
        return


def _take_away(row: Distribution, *, by: Actor) -> None:
    if row.series_id is not None and not row.is_copy:
        catalog.remove_file(row, by=by, reason=REMOVED)
        return
    dataset = row.dataset
    record = without_part(to_record(dataset), row.iri)
    catalog.change_record(dataset, record, by=by, expected=dataset.checksum)


def licence_said(dataset: Dataset, record: kit.Dataset) -> Json:
    """The licence of the package, which its resources have when they say nothing else: what the client said of all of
    them, where they do not agree.
    """
    package: Package | None = getattr(dataset, "package", None)
    said = package.said if package else {}
    if common := write_package_licence(record.distribution):
        return echo_said(common, {key: pair for key, pair in said.items() if key in common})
    return {key: said[key][0] for key in ("license_id", "license_title", "license_url") if key in said}


def _settled(
    dataset: Dataset, number: UUID, given: Json, shown: Json, raw: Json, *, by: Actor, token: ApiToken
) -> Distribution:
    """Note what the client said of the resource; then the dataset is public if it can be."""
    row = _noted(number, given, shown, raw, by=by)
    settle(row.dataset, by=by, token=token)
    return Distribution.objects.select_related("dataset__rights_holder", "series", "resource").get(pk=row.pk)


def _noted(number: UUID, given: Json, shown: Json, raw: Json, *, by: Actor) -> Distribution:
    rows = Distribution.objects.select_related("dataset__rights_holder", "series", "resource")
    row = rows.get(uuid=number)
    after = write_resource(stored_part(row), package_id="", position=0)
    is_kept_here = row.series_id is not None and not row.is_copy
    without = COMPUTED_OF_RESOURCE | ({"url"} if is_kept_here else set())
    old: Resource | None = getattr(row, "resource", None)
    held = old.said if old else {}
    said = keep_said(given, shown, before=raw, after=after, held=held, without=without)
    if after != raw or said != held:
        Resource.objects.update_or_create(
            distribution=row,
            defaults={"said": said, "changed_at": timezone.now()},
            create_defaults={"said": said},
        )
        if after == raw:
            catalog.note_change(row.dataset, by=by)
    _keep_licence(row.dataset)
    return row


def _keep_licence(dataset: Dataset) -> None:
    """The package's own word for its licence holds on for as long as its resources have that licence."""
    package: Package | None = getattr(dataset, "package", None)
    if package is None or "license_id" not in package.said:
        return
    given, was = package.said["license_id"]
    if was is not None:
        return
    now = write_package_licence(to_record(dataset).distribution).get("license_id")
    if now is not None:
        package.said = {**package.said, "license_id": [given, now]}
        package.save(update_fields=["said"])
