"""From new events to what each subscription has to hear: in sets, never one row per event and reader."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from opentusk.notices.models import Event
from opentusk.subscriptions.actions.questions import matched_questions
from opentusk.subscriptions.importance import is_important, is_pressing
from opentusk.subscriptions.models import FAMILY_BITS, Mark, Pause, Rhythm, Subscription
from opentusk.subscriptions.rhythms import due_at
from opentusk.subscriptions.scopes import Scope, scopes_of, work_scopes_of

_BATCH = 1_000
_MARK = "events"
_LOOKED = timedelta(hours=1)  # so often is it noted that a worker is there


@dataclass
class _News:
    """What a scope has new in one family: how much it matters."""

    presses: bool = False
    matters: bool = False

    def take(self, event: Event) -> None:
        self.presses |= is_pressing(event)
        self.matters |= is_important(event)


def match_new(*, now: datetime | None = None) -> int:
    """Match the events since the last time; how many there were. All or nothing: the mark moves with the matches."""
    at = now or timezone.now()
    total = 0
    _look(at)
    while number := _match_batch(at):
        total += number
    return total


@transaction.atomic
def _look(now: datetime) -> None:
    """Note that a worker is there; after a long pause, note which events happened in it."""
    mark, _is_new = Mark.objects.select_for_update(no_key=True).get_or_create(name=_MARK)
    limit = now - timedelta(days=settings.NOTICE_PAUSE_DAYS)
    if mark.looked_at and mark.looked_at < limit:
        missed = Event.objects.after(mark.seq).filter(at__lt=limit).values_list("seq", flat=True)
        if last := missed.last():
            Pause.objects.create(first=mark.seq + 1, last=last, since=mark.looked_at, until=now)
    if mark.looked_at is None or now - mark.looked_at > _LOOKED:
        mark.looked_at = now
        mark.save(update_fields=["looked_at"])


@transaction.atomic
def _match_batch(now: datetime) -> int:
    mark, _is_new = Mark.objects.select_for_update(no_key=True).get_or_create(name=_MARK)
    events = list(Event.objects.after(mark.seq)[:_BATCH])
    if not events:
        return 0
    # The mark passes over what is not public: readers will never be told, whatever becomes of its dataset.
    window = Event.objects.filter(seq__gt=mark.seq, seq__lte=events[-1].seq)
    _spread(events, frozenset(window.public().values_list("seq", flat=True)), now)
    mark.seq = events[-1].seq
    mark.save(update_fields=["seq"])
    return len(events)


def _spread(events: Sequence[Event], public: Collection[int], now: datetime) -> None:
    news: dict[tuple[Scope, str], _News] = {}
    asked = matched_questions([event for event in events if event.seq in public])
    for event in events:
        scopes = work_scopes_of(event)
        if event.seq in public:
            scopes += [*scopes_of(event), *asked.get(event.seq, ())]
        for scope in scopes:
            found = news.setdefault((scope, event.family), _News())
            found.take(event)
    for shape, keys in _alike(news).items():
        _give(keys, shape, (events[0].seq, events[-1].seq), now)


_Shape = tuple[str, str, bool, bool]


def _alike(news: dict[tuple[Scope, str], _News]) -> dict[_Shape, list[str]]:
    """Scopes of one kind with news of one kind together, so that a harvest of thousands is a few statements."""
    grouped: dict[_Shape, list[str]] = defaultdict(list)
    for ((kind, key), family), found in news.items():
        grouped[(kind, family, found.presses, found.matters)].append(key)
    return grouped


def _give(keys: Iterable[str], shape: _Shape, between: tuple[int, int], now: datetime) -> None:
    """Note that there is something to hear `between` two numbers; which events of a scope is read when it is told."""
    (kind, family, presses, matters), (first, last) = shape, between
    listening = Subscription.objects.listening().of_scope(kind, list(keys))
    listening = listening.annotate(wanted=F("families").bitand(FAMILY_BITS[family])).filter(wanted__gt=0)
    if not matters:
        listening = listening.filter(is_quiet=False)
    for rhythm in Rhythm:
        due = due_at(rhythm, now, is_pressing=presses)
        followers = Subscription.objects.filter(pk__in=listening.filter(rhythm=rhythm).values("pk"))
        if rhythm == Rhythm.AT_ONCE and presses:
            # Something pressing arrives while something else waits for the morning: both are told now.
            followers.filter(due_at__gt=due).update(due_at=due)
        followers.update(pending_from=Coalesce("pending_from", first), pending_to=last, due_at=Coalesce("due_at", due))
