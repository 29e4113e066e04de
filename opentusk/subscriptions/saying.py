"""What a message says: one line per thing, the worst first, at most fifty and how many more."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import islice

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opentusk.bodies.models import Agent
from opentusk.notices.models import Event, Severity
from opentusk.notices.shapes import differences_of, holder_of, name_of, page_of
from opentusk.notices.weekly import week_of
from opentusk.notices.words import line_for
from opentusk.subscriptions.models import Pause
from opentusk.ui.speech import spoken_date

MOST_LINES, MOST_IDS, _MOST_PAGES = 50, 20, 3
# By the word itself, too: the choices are strings.
_RANK: dict[str, int] = {Severity.SECURITY: 0, Severity.BREAKING: 1, Severity.NOTABLE: 2, Severity.INFO: 3}


@dataclass(frozen=True, kw_only=True)
class Line:
    """What happened to one dataset: `lines` are sentences, the worst first; `events` the numbers behind them.

    `differences` are the pages with the rows that differ.
    """

    dataset_id: int | None
    title: str
    page: str
    holder: str
    severity: str
    lines: tuple[str, ...]
    events: tuple[int, ...]
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest:
    """Everything a delivery says. `more` counts the datasets beyond the last line, `authors` are who caused it."""

    lines: tuple[Line, ...]
    more: int
    event_count: int
    event_ids: tuple[str, ...]
    authors: frozenset[int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to say."""
        return not self.event_count


def digest_of(events: Iterable[Event], lines: dict[tuple[int, ...], Line] | None = None) -> Digest:
    """The events as lines: each once, however many parts had it. `lines` keeps those that were made before."""
    made = {} if lines is None else lines
    unique = {event.seq: event for event in events}
    by_dataset: dict[str | int, list[Event]] = {}
    for seq in sorted(unique):
        event = unique[seq]
        by_dataset.setdefault(event.dataset_id or page_of(event), []).append(event)
    found = []
    for about in by_dataset.values():
        key = tuple(event.seq for event in about)
        if key not in made:
            made[key] = _line(about)
        found.append(made[key])
    return Digest(
        lines=tuple(nsmallest(MOST_LINES, found, key=lambda line: (_RANK[line.severity], line.title))),
        more=max(0, len(found) - MOST_LINES),
        event_count=len(unique),
        event_ids=tuple(str(event.id) for event in islice(unique.values(), MOST_IDS)),
        authors=frozenset(event.caused_by for event in unique.values() if event.caused_by),
    )


def _line(events: Sequence[Event]) -> Line:
    worst_first = sorted(events, key=lambda event: _RANK[event.severity])
    latest = events[-1]
    return Line(
        dataset_id=latest.dataset_id,
        title=name_of(latest),
        page=next((page_of(event) for event in events if "act" in event.payload), page_of(latest)),
        holder=holder_of(latest),
        severity=worst_first[0].severity,
        lines=tuple(dict.fromkeys(line_for(event) for event in worst_first)),
        events=tuple(event.seq for event in events),
        differences=tuple(dict.fromkeys(page for event in events if (page := differences_of(event))))[-_MOST_PAGES:],
    )


def with_more(digest: Digest, lines: Sequence[Line]) -> Digest:
    """The digest after lines that are about no event."""
    if not lines:
        return digest
    return replace(digest, lines=(*lines, *digest.lines), event_count=digest.event_count + len(lines))


def missed_lines(pauses: Iterable[Pause], missed: Collection[int]) -> Iterable[Line]:
    """One sentence for everything that happened in each long pause of the worker."""
    for pause in pauses:
        number = sum(pause.has(seq) for seq in missed)
        if number:
            words = ngettext(
                "Fra il %(since)s e il %(until)s gli avvisi sono stati fermi: in quei giorni è successa %(n)s cosa.",
                "Fra il %(since)s e il %(until)s gli avvisi sono stati fermi: in quei giorni sono successe %(n)s cose.",
                number,
            )
            days = {name: spoken_date(timezone.localdate(at).isoformat())
                    for name, at in (("since", pause.since), ("until", pause.until))}  # fmt: skip
            yield _bare_line(_("Una pausa degli avvisi"), "/novita", [words % {"n": number, **days}])


def week_lines(user: int, code: str) -> Iterable[Line]:
    """The week of a body for one of its people; nothing when there is nothing to say."""
    agent = Agent.objects.filter(ipa_code=code).first()
    if agent and (sentences := week_of(user, agent, until=timezone.now())):
        yield _bare_line(_("La settimana: %(name)s") % {"name": agent.name}, "/scrivania", sentences)


def _bare_line(title: str, path: str, sentences: Sequence[str]) -> Line:
    return Line(
        dataset_id=None,
        title=title,
        page=f"{settings.SITE_URL}{path}",
        holder="",
        severity=Severity.INFO,
        lines=tuple(sentences),
        events=(),
    )
