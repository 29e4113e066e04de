"""Every write of the harvest: sources, runs, and a run's walk from gathering to withdrawals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import is_desk
from opentusk.catalog.models import Dataset
from opentusk.harvest.absence import settle_absences, withdraw_missing
from opentusk.harvest.errors import (
    AlreadyRunning,
    NothingToConfirm,
    NotModified,
    RunMessage,
    SourceFault,
    SourceTaken,
)
from opentusk.harvest.events import HarvestEvent
from opentusk.harvest.gathering import Harvested, forget_gathered, gather
from opentusk.harvest.locks import only_reader
from opentusk.harvest.models import HarvestRun, HarvestSource, RunItem, counts_of
from opentusk.harvest.permissions import can_add, can_manage, require
from opentusk.harvest.taking import Report, take_all
from opentusk.journal.actions import enqueue
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.mapping.ckan_sources import RefusedRow, read_sources
from opentusk.kit.vocabularies.bodies import find_body_by_name

# A run that was interrupted so often breaks the process that reads it.
MAX_ATTEMPTS = 5
# The referente hears of the second failure: the first is usually over by the next run (federation.md §6).
FAILURES_BEFORE_ALERT = 2
# How many runs of a source stay readable in any case; two complete ones are needed to decide on withdrawals.
KEPT_RUNS = 30


@dataclass(frozen=True, kw_only=True)
class SourceSettings:
    """What people decide about a source."""

    name: str
    kind: str
    url: str
    agent: Agent | None
    role: str = HarvestSource.Role.BODY
    frequency_hours: int | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)


_SETTINGS = ("name", "kind", "url", "agent", "role", "frequency_hours", "filters", "defaults")


@transaction.atomic
def add_source(chosen: SourceSettings, *, by: Actor) -> HarvestSource:
    """A new source, paused: it is previewed first, then resumed. Raises SourceTaken.

    Only the portal itself may name a path instead of a web address: a path on our disk is not for forms.
    """
    draft_source(chosen, by=by)
    if HarvestSource.objects.filter(kind=chosen.kind, url=chosen.url).exists():
        raise SourceTaken(chosen.url)
    return _add(chosen, listed={}, by=by)


def draft_source(chosen: SourceSettings, *, by: Actor) -> HarvestSource:
    """A source that is not saved, to be tried by those who may add it."""
    require(can_add(by, chosen.agent, chosen.role) and _may_read(by, chosen.url), "try", chosen.url)
    return HarvestSource(may_name_others=is_desk(by), **_columns(chosen))


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of the rows of a list: new sources, those that were here already, and those refused."""

    added: list[HarvestSource]
    known: list[HarvestSource]
    refused: list[RefusedRow]


@transaction.atomic
def import_sources(content: bytes, *, by: Actor) -> Imported:
    """Every source of a list as a paused one; a second import adds nothing. Raises Unreadable.

    A row whose title is the name of a body of this portal becomes that body's catalogue. Any other may speak for many.
    """
    require(is_desk(by), "import", "")
    rows, refused = read_sources(content)
    added, known = [], []
    bodies = {agent.ipa_code: agent for agent in Agent.objects.active()}
    present = {(source.kind, source.url): source for source in HarvestSource.objects.all()}
    for row in rows:
        key = (row.kind, row.url)
        if key in present:
            known.append(present[key])
            continue
        body = find_body_by_name(row.name)
        agent = bodies.get(body.code) if body else None
        role = HarvestSource.Role.BODY if agent else HarvestSource.Role.AGGREGATOR
        chosen = SourceSettings(
            name=row.name,
            kind=row.kind,
            url=row.url,
            agent=agent,
            role=role,
            filters=row.filters,
            defaults=row.defaults,
        )
        present[key] = _add(chosen, listed=row.listed, by=by)
        added.append(present[key])
    return Imported(added=added, known=known, refused=refused)


@transaction.atomic
def change_source(source: HarvestSource, chosen: SourceSettings, *, by: Actor) -> HarvestSource:
    """Save what people decided anew; what was read before is then read again in full. Raises SourceTaken."""
    require(can_manage(by, source), "change", source)
    require(can_add(by, chosen.agent, chosen.role) and _may_read(by, chosen.url), "change", source)
    if HarvestSource.objects.filter(kind=chosen.kind, url=chosen.url).exclude(pk=source.pk).exists():
        raise SourceTaken(chosen.url)
    for name, value in _columns(chosen).items():
        setattr(source, name, value)
    # A body's people who point a source elsewhere take only their own right to publish with them.
    source.may_name_others = source.may_name_others and is_desk(by)
    source.validators = {}
    source.save(update_fields=[*_SETTINGS, "may_name_others", "validators"])
    write_entry(HarvestEvent.SOURCE_CHANGED, source, by=by, is_public=True)
    return source


@transaction.atomic
def pause(source: HarvestSource, *, by: Actor) -> None:
    """Leave the source alone until it is resumed; a run under way goes on."""
    require(can_manage(by, source), "pause", source)
    if not source.is_paused:
        source.is_paused = True
        source.save(update_fields=["is_paused"])
        write_entry(HarvestEvent.SOURCE_PAUSED, source, by=by, is_public=True)


@transaction.atomic
def resume(source: HarvestSource, *, by: Actor) -> None:
    """Let the clock read the source again."""
    require(can_manage(by, source), "resume", source)
    if source.is_paused:
        source.is_paused = False
        source.save(update_fields=["is_paused"])
        write_entry(HarvestEvent.SOURCE_RESUMED, source, by=by, is_public=True)


def run_now(source: HarvestSource, *, by: Actor) -> HarvestRun:
    """Ask the worker for a run. Raises AlreadyRunning."""
    require(can_manage(by, source), "run", source)
    return _queue(begin_run(source))


def preview(source: HarvestSource, *, by: Actor) -> HarvestRun:
    """Ask the worker for a dry run: the full report, and nothing stored but the report. Raises AlreadyRunning."""
    require(can_manage(by, source), "preview", source)
    return _queue(begin_run(source, is_dry_run=True))


@transaction.atomic
def begin_run(source: HarvestSource, *, is_dry_run: bool = False) -> HarvestRun:
    """A run that waits to be walked. Raises AlreadyRunning when one waits or is under way."""
    locked = HarvestSource.objects.select_for_update(no_key=True).get(pk=source.pk)
    if locked.runs.active().exists():
        raise AlreadyRunning(source.name)
    return HarvestRun.objects.create(source=locked, is_dry_run=is_dry_run)


def ask_worker(run: HarvestRun) -> None:
    """Have the worker walk the run; asked twice while it waits, it is one piece of work."""
    enqueue("opentusk.harvest.tasks.walk", key=f"harvest:{run.pk}", run_id=run.pk)


def run_source(run: HarvestRun, *, report: Report = lambda _run: None) -> HarvestRun:
    """Walk a run from where it is to its end. Raises AlreadyRunning when another process is at it.

    Gather everything, give every item its outcome, then settle what vanished. A source that cannot be gathered ends
    the run as failed, with nothing changed.
    """
    with only_reader(run.source):
        run = HarvestRun.objects.select_related("source__agent").get(pk=run.pk)
        if not run.is_active:
            return run
        if run.attempts >= MAX_ATTEMPTS:
            return _fail(run, SourceFault(RunMessage.GAVE_UP, f"{run.attempts}"))
        _start(run)
        try:
            harvested = gather(run)
        except NotModified:
            return _finish_unmodified(run)
        except SourceFault as fault:
            return _fail(run, fault)
        return _walk(run, harvested, report)


@transaction.atomic
def confirm_withdrawals(run: HarvestRun, *, by: Actor) -> None:
    """Withdraw what a run found missing in bulk, on a person's word. Raises NothingToConfirm."""
    require(can_manage(by, run.source), "confirm", run.source)
    run = HarvestRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.status != HarvestRun.Status.TO_CONFIRM or run.is_dry_run:
        raise NothingToConfirm(run.status)
    withdraw_missing(run, by=run.source.actor())
    run.status = HarvestRun.Status.DONE
    run.message = ""
    run.save(update_fields=["status", "message", "counts"])
    write_entry(HarvestEvent.WITHDRAWALS_CONFIRMED, run.source, by=by, facts={"run": run.pk}, is_public=True)


@transaction.atomic
def forget_old_runs() -> None:
    """Delete the reports that nobody needs any more: those that wrote a dataset stay, as its provenance."""
    for source in HarvestSource.objects.by_name():
        recent = list(source.runs.newest_first().values_list("pk", flat=True)[:KEPT_RUNS])
        source.runs.exclude(pk__in=recent).that_wrote_nothing().delete()


def _add(chosen: SourceSettings, *, listed: Mapping[str, Any], by: Actor) -> HarvestSource:
    source = draft_source(chosen, by=by)
    source.listed = dict(listed)
    source.save()
    write_entry(HarvestEvent.SOURCE_ADDED, source, by=by, is_public=True)
    return source


def _columns(chosen: SourceSettings) -> dict[str, Any]:
    return {name: getattr(chosen, name) for name in _SETTINGS}


def _may_read(by: Actor, url: str) -> bool:
    return by.is_system or url.startswith(("http://", "https://"))


def _queue(run: HarvestRun) -> HarvestRun:
    ask_worker(run)
    return run


def _start(run: HarvestRun) -> None:
    run.status = HarvestRun.Status.RUNNING
    run.started_at = run.started_at or timezone.now()
    run.attempts += 1
    run.save(update_fields=["status", "started_at", "attempts"])


def _walk(run: HarvestRun, harvested: Harvested, report: Report) -> HarvestRun:
    run.expected = len(harvested.lines)
    run.is_complete = harvested.is_complete
    run.message, run.detail = harvested.message, harvested.detail[:500]
    run.problems = list(harvested.problems)
    run.save(update_fields=["expected", "is_complete", "message", "detail", "problems"])
    report(run)
    take_all(harvested, run, report=report)
    status = HarvestRun.Status.DONE
    if harvested.is_complete and not settle_absences(run, harvested.lines, by=run.source.actor()):
        status, run.message = HarvestRun.Status.TO_CONFIRM, RunMessage.VANISHED
    # A dataset that is missing must be missed again next time: then the same copy has to be read once more.
    is_settled = harvested.is_complete and not run.counts.get("missing")
    return _finish(run, status, validators=dict(harvested.validators) if is_settled else {})


def _finish_unmodified(run: HarvestRun) -> HarvestRun:
    unchanged = Dataset.objects.published().from_origin(run.source.origin).count()
    run.counts = counts_of(run) | {"unchanged": unchanged}
    run.expected = unchanged
    run.is_complete, run.message = True, RunMessage.NOT_MODIFIED
    return _finish(run, HarvestRun.Status.DONE, validators=run.source.validators)


@transaction.atomic
def _finish(run: HarvestRun, status: HarvestRun.Status, *, validators: dict[str, str]) -> HarvestRun:
    run.status = status
    run.finished_at = timezone.now()
    run.save()
    if not run.is_dry_run:
        source = HarvestSource.objects.select_for_update(no_key=True).get(pk=run.source_id)
        if source.failures >= FAILURES_BEFORE_ALERT:
            write_entry(HarvestEvent.SOURCE_RECOVERED, source, by=source.actor(), facts=_about(source))
        source.failures, source.validators = 0, validators
        source.save(update_fields=["failures", "validators"])
        _tell(run)
    transaction.on_commit(lambda: forget_gathered(run))
    return run


def _tell(run: HarvestRun) -> None:
    """One entry for a run that changed something; one that changed nothing writes nothing."""
    facts = {"run": run.pk, "counts": run.counts, **_about(run.source)}
    if run.status == HarvestRun.Status.TO_CONFIRM:
        write_entry(HarvestEvent.RUN_TO_CONFIRM, run.source, by=run.source.actor(), facts=facts)
    elif run.items.filter(outcome__in=RunItem.WRITTEN).exists():
        write_entry(HarvestEvent.RUN_FINISHED, run.source, by=run.source.actor(), facts=facts, is_public=True)


@transaction.atomic
def _fail(run: HarvestRun, fault: SourceFault) -> HarvestRun:
    run.status = HarvestRun.Status.FAILED
    run.is_complete = False
    run.finished_at = timezone.now()
    run.message, run.detail = fault.code, fault.detail[:500]
    run.save()
    if not run.is_dry_run:
        _count_failure(run)
    transaction.on_commit(lambda: forget_gathered(run))
    return run


def _about(source: HarvestSource) -> dict[str, str]:
    """What those who are told need to know of a source."""
    return {"source": source.name, "holder": source.agent.ipa_code if source.agent else ""}


def _count_failure(run: HarvestRun) -> None:
    source = HarvestSource.objects.select_for_update(no_key=True).get(pk=run.source_id)
    source.failures += 1
    source.save(update_fields=["failures"])
    facts = {"run": run.pk, "code": run.message, "failures": source.failures, **_about(source)}
    write_entry(HarvestEvent.RUN_FAILED, source, by=source.actor(), facts=facts)
    if source.failures == FAILURES_BEFORE_ALERT:
        write_entry(HarvestEvent.SOURCE_IN_TROUBLE, source, by=source.actor(), facts=facts)
