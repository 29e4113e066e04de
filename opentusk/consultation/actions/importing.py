"""Taking over what people said on a Decidim: each thing once, nothing that was changed here overwritten."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.comments.errors import CommentsRefusal
from opentusk.consultation.actions.taking_over import SPACES, TakingOver, space_of
from opentusk.consultation.errors import ConsultationRefusal
from opentusk.consultation.events import ConsultationEvent
from opentusk.consultation.models import Consultation, ImportRecord
from opentusk.consultation.permissions import can_run, require
from opentusk.demand import actions as demand
from opentusk.demand.errors import DemandRefusal
from opentusk.demand.models import WantedDataset
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit.decidim.shapes import Export

Refusals = (DemandRefusal, CommentsRefusal, ConsultationRefusal)


@dataclass
class ImportReport:
    """What a run did, or would do: counts by kind and outcome, wishes by theme, and what a person must see to."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_theme: Counter[str] = field(default_factory=Counter)
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Whether anything became different here."""
        return any(outcome in {"new", "changed", "vanished"} for _kind, outcome in self.counts)


def import_export(
    export: Export,
    consultation: Consultation,
    *,
    host: str,
    by: Actor,
    is_dry: bool = False,
    event_kind: str = "",
    body: Agent | None = None,
    now: datetime | None = None,
) -> ImportReport:
    """Take an export over into a consultation; dry, everything is done and undone, so that the counts are exact.

    A record that is refused is a line of the report and stops nothing. Raises NotAllowed.
    """
    require(can_run(by), "import")
    report = ImportReport()
    actor = Actor(ActorKind.SYSTEM, f"import:{host}", f"importazione da {host}")
    run = TakingOver(consultation, host, actor, report, event_kind=event_kind, body=body, now=now or timezone.now())
    steps: list[tuple[str, str, Callable[[], None]]] = [
        *(("proposal", one.id, partial(run.proposal, one)) for one in export.proposals),
        *(("comment", one.id, partial(run.comment, one)) for one in export.comments),
        *(("meeting", one.id, partial(run.meeting, one)) for one in export.meetings),
        *(("result", one.id, partial(run.result, one)) for one in export.results),
    ]
    whole: AbstractContextManager[object] = transaction.atomic() if is_dry else nullcontext()
    with whole:
        for kind, number, take in steps:
            try:
                with transaction.atomic():
                    take()
            except Refusals as refusal:
                report.counts[kind, "refused"] += 1
                report.lines.append((type(refusal).__name__, f"{kind} {number}"))
        with transaction.atomic():
            _note_vanished(export, host, run.seen, report, run.now)
            report.lines += export.notes
            if report.has_changes and not is_dry:
                figures = {f"{kind}_{outcome}": n for (kind, outcome), n in sorted(report.counts.items())}
                record(ConsultationEvent.IMPORTED, consultation, by=by, facts={"host": host, **figures})
        if is_dry:
            transaction.set_rollback(True)
    return report


@transaction.atomic
def confirm_draft(row: ImportRecord, *, title: str, theme: str, by: Actor) -> WantedDataset:
    """Let everybody see a wish that a list held, with the title and the theme that the desk gives it.

    Raises NotAllowed, and what the demand room raises.
    """
    require(can_run(by), "import")
    item = draft_of(row)
    demand.correct(item, by=by, title=title, theme=theme)
    demand.accept(item, by=by)
    return item


@transaction.atomic
def discard_draft(row: ImportRecord, *, by: Actor) -> None:
    """Say that a line of a list is no wish: it stays hidden, and a later run does not bring it again."""
    require(can_run(by), "import")
    row.target = ""
    row.save(update_fields=["target"])


@transaction.atomic
def note_reviewed(row: ImportRecord, *, by: Actor) -> None:
    """Somebody has looked at what changed at the source."""
    require(can_run(by), "import")
    row.needs_review = False
    row.save(update_fields=["needs_review"])


def draft_of(row: ImportRecord) -> WantedDataset:
    """The wish that a record became."""
    return WantedDataset.objects.select_related("basket").get(pk=int(row.target.partition(":")[2]))


def _note_vanished(export: Export, host: str, seen: set[tuple[str, str]], report: ImportReport, now: datetime) -> None:
    """What was taken over from a component of this export and is not in it any more: noted, never deleted."""
    things: Iterable[tuple[str, list[str]]] = (
        ("proposal", [one.url for one in export.proposals]),
        ("meeting", [one.url for one in export.meetings]),
        ("result", [one.url for one in export.results]),
    )
    for kind, urls in things:
        spaces = {space_of(url) for url in urls if SPACES.search(url)}
        for row in ImportRecord.objects.filter(instance_host=host, type=kind, vanished_at__isnull=True):
            if space_of(row.url) in spaces and (kind, row.remote_id) not in seen:
                row.vanished_at = now
                row.save(update_fields=["vanished_at"])
                report.counts[kind, "vanished"] += 1
