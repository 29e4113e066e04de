"""Holds: reasons why something may not be public yet, opened by whoever sees one and lifted by whoever may."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from opentusk.catalog.actions.releasing import file_facts, follow_latest, release_ready
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset, DatasetQuerySet, Distribution, Hold
from opentusk.catalog.permissions import can_hold, can_lift, require
from opentusk.files import actions as files
from opentusk.files.models import FileVersion
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor


@transaction.atomic
def open_hold(
    dataset: Dataset,
    kind: Hold.Kind,
    *,
    by: Actor,
    version: FileVersion | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Hold:
    """Keep a dataset, or one version of a file of it, from the public until the hold is lifted.

    One of the same kind that is open already is given back, with these facts added. A version that is public is
    taken back at once: hidden first, decided after. A dataset that is public stays so; its new versions wait.
    """
    require(can_hold(by, dataset), "hold", dataset)
    return put_hold(lock_beside_record(dataset), kind, by=by, version=version, facts=facts)


def put_hold(
    dataset: Dataset,
    kind: Hold.Kind,
    *,
    by: Actor,
    version: FileVersion | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Hold:
    """Open a hold on a dataset that is locked, for somebody whose right to write it was looked at."""
    hold = dataset.holds.still_open().filter(version=version, kind=kind).first()
    if hold is not None:
        if facts and hold.facts != (together := {**hold.facts, **facts}):
            hold.facts = together
            hold.save(update_fields=["facts"])
        return hold
    named = {"dataset": dataset, "version": version, "kind": kind}
    hold = Hold.objects.create(**named, facts=dict(facts or {}), opened_by=by.label[:200])
    if version:
        _take_back(dataset, version, by)
    write_entry(CatalogEvent.HOLD_OPENED, dataset, by=by, facts=hold_facts(hold))
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, by: Actor, reason: str, facts: Mapping[str, Any] | None = None) -> Hold:
    """Say that a hold is no reason any more, and why; what nothing holds now becomes public with its dataset.

    The examination of a file says `facts={"is_same_content": True}` when the table did not change: then the date of
    the data does not change either. A hold that is lifted already stays as it is.
    """
    dataset = lock_beside_record(hold.dataset)
    found = Hold.objects.select_for_update(of=("self",), no_key=True).filter(pk=hold.pk).first()
    if found is None:
        # Its version left the dataset meanwhile.
        return hold
    hold = found
    hold.dataset = dataset
    require(can_lift(by, hold), "lift", dataset)
    if hold.is_open:
        let_go(hold, by=by, reason=reason, facts=facts)
        release_ready(dataset, by=by)
    return hold


def let_go(hold: Hold, *, by: Actor, reason: str, facts: Mapping[str, Any] | None = None) -> None:
    """Lift a hold whose dataset is locked and whose lifting was allowed; nothing is released."""
    hold.facts = {**hold.facts, **(facts or {})}
    hold.lifted_at, hold.lifted_by, hold.reason = timezone.now(), by.label[:200], reason
    hold.save(update_fields=["facts", "lifted_at", "lifted_by", "reason"])
    write_entry(CatalogEvent.HOLD_LIFTED, hold.dataset, by=by, facts={**hold_facts(hold), "reason": reason})


def let_go_of_version(version: FileVersion, *, by: Actor, reason: str) -> None:
    """Lift every hold of a version that will never be public."""
    for hold in Hold.objects.still_open().filter(version=version).select_related("dataset"):
        let_go(hold, by=by, reason=reason)


def hold_facts(hold: Hold) -> dict[str, object]:
    """What an entry says of a hold."""
    return {"hold": hold.pk, "kind": str(hold.kind), "version": hold.version_id}


def lock(dataset: Dataset) -> Dataset:
    """The row as it is now, for this transaction alone: everything about a dataset's files begins here.

    Its key is not locked: whoever writes a row that points here, and holds the journal's pen, must not wait for us.
    """
    return locked_rows().get(pk=dataset.pk)


def locked_rows() -> DatasetQuerySet:
    """Rows that are locked as they are read, their body at hand."""
    return Dataset.objects.select_for_update(of=("self",), no_key=True).with_holder()


def lock_beside_record(dataset: Dataset) -> Dataset:
    """`lock` for what is written beside the record: one of hundreds of files is read only when it is asked for."""
    return locked_rows().defer("record").get(pk=dataset.pk)


def lock_many(datasets: QuerySet[Dataset]) -> list[Dataset]:
    """Several rows as they are now, in one order, before the first entry is written about any of them.

    Whoever has the journal's pen must wait for no dataset: somebody else holds that one and waits for the pen.
    """
    return list(datasets.order_by("pk").select_for_update(of=("self",), no_key=True).select_related("rights_holder"))


def _take_back(dataset: Dataset, version: FileVersion, by: Actor) -> None:
    version = FileVersion.objects.with_file().get(pk=version.pk)
    if version.state not in (FileVersion.State.PUBLIC, FileVersion.State.CLOSED):
        return
    was_public = version.is_public
    files.hold_back(version, by=by)
    row = Distribution.objects.with_series().filter(series=version.series).first()
    if row and was_public:
        follow_latest(dataset, row, is_changed=False)
        write_entry(CatalogEvent.FILE_HELD_BACK, dataset, by=by, facts=file_facts(row, version), is_public=True)
