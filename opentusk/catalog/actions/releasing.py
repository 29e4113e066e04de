"""Files become public with their dataset: each version that nothing holds, and the record that says so."""

from dataclasses import replace

from django.utils import timezone

from opentusk.catalog.actions.describing import require_publishable, save_record
from opentusk.catalog.errors import OnHold
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.filing import describe_file
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.records import part_of_row, to_record, with_part
from opentusk.files import actions as files
from opentusk.files.models import FileVersion
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.problems import Problem, Severity


def require_nothing_holds(dataset: Dataset) -> None:
    """Raises OnHold with what keeps the dataset from the public, NotPublishable for a file without any version."""
    still_open = Hold.objects.still_open()
    holds = list(still_open.on_dataset(dataset))
    empty = []
    if rows := list(dataset.distributions.with_file().select_related(None)):
        versions = FileVersion.objects.filter(series__in=[row.series_id for row in rows])
        out = versions.filter(state__in=(FileVersion.State.PUBLIC, FileVersion.State.CLOSED))
        seen = set(out.values_list("series", flat=True))
        newest = dict(versions.pending().exclude(series__in=seen).order_by("number").values_list("series", "pk"))
        empty = [_no_file(row) for row in rows if row.series_id not in newest.keys() | seen]
        holds += still_open.select_related("version__series").filter(version__in=newest.values()).oldest_first()
    if holds:
        raise OnHold(holds)
    require_publishable(empty, dataset)


def open_files(dataset: Dataset, *, by: Actor) -> None:
    """The files of a dataset that has just become public, or public again."""
    kept = dataset.distributions.with_series()
    if not kept.exists():
        return
    for row in kept:
        if row.series:
            files.reopen_series(row.series, by=by)
    release_ready(dataset, by=by)


def close_files(dataset: Dataset, *, by: Actor, reason: str, successor_address: str = "") -> None:
    """The files of a dataset that was withdrawn: gone, with the reason."""
    for row in dataset.distributions.with_series():
        if row.series:
            files.close_series(row.series, reason=reason, by=by, successor_address=successor_address)


def release_ready(dataset: Dataset, *, by: Actor) -> None:
    """Release each pending version of a public dataset that nothing holds, and let the record follow."""
    if not dataset.is_published or Hold.objects.still_open().on_dataset(dataset).exists():
        return
    # One question for the whole dataset: hundreds of files that are out already ask nothing.
    pending = dataset.distributions.with_series().filter(series__versions__state=FileVersion.State.PENDING)
    for row in pending.distinct():
        for version in _ready(row):
            _release(dataset, row, version, by)


def follow_latest(dataset: Dataset, row: Distribution, *, is_changed: bool) -> None:
    """Let the record say what the newest public version of a file is; `is_changed`: its content is new."""
    if row.is_copy or row.series is None or row.series.latest is None:
        return
    latest = row.series.latest
    latest.series = row.series
    record = to_record(dataset)
    part = describe_file(part_of_row(record, row), latest)
    today = timezone.localdate().isoformat()
    if is_changed:
        part, record = replace(part, modified=today), replace(record, modified=today)
    elif not record.modified:
        record = replace(record, modified=today)
    changed = with_part(record, part)
    if changed != to_record(dataset):
        save_record(dataset, changed, dataset.rights_holder)
    if row.waiting is not None:
        row.waiting = None
        row.save(update_fields=["waiting"])


def file_facts(row: Distribution, version: FileVersion) -> dict[str, object]:
    """What an entry says of a version."""
    return {"distribution": row.pk, "version": version.pk, "number": version.number, "name": version.name}


def _ready(row: Distribution) -> list[FileVersion]:
    if row.series is None or row.series.is_closed:
        return []
    held = Hold.objects.still_open().filter(version__series=row.series).values("version")
    return list(row.series.versions.pending().exclude(pk__in=held).order_by("number"))


def _release(dataset: Dataset, row: Distribution, version: FileVersion, by: Actor) -> None:
    had_one = (
        row.waiting is None
        and FileVersion.objects.filter(
            series=version.series_id, released_at__isnull=False, number__lt=version.number
        ).exists()
    )
    is_new_file = row.waiting is not None
    released = files.release(version, by=by)
    row.series = released.series
    is_latest = released.series.latest_id == released.pk
    if is_latest:
        follow_latest(dataset, row, is_changed=(had_one or is_new_file) and not _is_same_content(released))
    facts = {**file_facts(row, released), "is_latest": is_latest}
    write_entry(CatalogEvent.FILE_RELEASED, dataset, by=by, facts=facts, is_public=True)


def _is_same_content(version: FileVersion) -> bool:
    """Whether its examination found the same table in other bytes: then the data did not change."""
    examined = Hold.objects.of_kind(Hold.Kind.EXAMINATION).filter(version=version)
    return any(hold.facts.get("is_same_content") for hold in examined)


def _no_file(row: Distribution) -> Problem:
    name = row.series.name if row.series else ""
    return Problem(
        code="catalog.no_version", severity=Severity.BLOCKS, where="dcat:distribution", values={"name": name}
    )
