"""Files of a dataset: given, renewed, refused, taken away. A new version waits until nothing holds it."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from opentusk.catalog.actions.describing import judge, require_publishable, save_record
from opentusk.catalog.actions.holding import let_go_of_version, lock, open_hold
from opentusk.catalog.actions.looking import hold_new_source, hold_new_version
from opentusk.catalog.actions.releasing import file_facts
from opentusk.catalog.errors import WrongState
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.filing import describe_file
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.permissions import can_edit, can_refuse_file, require
from opentusk.catalog.records import iris, part_of_row, to_record, with_part, without_part
from opentusk.files import actions as files
from opentusk.files.addresses import latest_address
from opentusk.files.models import FileSeries, FileVersion, StoredFile
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit import records as kit
from opentusk.kit.record_json import write_record

_REPLACED = "sostituita prima di essere pubblicata"


@transaction.atomic
def attach_file(
    dataset: Dataset, stored: StoredFile, *, name: str, by: Actor, uuid: UUID | None = None, **described: Any
) -> Distribution:
    """A new distribution from a file kept here; `described` are fields of `kit.records.Distribution`.

    Its first version waits: in a draft for the publication, in a public dataset for its examination.
    Raises NotPublishable when the file would make a public dataset invalid, WrongState for a tombstone.
    """
    require(can_edit(by, dataset), "attach", dataset)
    dataset = _editable(dataset)
    number = uuid or uuid4()
    series = files.create_series(agent=dataset.rights_holder, name=name, by=by)
    row = Distribution.objects.create(
        uuid=number,
        dataset=dataset,
        position=dataset.distributions.count(),
        iri=iris().distribution(str(number)),
        access_url=latest_address(series),
        series=series,
    )
    version = files.add_version(series, stored, name=name, by=by)
    _describe(dataset, row, kit.Distribution(iri=row.iri, **described), version)
    hold_new_source(dataset, by=by, version=version)
    _let_wait(dataset, row, version, by)
    return row


@transaction.atomic
def add_file_version(
    distribution: Distribution, stored: StoredFile, *, name: str, by: Actor, note: str = ""
) -> FileVersion:
    """The next version of a file. In a draft it takes the place of one that nobody has seen.

    Raises `files.errors.SameBytes`, NotPublishable, WrongState.
    """
    require(can_edit(by, distribution.dataset), "add_version", distribution.dataset)
    dataset = _editable(distribution.dataset)
    row, series = _row(distribution)
    version = files.add_version(series, stored, name=name, by=by, note=note)
    if not dataset.is_published:
        for older in series.versions.pending().filter(number__lt=version.number, released_at__isnull=True):
            _refuse(dataset, row, older, by, _REPLACED)
    _describe(dataset, row, part_of_row(to_record(dataset), row), version)
    _let_wait(dataset, row, version, by)
    return version


@transaction.atomic
def attach_copy(distribution: Distribution, stored: StoredFile, *, name: str, by: Actor) -> FileVersion:
    """The next copy of a file that stays elsewhere: it feeds the table, and the record does not change.

    It waits for its examination like every file. Raises `files.errors.SameBytes`, WrongState for a file of our own.
    """
    require(can_edit(by, distribution.dataset), "attach_copy", distribution.dataset)
    dataset = _editable(distribution.dataset)
    row = Distribution.objects.select_related("series").get(pk=distribution.pk)
    if row.series is None:
        row.series, row.is_copy = files.create_series(agent=dataset.rights_holder, name=name, by=by), True
        row.save(update_fields=["series", "is_copy"])
    if not row.is_copy:
        raise WrongState("file", "copy")
    version = files.add_version(row.series, stored, name=name, by=by)
    _let_wait(dataset, row, version, by)
    return version


@transaction.atomic
def describe_waiting(distribution: Distribution, part: kit.Distribution, *, by: Actor) -> None:
    """Change what will be said of a file of a public dataset that nobody has seen yet.

    Raises NotPublishable, WrongState when it is public already.
    """
    require(can_edit(by, distribution.dataset), "describe", distribution.dataset)
    dataset = _editable(distribution.dataset)
    row, series = _row(distribution)
    if row.waiting is None:
        raise WrongState("public", "waiting")
    newest = series.versions.newest_first().select_related("stored").first()
    if newest is None:
        raise _removed()
    newest.series = series
    _describe(dataset, row, part, newest)


@transaction.atomic
def refuse_file(version: FileVersion, *, by: Actor, reason: str) -> FileVersion:
    """Decide that a version never becomes public; its holds are over. One that is public is taken back first."""
    row = Distribution.objects.select_related("dataset").filter(series=version.series_id).first()
    if row is None:
        raise _removed()
    require(can_refuse_file(by, row.dataset), "refuse", row.dataset)
    dataset = lock(row.dataset)
    found = FileVersion.objects.with_file().filter(pk=version.pk).first()
    if found is None:
        raise _removed()
    version = found
    if not version.is_pending:
        raise WrongState(version.state, FileVersion.State.PENDING)
    return _refuse(dataset, row, version, by, reason)


@transaction.atomic
def remove_file(distribution: Distribution, *, by: Actor, reason: str) -> None:
    """Take a file away from its dataset: what was public is gone with the reason, the rest is deleted.

    Raises NotPublishable when a public dataset cannot be without it.
    """
    require(can_edit(by, distribution.dataset), "remove_file", distribution.dataset)
    dataset = _editable(distribution.dataset)
    row, series = _row(distribution)
    record = without_part(to_record(dataset), row.iri)
    if dataset.is_published:
        require_publishable(judge(record, dataset), dataset)
    for version in series.versions.pending():
        let_go_of_version(version, by=by, reason=reason)
    row.delete()
    save_record(dataset, record, dataset.rights_holder)
    if series.versions.filter(released_at__isnull=False).exists():
        files.close_series(series, reason=reason, by=by)
    else:
        files.delete_series(series, by=by)
    facts = {"name": series.name, "reason": reason}
    write_entry(CatalogEvent.FILE_REMOVED, dataset, by=by, facts=facts, is_public=dataset.is_published)


def _row(distribution: Distribution) -> tuple[Distribution, FileSeries]:
    """The row of a file of a locked dataset, with its series. Raises WrongState when it was taken away meanwhile."""
    row = Distribution.objects.with_file().filter(pk=distribution.pk).first()
    if row is None or row.series is None:
        raise _removed()
    return row, row.series


def _removed() -> WrongState:
    return WrongState("removed", "file")


def _editable(dataset: Dataset) -> Dataset:
    dataset = lock(dataset)
    if dataset.is_withdrawn:
        raise WrongState(dataset.status, Dataset.Status.DRAFT)
    return dataset


def _describe(dataset: Dataset, row: Distribution, part: kit.Distribution, version: FileVersion) -> None:
    """Let a draft's record say what the file is; of a public dataset only check that it will be able to."""
    described = describe_file(part, version)
    record = with_part(to_record(dataset), described)
    if not dataset.is_published:
        save_record(dataset, record, dataset.rights_holder)
        return
    require_publishable(judge(record, dataset), dataset)
    if row.series is None or row.series.latest_id is None:
        row.waiting = write_record(described)
        row.save(update_fields=["waiting"])


def _let_wait(dataset: Dataset, row: Distribution, version: FileVersion, by: Actor) -> None:
    open_hold(dataset, Hold.Kind.EXAMINATION, version=version, by=by)
    hold_new_version(dataset, version, by=by)
    write_entry(CatalogEvent.FILE_ADDED, dataset, by=by, facts=file_facts(row, version))


def _refuse(dataset: Dataset, row: Distribution, version: FileVersion, by: Actor, reason: str) -> FileVersion:
    let_go_of_version(version, by=by, reason=reason)
    refused = files.refuse(version, by=by)
    facts = {**file_facts(row, version), "reason": reason}
    write_entry(CatalogEvent.FILE_REFUSED, dataset, by=by, facts=facts)
    return refused
