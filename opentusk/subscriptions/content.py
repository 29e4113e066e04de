"""What a delivery is about: its events are read again, within the rights of now, just before it goes out."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from opentusk.bodies.models import Agent
from opentusk.journal.models import Entry
from opentusk.notices.models import Event, EventQuerySet
from opentusk.notices.permissions import HAVE_LETTERS, for_body, for_desk, heard_at_desk, heard_at_work
from opentusk.notices.speakers import still_public
from opentusk.subscriptions.importance import is_important
from opentusk.subscriptions.models import FAMILY_BITS, WORK_KINDS, Delivery, Pause, ScopeKind, Subscription
from opentusk.subscriptions.saying import Digest, Line, digest_of, missed_lines, week_lines, with_more
from opentusk.subscriptions.scopes import events_of

# So many readings are kept, so that a hundred thousand people who follow different things fit in the memory.
_KEPT, _LINES_KEPT = 5_000, 20_000
# After so many seconds it is asked whether anything happened meanwhile: a dataset withdrawn, a role ended.
_FRESH = 5.0


@dataclass(frozen=True, order=True)
class Part:
    """What is read for one subscription: a scope between two numbers. `user` is set where a role is asked for.

    A letter leaves out what other letters tell already.
    """

    kind: str
    key: str
    families: int
    is_quiet: bool
    first: int
    last: int
    user: int = 0
    is_letter: bool = False


class Reader:
    """Reads events for deliveries; a thousand people who follow the same thing cost one reading."""

    def __init__(self) -> None:
        self._events: dict[Part, tuple[Event, ...]] = {}
        self._digests: dict[tuple[str, tuple[Part, ...]], Digest] = {}
        self._lines: dict[str, dict[tuple[int, ...], Line]] = {}
        self._read_at, self._read_to = time.monotonic(), _last_entry()
        self._pauses = list(Pause.objects.order_by("first"))

    def digest(self, delivery: Delivery, subscriptions: Mapping[int, Subscription]) -> Digest:
        """What a delivery says now, in the language that is spoken here.

        Not what this person may no longer hear, nor what they did themselves.
        """
        self._forget_what_is_old()
        language = get_language()
        parts = _without_repeats(tuple(sorted(_parts(delivery, subscriptions))))
        if (language, parts) not in self._digests:
            lines = self._lines.setdefault(language, {})
            for kept, most in ((self._digests, _KEPT), (lines, _LINES_KEPT)):
                if len(kept) >= most:
                    kept.clear()
            self._digests[language, parts] = self._digest(parts, lines)
        digest, user = self._digests[language, parts], delivery.subscriber.user_id
        return self._digest(parts, {}, without=user) if user in digest.authors else digest

    def _digest(self, parts: tuple[Part, ...], lines: dict[tuple[int, ...], Line], *, without: int = 0) -> Digest:
        events: Iterable[Event] = self._read(parts)
        if without:
            events = (event for event in events if event.caused_by != without)
        missed = set[int]()
        if self._pauses:
            events = list(events)
            missed = {event.seq for event in events if any(pause.has(event.seq) for pause in self._pauses)}
            events = [event for event in events if event.seq not in missed]
        said = [*missed_lines(self._pauses, missed), *self._weeks(parts)]
        return with_more(digest_of(events, lines), said)

    def _weeks(self, parts: Iterable[Part]) -> Iterable[Line]:
        for part in parts:
            if part.kind == ScopeKind.WEEK:
                yield from week_lines(part.user, part.key)

    def _forget_what_is_old(self) -> None:
        """Everything that was read, if the journal has gone on since."""
        if time.monotonic() - self._read_at < _FRESH:
            return
        self._read_at, before, self._read_to = time.monotonic(), self._read_to, _last_entry()
        if self._read_to != before:
            for kept in (self._events, self._digests, self._lines):
                kept.clear()

    def _read(self, parts: Iterable[Part]) -> Iterable[Event]:
        for part in parts:
            if part not in self._events:
                if len(self._events) >= _KEPT:
                    self._events.clear()
                self._events[part] = tuple(events_in(part))
            yield from self._events[part]


def _last_entry() -> int:
    return Entry.objects.newest_first().values_list("seq", flat=True).first() or 0


def part_of(subscription: Subscription, first: int, last: int, *, user: int | None, is_letter: bool) -> Part:
    """The part of a subscription between two numbers; only work depends on who reads it."""
    is_work = subscription.is_work
    return Part(
        subscription.scope_kind, subscription.scope_key, subscription.families, subscription.is_quiet, first, last,
        (user or 0) if is_work else 0, is_letter and is_work,
    )  # fmt: skip


def _parts(delivery: Delivery, subscriptions: Mapping[int, Subscription]) -> Iterable[Part]:
    user, is_letter = delivery.subscriber.user_id, delivery.channel == "mail"
    for part in delivery.parts:
        subscription = subscriptions.get(part["subscription"])
        if subscription is not None:
            yield part_of(subscription, part["from"] or 0, part["to"] or 0, user=user, is_letter=is_letter)


def events_in(part: Part) -> list[Event]:
    """The events of a part, of the wanted families: public ones, or those that a role hears of now."""
    wanted = [name for name, bit in FAMILY_BITS.items() if part.families & bit]
    found = Event.objects.filter(seq__gte=part.first, seq__lte=part.last, family__in=wanted).order_by("seq")
    if part.kind in WORK_KINDS:
        events = _at_work(part, found)
    else:
        events = still_public(events_of(part.kind, part.key, found.public()))
    return [event for event in events if is_important(event)] if part.is_quiet else events


def _at_work(part: Part, events: EventQuerySet) -> list[Event]:
    if part.kind == ScopeKind.WEEK:
        return []
    if part.kind == ScopeKind.DESK:
        return heard_at_desk(part.user, events.filter(type__in=for_desk()))
    agent = Agent.objects.filter(ipa_code=part.key).first()
    if agent is None:
        return []
    types = for_body() - HAVE_LETTERS if part.is_letter else for_body()
    return heard_at_work(part.user, agent, events.of_holder(agent).filter(type__in=types))


def readable(user: int, numbers: Iterable[int]) -> dict[int, Event]:
    """Those of these events that an account may read now."""
    wanted = Event.objects.filter(seq__in=set(numbers)).order_by("seq")
    found = {event.seq: event for event in still_public(wanted.public())}
    hidden = [event for event in wanted if event.seq not in found]
    heard = heard_at_desk(user, hidden) if hidden else []
    for agent in Agent.objects.filter(pk__in={event.holder_id for event in hidden if event.holder_id}):
        heard += heard_at_work(user, agent, hidden)
    return found | {event.seq: event for event in heard}


def _without_repeats(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Whoever follows the whole portal hears of nothing more by following a part of it: they all share one reading."""
    whole = next((part for part in parts if part.kind == ScopeKind.PORTAL and not part.is_quiet), None)
    if whole is None:
        return parts
    return tuple(part for part in parts if part == whole or not _is_within(part, whole))


def _is_within(part: Part, whole: Part) -> bool:
    is_later = whole.first <= part.first and part.last <= whole.last
    return is_later and part.kind not in WORK_KINDS and part.families & ~whole.families == 0
