"""What the clock finds out: data late or due soon, columns that wait, keys that expire."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.models import Dataset, Hold
from opentusk.journal.actions import enqueue
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.notices.events import NoticesEvent
from opentusk.notices.lateness import Verdict, verdict_of
from opentusk.notices.models import Lateness
from opentusk.people.models import ApiToken

COLUMNS_WAIT = timedelta(days=7)
TOKEN_NOTICE = timedelta(days=14)


def judge_lateness(datasets: Iterable[Dataset], *, today: date) -> None:
    """Note which datasets are late now and which no longer; the body hears first, readers one tolerance later."""
    for dataset in datasets:
        verdict = verdict_of(dataset, today=today)
        _judge(dataset, verdict)
        if verdict.is_due_soon:
            _remind(dataset, verdict)


@transaction.atomic
def _judge(dataset: Dataset, verdict: Verdict) -> None:
    known = Lateness.objects.filter(dataset=dataset).first()
    if not verdict.is_late:
        if known:
            known.delete()
            was_told = known.told_at is not None
            write_entry(NoticesEvent.DATASET_BACK, dataset, by=SYSTEM, is_public=was_told and dataset.is_published)
        return
    assert verdict.due_on is not None
    facts = {"due_on": verdict.due_on.isoformat(), "is_learnt": verdict.is_learnt}
    if known is None:
        known = Lateness.objects.create(dataset=dataset, due_on=verdict.due_on, is_learnt=verdict.is_learnt)
        write_entry(NoticesEvent.DATASET_LATE, dataset, by=SYSTEM, facts=facts)
    if verdict.is_very_late and known.told_at is None:
        known.told_at = timezone.now()
        known.save(update_fields=["told_at"])
        write_entry(NoticesEvent.DATASET_LATE, dataset, by=SYSTEM, facts=facts, is_public=dataset.is_published)


@transaction.atomic
def _remind(dataset: Dataset, verdict: Verdict) -> None:
    """Once for each day on which data are due."""
    assert verdict.due_on is not None
    due_on = verdict.due_on.isoformat()
    last = Entry.objects.about(dataset).filter(event=NoticesEvent.DATASET_DUE_SOON).newest_first().first()
    if last is None or last.facts.get("due_on") != due_on:
        facts = {"due_on": due_on, "is_learnt": verdict.is_learnt}
        write_entry(NoticesEvent.DATASET_DUE_SOON, dataset, by=SYSTEM, facts=facts)


@transaction.atomic
def tell_of_waiting_columns(*, now: datetime) -> None:
    """A version with other columns that nobody decided about for a week: the desk hears, once."""
    waiting = Hold.objects.still_open().of_kind(Hold.Kind.SCHEMA_CHANGE).filter(opened_at__lte=now - COLUMNS_WAIT)
    for hold in waiting.select_related("dataset"):
        told = Entry.objects.about(hold.dataset).filter(event=NoticesEvent.COLUMNS_WAITING)
        if hold.pk not in {entry.facts.get("hold") for entry in told}:
            write_entry(NoticesEvent.COLUMNS_WAITING, hold.dataset, by=SYSTEM, facts={"hold": hold.pk})


@transaction.atomic
def tell_of_expiring_tokens(*, now: datetime) -> None:
    """Write once to the owner of each key that is about to expire."""
    for token in ApiToken.objects.usable(now).filter(expires_at__lte=now + TOKEN_NOTICE):
        if not Entry.objects.about(token).filter(event=NoticesEvent.TOKEN_EXPIRING).exists():
            write_entry(NoticesEvent.TOKEN_EXPIRING, token, by=SYSTEM)
            enqueue("opentusk.notices.tasks.tell_of_token", key=f"notices.token:{token.pk}", token=token.pk)
