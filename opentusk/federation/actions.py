"""Reading what the national catalogue shows of us."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.federation.comparing import OurDataset, compare
from opentusk.federation.errors import NationalFault, SwitchedOff, TooSoon
from opentusk.federation.events import FederationEvent
from opentusk.federation.models import NationalReading
from opentusk.federation.national import ShownDataset, read_shown
from opentusk.federation.permissions import can_see_body, require
from opentusk.feeds.models import FeedFragment
from opentusk.journal.actions import enqueue, record
from opentusk.journal.actors import SYSTEM, Actor

_PAUSE = timedelta(hours=1)
_EVERY = timedelta(days=7)
_TASK = "opentusk.federation.tasks.read_national"


@transaction.atomic
def ask_for_reading(agent: Agent, *, by: Actor, now: datetime) -> None:
    """Have the national catalogue asked about a body. Raises NotAllowed, SwitchedOff, TooSoon."""
    require(can_see_body(by, agent), "read_national", agent)
    if not settings.NATIONAL_API:
        raise SwitchedOff
    reading, _made = NationalReading.objects.get_or_create(agent=agent)
    if reading.asked_at and now - reading.asked_at < _PAUSE:
        raise TooSoon(int((_PAUSE - (now - reading.asked_at)).total_seconds() // 60) + 1)
    _ask(reading, now)
    record(FederationEvent.NATIONAL_ASKED, agent, by=by)


def ask_for_due_readings(*, now: datetime) -> None:
    """Have it asked about every body of the feed that was not read for a week; nothing where it is switched off."""
    if not settings.NATIONAL_API:
        return
    holders = FeedFragment.objects.order_by().values_list("holder", flat=True).distinct()
    for agent in Agent.objects.filter(pk__in=holders).exclude(national_reading__asked_at__gt=now - _EVERY).by_name():
        reading, _made = NationalReading.objects.get_or_create(agent=agent)
        _ask(reading, now)


def read_national(agent: Agent, *, now: datetime) -> None:
    """Ask what it shows of a body and keep the differences; when that fails the last good reading stays."""
    try:
        shown = read_shown(agent.ipa_code)
    except NationalFault as fault:
        words = f"{fault.code} {fault.detail}".strip()[:300]
        _keep(agent, FederationEvent.NATIONAL_FAILED, fault=words)
        return
    ours = our_datasets(agent)
    findings = compare(ours, shown, today=timezone.localdate(now))
    _keep(
        agent,
        FederationEvent.NATIONAL_READ,
        fault="",
        read_at=now,
        ours=sum(not dataset.away for dataset in ours),
        shown=len(shown),
        newest=_newest(shown),
        findings=[finding.to_json() for finding in findings],
    )


def our_datasets(agent: Agent) -> list[OurDataset]:
    """Everything that we have of a body, with the reason why something does not go out."""
    in_feed = set(FeedFragment.objects.of(agent).values_list("dataset", flat=True))
    return [
        OurDataset(
            identifier=row.identifier,
            title=row.title,
            modified=row.modified,
            slug=row.slug,
            since=timezone.localdate(_since(row)),
            away="" if row.pk in in_feed else _reason(row),
        )
        for row in Dataset.objects.of(agent).in_feed_order().defer("record", "problems").iterator(chunk_size=500)
    ]


def _reason(row: Dataset) -> str:
    if row.is_withdrawn:
        return "withdrawn"
    if not row.is_published:
        return "draft"
    if row.duplicate_of_id:
        return "duplicate"
    if row.is_territorial:
        return "territorial"
    return "demo" if row.is_demo and not settings.DEMO_IN_FEEDS else "quarantine"


def _since(row: Dataset) -> datetime:
    if row.is_withdrawn and row.withdrawn_at:
        return row.withdrawn_at
    return row.published_at or row.created_at


def _newest(shown: list[ShownDataset]) -> str:
    return max((dataset.touched for dataset in shown), default="")


def _ask(reading: NationalReading, now: datetime) -> None:
    reading.asked_at = now
    reading.save(update_fields=["asked_at"])
    enqueue(_TASK, key=f"federation:national:{reading.agent_id}", agent_id=reading.agent_id)


@transaction.atomic
def _keep(agent: Agent, event: FederationEvent, **values: object) -> None:
    NationalReading.objects.update_or_create(agent=agent, defaults=values)
    record(event, agent, by=SYSTEM, facts={"fault": str(values["fault"])})
