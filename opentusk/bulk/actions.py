"""Bulk runs: a spreadsheet and its files are kept, tried, run row by row, taken up where they stopped, published."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_write_for
from opentusk.bulk.errors import NotAllowed, NoTemplate, WrongState
from opentusk.bulk.events import BulkEvent
from opentusk.bulk.models import Batch, BatchRow
from opentusk.bulk.sheets import folder
from opentusk.bulk.sheets.checking import Plan, kept_here, plan_row
from opentusk.bulk.sheets.describing import CellProblem
from opentusk.bulk.sheets.reading import read_sheet
from opentusk.catalog import actions as catalog
from opentusk.catalog.errors import CatalogRefusal, NotPublishable
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris, to_record
from opentusk.catalog.refusals import words_for as words_of_catalog
from opentusk.editorial import actions as editorial
from opentusk.editorial.errors import EditorialRefusal, Unanswered
from opentusk.editorial.questions import check_answers
from opentusk.editorial.refusals import words_for as words_of_editorial
from opentusk.files import actions as files
from opentusk.files.errors import FileRefusal, SameBytes
from opentusk.files.refusals import words_for as words_of_files
from opentusk.journal.actions import enqueue
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.problems import Severity, problem_to_json
from opentusk.publishing.actions.beginning import asker_of
from opentusk.publishing.fixes import words_of
from opentusk.publishing.models import Guide

# As long as an upload that nobody went on with.
TRIALS_KEPT = timedelta(days=7)
_CHECK, _RUN = "opentusk.bulk.tasks.check_batch", "opentusk.bulk.tasks.run_batch"
_PUBLISH = "opentusk.bulk.tasks.publish_batch"


def begin_batch(sheet: Path, *, name: str, given: Iterable[tuple[str, Path]], holder: Agent, by: Actor) -> Batch:
    """Keep a spreadsheet and its files, and ask the worker to try them. Raises NoTemplate for a bad archive."""
    if not can_write_for(by, holder):
        raise NotAllowed("batch", holder.ipa_code)
    batch = Batch(agent=holder, user_id=by.user_id, sheet_name=name[:200])
    try:
        folder.put_aside(batch.uuid, sheet, given)
    except BaseException:
        # Also when the disk is full: half of what was given is of no use to anybody.
        folder.forget(batch.uuid)
        raise
    with transaction.atomic():
        batch.save()
        enqueue(_CHECK, key=f"{_CHECK}:{batch.pk}", batch=batch.pk)
    return batch


@transaction.atomic
def check_batch(batch: Batch, *, by: Actor | None = None) -> Batch:
    """Try every row without writing to the catalogue; the rows say what they would do."""
    batch = Batch.objects.select_for_update(of=("self",), no_key=True).with_agent().get(pk=batch.pk)
    if batch.state not in (Batch.State.CHECKING, Batch.State.CHECKED):
        return batch
    batch.rows.all().delete()
    try:
        rows = _planned(batch)
    except NoTemplate as refusal:
        problem = CellProblem(column="", code=refusal.code, values={"detail": refusal.detail})
        batch.state, batch.problems = Batch.State.UNREADABLE, [problem.to_json()]
    else:
        BatchRow.objects.bulk_create(rows)
        batch.state, batch.problems = Batch.State.CHECKED, []
    batch.save(update_fields=["state", "problems"])
    outcomes = Counter(batch.rows.values_list("outcome", flat=True))
    write_entry(BulkEvent.BATCH_CHECKED, batch, by=by or asker_of(batch.user_id), facts=dict(outcomes))
    return batch


@transaction.atomic
def start_batch(batch: Batch, *, by: Actor) -> Batch:
    """Run what was tried: rows that are wrong are left out. Raises WrongState."""
    if not can_write_for(by, batch.agent):
        raise NotAllowed("batch", batch.agent.ipa_code)
    batch = Batch.objects.select_for_update(of=("self",), no_key=True).with_agent().get(pk=batch.pk)
    if batch.state != Batch.State.CHECKED:
        raise WrongState(batch.state, Batch.State.CHECKED)
    batch.rows.filter(outcome=BatchRow.Outcome.WRONG).update(state=BatchRow.State.LEFT)
    batch.state, batch.started_at = Batch.State.RUNNING, timezone.now()
    batch.save(update_fields=["state", "started_at"])
    enqueue(_RUN, key=f"{_RUN}:{batch.pk}", batch=batch.pk)
    write_entry(BulkEvent.BATCH_STARTED, batch, by=by)
    return batch


def sweep_trials(*, now: datetime | None = None) -> int:
    """Forget the trials that nobody ran, with their files, and files that no run is left of; how many."""
    limit = (now or timezone.now()) - TRIALS_KEPT
    old = list(Batch.objects.never_run().filter(created_at__lt=limit))
    for batch in old:
        _forget_trial(batch.pk)
    known = {str(uuid) for uuid in Batch.objects.values_list("uuid", flat=True)}
    folder.forget_others(known, older_than=limit)
    return len(old)


@transaction.atomic
def _forget_trial(pk: int) -> None:
    """Unless somebody has pressed the button meanwhile: the row is locked, as when it is run."""
    batch = Batch.objects.never_run().select_for_update(no_key=True).filter(pk=pk).first()
    if batch:
        uuid = batch.uuid
        batch.delete()
        transaction.on_commit(lambda: folder.forget(uuid))


def run_batch(batch: Batch, *, by: Actor | None = None) -> Batch:
    """Take every row that is not done, each in a transaction of its own: killed anywhere, it goes on where it was."""
    by = by or asker_of(batch.user_id)
    for row in batch.rows.to_do():
        _take(batch, row, by)
    return _finish(batch, by)


@transaction.atomic
def sign_batch(batch: Batch, answers: Mapping[str, Mapping[str, str]], *, shown: Mapping[int, str], by: Actor) -> Batch:
    """Sign one declaration for the drafts of these rows, and publish them. Raises Unanswered, WrongState.

    `shown` maps the number of each row to the seal of what the person saw of it: one that changed stays unsigned.
    """
    if by.kind is not ActorKind.PERSON or not can_write_for(by, batch.agent):
        raise NotAllowed("sign", batch.agent.ipa_code)
    if findings := check_answers(answers):
        raise Unanswered(findings.missing, findings.unexplained, findings.forbidding)
    batch = Batch.objects.select_for_update(of=("self",), no_key=True).with_agent().get(pk=batch.pk)
    if batch.state != Batch.State.DONE:
        raise WrongState(batch.state, Batch.State.DONE)
    batch.state, batch.signer_id = Batch.State.PUBLISHING, by.user_id
    batch.signed = {
        "answers": {code: dict(answer) for code, answer in answers.items()},
        "rows": sorted(shown),
        "seals": {str(number): seal for number, seal in shown.items()},
    }
    batch.save(update_fields=["state", "signer", "signed"])
    enqueue(_PUBLISH, key=f"{_PUBLISH}:{batch.pk}", batch=batch.pk)
    write_entry(BulkEvent.BATCH_SIGNED, batch, by=by, facts={"rows": batch.signed["rows"]})
    return batch


def publish_batch(batch: Batch) -> Batch:
    """Sign and publish each draft that was chosen, in a transaction of its own: one that is refused stays unsigned."""
    by = asker_of(batch.signer_id)
    for row in batch.rows.drafts().filter(number__in=batch.signed["rows"]):
        _publish(row, batch, by)
    return _finish_publishing(batch, by)


def _publish(row: BatchRow, batch: Batch, by: Actor) -> None:
    assert row.dataset is not None
    problems: list[CellProblem] = []
    try:
        with transaction.atomic():
            shown = batch.signed.get("seals", {}).get(str(row.number))
            editorial.sign_declaration(row.dataset, batch.signed["answers"], by=by, shown=shown)
            catalog.publish(row.dataset, by=by)
    except NotPublishable as refusal:
        problems = [_refused(words_of(problem_to_json(problem))) for problem in refusal.problems]
    except CatalogRefusal as refusal:
        problems = [_refused(words_of_catalog(refusal))]
    except EditorialRefusal as refusal:
        problems = [_refused(words_of_editorial(refusal))]
    _close(row, BatchRow.State.DONE, problems, row.dataset)


@transaction.atomic
def _finish_publishing(batch: Batch, by: Actor) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",), no_key=True).with_agent().get(pk=batch.pk)
    if batch.state != Batch.State.PUBLISHING:
        return batch
    batch.state = Batch.State.DONE
    batch.save(update_fields=["state"])
    chosen = batch.rows.filter(number__in=batch.signed["rows"])
    left = batch.rows.drafts().filter(number__in=batch.signed["rows"]).count()
    facts = {"published": chosen.count() - left, "refused": left}
    write_entry(BulkEvent.BATCH_PUBLISHED, batch, by=by, facts=facts)
    return batch


def _planned(batch: Batch) -> list[BatchRow]:
    rows, keys = [], frozenset[str]()
    for line in read_sheet(folder.folder_of(batch.uuid) / "sheet", batch.sheet_name):
        plan = plan_row(line.cells, holder=batch.agent, batch=batch.uuid, earlier_keys=keys)
        keys |= {line.cells.get("key", "")}
        rows.append(
            BatchRow(
                batch=batch,
                number=line.number,
                key=line.cells.get("key", "")[:80],
                values=line.cells,
                outcome=plan.outcome,
                problems=[problem.to_json() for problem in plan.problems],
                dataset=plan.dataset,
            )
        )
    return rows


def _take(batch: Batch, row: BatchRow, by: Actor) -> None:
    try:
        with transaction.atomic():
            # Against the catalogue as it is now: between the trial and the run somebody may have changed it.
            plan = plan_row(row.values, holder=batch.agent, batch=batch.uuid, earlier_keys=frozenset())
            if plan.outcome == BatchRow.Outcome.WRONG:
                _close(row, BatchRow.State.FAILED, plan.problems, plan.dataset)
                return
            dataset = _make(plan, row, batch, by)
            _close(row, BatchRow.State.DONE, plan.problems, dataset)
    except (CatalogRefusal, FileRefusal) as refusal:
        words = words_of_files(refusal) if isinstance(refusal, FileRefusal) else words_of_catalog(refusal)
        _close(row, BatchRow.State.FAILED, [_refused(words)], None)


def _make(plan: Plan, row: BatchRow, batch: Batch, by: Actor) -> Dataset:
    dataset = plan.dataset or catalog.create_draft(plan.record, holder=batch.agent, by=by)
    if plan.outcome == BatchRow.Outcome.SAME:
        return dataset
    record = replace(plan.record, distribution=_parts(plan, dataset, row))
    if not record.modified:
        record = replace(record, modified=timezone.localdate().isoformat())
    record, _repairs = harmonise_dataset(record, Defaults(), iris())
    dataset = catalog.change_record(dataset, record, by=by, expected=dataset.checksum)
    if plan.path:
        _put_file(dataset, plan, row, batch, by)
    is_whole = not any(problem.severity == Severity.MINOR for problem in plan.problems)
    Guide.objects.update_or_create(
        dataset=dataset,
        defaults={"described_at": timezone.now() if is_whole else None},
        create_defaults={
            "user_id": by.user_id,
            "way": Guide.Way.OTHER,
            "file_name": plan.path.name[:200] if plan.path else "",
            "follows_title": False,
            "described_at": timezone.now() if is_whole else None,
        },
    )
    return Dataset.objects.get(pk=dataset.pk)


def _parts(plan: Plan, dataset: Dataset, row: BatchRow) -> tuple[kit.Distribution, ...]:
    """The distributions of the record: those that are there, with the licence, and the address of the row."""
    stored = to_record(dataset).distribution
    parts = tuple(replace(part, license=plan.licence) if "license" in row.values else part for part in stored)
    addresses = {url for part in parts for url in (part.access_url, *part.download_url)}
    if not plan.address or plan.address in addresses:
        return parts
    link = kit.Distribution(
        iri=iris().distribution(str(row.batch.uuid) + f"-{row.number}"),
        title=plan.record.title,
        access_url=plan.address,
        download_url=(plan.address,),
        license=plan.licence,
    )
    return (*parts, link)


def _put_file(dataset: Dataset, plan: Plan, row: BatchRow, batch: Batch, by: Actor) -> None:
    assert plan.path is not None
    stored = files.receive(plan.path, name=plan.path.name, agent=batch.agent, by=by)
    kept = kept_here(dataset)
    if kept is None:
        catalog.attach_file(
            dataset, stored, name=plan.path.name, by=by, title=plan.record.title, license=plan.licence
        )  # fmt: skip
        return
    try:
        catalog.add_file_version(kept, stored, name=plan.path.name, by=by)
    except SameBytes:
        return


def _refused(words: str) -> CellProblem:
    return CellProblem(column="", code="batch.refused", values={"words": words})


def _close(row: BatchRow, state: BatchRow.State, problems: Iterable[CellProblem], dataset: Dataset | None) -> None:
    row.state, row.dataset = state, dataset
    row.problems = [problem.to_json() for problem in problems]
    row.save(update_fields=["state", "problems", "dataset"])


@transaction.atomic
def _finish(batch: Batch, by: Actor) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",), no_key=True).with_agent().get(pk=batch.pk)
    if batch.state != Batch.State.RUNNING:
        return batch
    batch.state, batch.finished_at = Batch.State.DONE, timezone.now()
    batch.save(update_fields=["state", "finished_at"])
    states = Counter(batch.rows.values_list("state", flat=True))
    write_entry(BulkEvent.BATCH_FINISHED, batch, by=by, facts=dict(states))
    folder.forget(batch.uuid)
    return batch
