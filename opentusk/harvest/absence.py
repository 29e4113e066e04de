"""What to do with datasets that their source no longer lists.

Absent once, a dataset is only noted; absent in as many complete runs as `HARVEST_RUNS_BEFORE_WITHDRAWAL`, it is
withdrawn. When too many vanish together (`HARVEST_VANISHED_LIMIT`), nothing is withdrawn until a person confirms.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.conf import settings
from django.db import transaction

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import withdraw
from opentusk.catalog.actions.holding import lock_many
from opentusk.catalog.models import Dataset
from opentusk.harvest.models import HarvestRun, RunItem, counts_of
from opentusk.journal.actors import Actor

REASON = "Non è più nel catalogo di origine."
_BATCH = 200


def settle_absences(run: HarvestRun, seen: Iterable[str], *, by: Actor) -> bool:
    """Note or withdraw what a complete run did not meet; False when there is too much of it and a person must say."""
    absent = _absent_rows(run, set(seen))
    if not absent:
        return True
    is_plausible = len(absent) < settings.HARVEST_VANISHED_LIMIT * _before(run)
    gone = _absent_before(run) if is_plausible and not run.is_dry_run else set()
    settled = set(run.items.values_list("origin_id", flat=True))
    waiting = (dataset for dataset in absent if dataset.origin_id not in settled)
    for batch in _batches(waiting):
        _settle(batch, run, lambda dataset: dataset.origin_id in gone, by)
    return is_plausible


@transaction.atomic
def withdraw_missing(run: HarvestRun, *, by: Actor) -> None:
    """Withdraw what the run noted as missing and its source has not brought back since."""
    lock_many(Dataset.objects.filter(pk__in=run.items.with_outcome(RunItem.Outcome.MISSING).values("dataset")))
    for item in run.items.with_outcome(RunItem.Outcome.MISSING).with_rows().in_order():
        if item.dataset is None or not item.dataset.is_published or item.dataset.origin != run.source.origin:
            continue
        if not item.dataset.rights_holder.is_active:
            continue
        withdraw(item.dataset, by=by, reason=REASON)
        item.outcome = RunItem.Outcome.WITHDRAWN
        item.save(update_fields=["outcome"])
    run.counts = {**run.counts, **_absence_counts(run)}


def _absent_rows(run: HarvestRun, seen: set[str]) -> list[Dataset]:
    """What the source no longer lists. What a suspended or ended body published stays as it is, listed or not."""
    rows = Dataset.objects.from_origin(run.source.origin).published().with_holder().order_by("pk")
    rows = rows.filter(rights_holder__status=Agent.Status.ACTIVE)
    absent = [row for row in rows.defer("record", "problems") if row.origin_id not in seen]
    # After an interruption, those this very run has withdrawn already still count among the vanished.
    withdrawn = run.items.with_outcome(RunItem.Outcome.WITHDRAWN).exclude(dataset=None).with_rows()
    return absent + [item.dataset for item in withdrawn if item.dataset]


def _before(run: HarvestRun) -> int:
    """How many datasets the source had here before the run."""
    published = Dataset.objects.from_origin(run.source.origin).published().count()
    created = run.items.with_outcome(RunItem.Outcome.CREATED).filter(dataset__status=Dataset.Status.PUBLISHED).count()
    return published - created + run.items.with_outcome(RunItem.Outcome.WITHDRAWN).count()


def _absent_before(run: HarvestRun) -> set[str]:
    """Keys that were missing in each of the complete runs just before this one, as many as the setting asks for."""
    wanted = settings.HARVEST_RUNS_BEFORE_WITHDRAWAL - 1
    former = run.source.runs.complete().filter(pk__lt=run.pk).newest_first()[:wanted]
    runs = list(former)
    if len(runs) < wanted:
        return set()
    missing = [set(one.items.with_outcome(RunItem.Outcome.MISSING).values_list("origin_id", flat=True)) for one in runs]
    present = Dataset.objects.from_origin(run.source.origin).values_list("origin_id", flat=True)
    return set.intersection(*missing) if missing else set(present)


@transaction.atomic
def _settle(batch: list[Dataset], run: HarvestRun, is_gone: Callable[[Dataset], bool], by: Actor) -> None:
    items = []
    lock_many(Dataset.objects.filter(pk__in=[dataset.pk for dataset in batch if is_gone(dataset)]))
    for dataset in batch:
        outcome = RunItem.Outcome.WITHDRAWN if is_gone(dataset) else RunItem.Outcome.MISSING
        if outcome == RunItem.Outcome.WITHDRAWN:
            withdraw(dataset, by=by, reason=REASON)
        items.append(
            RunItem(
                run=run,
                origin_id=dataset.origin_id,
                title=dataset.title,
                identifier=dataset.identifier,
                holder=dataset.rights_holder,
                dataset=dataset,
                outcome=outcome,
            )
        )
    RunItem.objects.bulk_create(items)
    run.counts = {**run.counts, **_absence_counts(run)}
    run.save(update_fields=["counts"])


def _absence_counts(run: HarvestRun) -> dict[str, int]:
    counts = counts_of(run)
    return {name: counts[name] for name in ("missing", "withdrawn")}


def _batches(rows: Iterator[Dataset]) -> Iterator[list[Dataset]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
