"""Every write of the feeding room: connecting and leaving feeds, and what a call brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.actions import add_file_version, attach_copy, attach_file
from opentusk.catalog.models import Dataset, Distribution
from opentusk.feeding.calling import Brought, asking, called_service, fetched_address, origin_of, taken_table
from opentusk.feeding.errors import AlreadyFed, CallFailed, NothingMapped
from opentusk.feeding.events import FeedingEvent
from opentusk.feeding.models import (
    KEY_OF_SERVICE,
    Call,
    Feed,
    ServiceSource,
    WatchedAddress,
    mapping_json,
    service_json,
)
from opentusk.feeding.naming import file_name_of, name_of_address
from opentusk.feeding.permissions import can_feed, require
from opentusk.feeding.rhythm import pause_after_failure, pause_of_address
from opentusk.files.actions import receive
from opentusk.files.errors import FileRefusal, SameBytes
from opentusk.files.refusals import words_for as words_of_files
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.records import LicenseDocument
from opentusk.kit.webservices.shapes import Field, Service
from opentusk.kit.webservices.tables import columns_of
from opentusk.outbound.sealing import Unsealable, reseal, seal

# The editor hears of the second failure: the first is usually over by the next call (as with harvest sources).
FAILURES_BEFORE_ALERT = 2
KEPT_CALLS = 100
# The rule for new native data (AGID, requisito 20); the editor may choose another with a reason.
CC_BY = LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/")


@dataclass(frozen=True, kw_only=True)
class Connection:
    """What people decide about a service. An empty key keeps the one that is stored."""

    service: Service
    fields: tuple[Field, ...]
    minutes: int
    key_header: str = ""
    key_value: str = ""


def connect_service(dataset: Dataset, chosen: Connection, *, name: str, by: Actor) -> ServiceSource:
    """Call a service for the first time and make its table a file of the dataset. Raises CallFailed, NothingMapped.

    A service that cannot be read is not connected: what is connected has worked at least once.
    """
    require(can_feed(by, dataset), "connect", dataset)
    _require_columns(chosen.fields)
    started = timezone.now()
    headers = {chosen.key_header: chosen.key_value} if chosen.key_header and chosen.key_value else {}
    with taken_table(chosen.service, chosen.fields, asking(chosen.service.url, headers)) as brought:
        stored = receive(brought.path, name=file_name_of(name), agent=dataset.rights_holder, by=by)
        with transaction.atomic():
            distribution = attach_file(
                dataset, stored, name=file_name_of(name), by=by, title={"it": name}, license=CC_BY
            )
            source = ServiceSource.objects.create(
                distribution=distribution,
                content_hash=brought.content_hash,
                changed_at=started,
                **_columns(chosen),
            )
            _note_success(source, brought, Call.Outcome.NEW, started)
            facts = {"dataset": dataset.pk, "url": chosen.service.url}
            write_entry(FeedingEvent.SERVICE_ADDED, dataset, by=by, facts=facts)
    return source


@transaction.atomic
def change_service(source: ServiceSource, chosen: Connection, *, by: Actor) -> ServiceSource:
    """Save what people decided anew; the next call is made at once.

    A key that is not typed again stays as long as the service does: at another host it would tell the key to whoever
    answers there.
    """
    require(can_feed(by, source.dataset), "change", source)
    _require_columns(chosen.fields)
    columns = _columns(chosen)
    if not chosen.key_value:
        is_kept = bool(chosen.key_header) and origin_of(chosen.service.url) == origin_of(source.spec().url)
        columns["sealed_key"] = source.sealed_key if is_kept else ""
    for name, value in columns.items():
        setattr(source, name, value)
    source.next_call_at, source.is_paused = timezone.now(), False
    source.save(update_fields=[*columns, "next_call_at", "is_paused"])
    write_entry(FeedingEvent.SERVICE_CHANGED, source.dataset, by=by, facts={"url": chosen.service.url})
    return source


@transaction.atomic
def watch_address(distribution: Distribution, url: str, *, is_hosted: bool, by: Actor) -> WatchedAddress:
    """Look at the address of a file from now on. Raises AlreadyFed."""
    require(can_feed(by, distribution.dataset), "watch", distribution)
    if WatchedAddress.objects.filter(distribution=distribution).exists():
        raise AlreadyFed(str(distribution))
    watched = WatchedAddress.objects.create(distribution=distribution, url=url, is_hosted=is_hosted)
    write_entry(FeedingEvent.ADDRESS_WATCHED, distribution.dataset, by=by, facts={"url": url, "hosted": is_hosted})
    return watched


@transaction.atomic
def remove_feed(feed: Feed, *, by: Actor) -> None:
    """Leave a service or an address alone for ever; its versions stay."""
    require(can_feed(by, feed.dataset), "remove", feed)
    is_service = isinstance(feed, ServiceSource)
    event = FeedingEvent.SERVICE_REMOVED if is_service else FeedingEvent.ADDRESS_LEFT
    write_entry(event, feed.dataset, by=by, facts={"url": str(feed)})
    feed.delete()


@transaction.atomic
def pause_feed(feed: Feed, *, by: Actor) -> None:
    """Do not call until it is resumed."""
    require(can_feed(by, feed.dataset), "pause", feed)
    feed.is_paused = True
    feed.save(update_fields=["is_paused"])
    write_entry(FeedingEvent.FEED_PAUSED, feed.dataset, by=by, facts={"url": str(feed)})


@transaction.atomic
def resume_feed(feed: Feed, *, by: Actor) -> None:
    """Call again, beginning now."""
    require(can_feed(by, feed.dataset), "resume", feed)
    feed.is_paused, feed.next_call_at = False, timezone.now()
    feed.save(update_fields=["is_paused", "next_call_at"])
    write_entry(FeedingEvent.FEED_RESUMED, feed.dataset, by=by, facts={"url": str(feed)})


def call_service(source: ServiceSource) -> Call:
    """Call a service once: a new version when its rows changed, a note in any case."""
    started = timezone.now()
    try:
        with called_service(source) as brought:
            if brought.content_hash == source.content_hash:
                return _note_success(source, brought, Call.Outcome.SAME, started)
            return _take(source, brought, started)
    except Unsealable:
        return _note_failure(source, CallFailed("service.key_lost"), started)
    except CallFailed as fault:
        return _note_failure(source, fault, started)


def call_address(watched: WatchedAddress) -> Call:
    """Look at an address once: a new version when its bytes changed, a note in any case."""
    started = timezone.now()
    try:
        with fetched_address(watched) as brought:
            if brought is None or brought.content_hash == watched.sha256:
                return _note_success(watched, brought, Call.Outcome.SAME, started)
            return _take(watched, brought, started)
    except CallFailed as fault:
        return _note_failure(watched, fault, started)


@transaction.atomic
def reseal_keys() -> int:
    """Seal the keys of all services anew, after the key of the settings was changed; how many. Raises Unsealable."""
    sources = ServiceSource.objects.exclude(sealed_key="").select_for_update(no_key=True)
    for source in sources:
        source.sealed_key = reseal(source.sealed_key, purpose=KEY_OF_SERVICE)
        source.save(update_fields=["sealed_key"])
    return len(sources)


def forget_old_calls(feeds: Sequence[Feed]) -> None:
    """Keep the last calls of each feed."""
    for feed in feeds:
        kept = feed.calls.newest_first().values_list("pk", flat=True)[:KEPT_CALLS]  # type: ignore[attr-defined]
        feed.calls.exclude(pk__in=list(kept)).delete()  # type: ignore[attr-defined]


def _take(feed: ServiceSource | WatchedAddress, brought: Brought, started: datetime) -> Call:
    """Give the file to the catalogue as a new version, in one transaction with the note of the call."""
    by, distribution = feed.actor(), feed.distribution
    is_service = isinstance(feed, ServiceSource)
    name = distribution.series.name if distribution.series else name_of_address(str(feed))
    try:
        stored = receive(brought.path, name=name, agent=feed.dataset.rights_holder, by=by)
    except FileRefusal as refusal:
        raise CallFailed("service.not_kept", words_of_files(refusal)[:500]) from refusal
    with transaction.atomic():
        outcome = Call.Outcome.NEW
        try:
            if isinstance(feed, WatchedAddress) and not feed.is_hosted:
                attach_copy(distribution, stored, name=name, by=by)
            else:
                add_file_version(distribution, stored, name=name, by=by)
        except SameBytes:
            outcome = Call.Outcome.SAME
        if isinstance(feed, ServiceSource):
            feed.content_hash = brought.content_hash
        else:
            feed.sha256, feed.etag = brought.content_hash, brought.etag
        feed.changed_at = started
        feed.save(update_fields=["changed_at", *(["content_hash"] if is_service else ["sha256", "etag"])])
        return _note_success(feed, brought, outcome, started)


def _note_success(
    feed: ServiceSource | WatchedAddress, brought: Brought | None, outcome: Call.Outcome, started: datetime
) -> Call:
    with transaction.atomic():
        if feed.failures >= FAILURES_BEFORE_ALERT:
            write_entry(FeedingEvent.FEED_BACK, feed.dataset, by=feed.actor(), facts={"url": str(feed)})
        feed.failures, feed.called_at = 0, started
        feed.next_call_at = timezone.now() + _pause(feed)
        feed.save(update_fields=["failures", "called_at", "next_call_at"])
        return Call.objects.create(
            **_whose(feed),
            outcome=outcome,
            started_at=started,
            seconds=(timezone.now() - started).total_seconds(),
            pages=brought.pages if brought else 0,
            rows=brought.rows if brought else 0,
            size=brought.size if brought else 0,
            new_fields=list(brought.new_fields) if brought else [],
        )


def _note_failure(feed: ServiceSource | WatchedAddress, fault: CallFailed, started: datetime) -> Call:
    with transaction.atomic():
        feed.failures += 1
        feed.called_at = started
        feed.next_call_at = timezone.now() + pause_after_failure(feed.failures, _pause(feed))
        feed.save(update_fields=["failures", "called_at", "next_call_at"])
        call = Call.objects.create(
            **_whose(feed),
            outcome=Call.Outcome.FAILED,
            started_at=started,
            seconds=(timezone.now() - started).total_seconds(),
            message=fault.code,
            detail=fault.detail[:500],
        )
        if feed.failures == FAILURES_BEFORE_ALERT:
            facts = {"url": str(feed), "code": fault.code}
            write_entry(FeedingEvent.FEED_SILENT, feed.dataset, by=feed.actor(), facts=facts)
        return call


def _pause(feed: ServiceSource | WatchedAddress) -> timedelta:
    if isinstance(feed, ServiceSource):
        return timedelta(minutes=feed.minutes)
    return pause_of_address(feed.dataset.frequency, feed.changed_at or feed.created_at, timezone.now())


def _whose(feed: ServiceSource | WatchedAddress) -> dict[str, ServiceSource | WatchedAddress]:
    return {"source": feed} if isinstance(feed, ServiceSource) else {"watched": feed}


def _columns(chosen: Connection) -> dict[str, object]:
    return {
        "service": service_json(chosen.service),
        "mapping": mapping_json(chosen.fields),
        "key_header": chosen.key_header,
        "sealed_key": seal(chosen.key_value, purpose=KEY_OF_SERVICE),
        "minutes": chosen.minutes,
    }


def _require_columns(fields: tuple[Field, ...]) -> None:
    """Raises NothingMapped: a table has at least one column, and each its own name."""
    columns = columns_of(fields)
    doubled = tuple(dict.fromkeys(column for column in columns if columns.count(column) > 1))
    if not columns or doubled:
        raise NothingMapped(doubled)
