"""What the pages of a consultation show: themes with their figures, wishes with their support, the time left."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from opentusk.comments.models import Comment
from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.demand.likeness import most_alike
from opentusk.demand.models import Endorsement, WantedDataset, WantedDatasetQuerySet
from opentusk.demand.states import IN_THE_BASKET, State
from opentusk.journal.models import reference_of

Counted = dict[str, int]


@dataclass(frozen=True)
class ThemeCard:
    """A theme of a consultation; `support` is None while counts are hidden."""

    proposal: ThematicProposal
    wishes: int
    proposed: int
    support: int | None
    comments: int


@dataclass(frozen=True)
class SupportState:
    """What somebody sees of the support of a thing."""

    count: int | None
    is_mine: bool


@dataclass(frozen=True)
class WishCard:
    """A wish in a consultation."""

    item: WantedDataset
    support: SupportState
    comments: int

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has examined it yet."""
        return self.item.state == State.PROPOSED


def wishes_in(consultation: Consultation) -> WantedDatasetQuerySet:
    """The basket of its edition, and what was proposed in it and waits to be examined."""
    shown = WantedDataset.objects.shown().of_edition(consultation.edition)
    proposed_here = Q(state=State.PROPOSED, consultation=reference_of(consultation))
    return shown.filter(Q(state__in=IN_THE_BASKET) | proposed_here)


def themes_of(consultation: Consultation, now: datetime) -> list[ThemeCard]:
    """The thirteen themes, those with most wishes first."""
    rows = wishes_in(consultation).order_by().values_list("pk", "primary_theme", "state")
    by_theme: dict[str, list[tuple[int, str]]] = {}
    for pk, theme, state in rows:
        by_theme.setdefault(theme, []).append((pk, state))
    proposals = list(consultation.proposals.order_by("theme"))
    names = [_name(pk) for pk, _theme, _state in rows] + [reference_of(one) for one in proposals]
    support, comments = support_of(names), comments_of(names)
    cards = [
        _theme_card(one, by_theme.get(one.theme, []), support, comments, consultation.shows_counts(now))
        for one in proposals
    ]
    return sorted(cards, key=lambda card: (-card.wishes, card.proposal.theme))


def wish_cards(
    items: Iterable[WantedDataset], consultation: Consultation, *, person: str, now: datetime
) -> list[WishCard]:
    """Wishes with their support as a person sees it; `person` is a key, or nothing."""
    listed = list(items)
    names = [reference_of(item) for item in listed]
    support, comments, own = support_of(names), comments_of(names), own_support(names, person)
    shows = consultation.shows_counts(now)
    return [
        WishCard(item, SupportState(support.get(name, 0) if shows else None, name in own), comments.get(name, 0))
        for item, name in zip(listed, names, strict=True)
    ]


def support_state(subject: str, consultation: Consultation, *, person: str, now: datetime) -> SupportState:
    """The support of one thing as a person sees it."""
    count = support_of([subject]).get(subject, 0) if consultation.shows_counts(now) else None
    return SupportState(count, bool(own_support([subject], person)))


def in_order(items: Iterable[WantedDataset], order: str, seed: int) -> list[WantedDataset]:
    """By need, by number, or by chance: never by support, which would give most to those that have most."""
    listed = sorted(items, key=lambda item: item.number)
    if order == "caso":
        random.Random(seed).shuffle(listed)  # noqa: S311 - an order, not a secret
    elif order == "bisogno":
        listed.sort(key=lambda item: item.priority)
    return listed


def alike_in(consultation: Consultation, text: str) -> list[WantedDataset]:
    """The wishes that are like these words, the likest first."""
    candidates = [(item, f"{item.title} {item.use_case}") for item in wishes_in(consultation).in_order()]
    return [alike.thing for alike in most_alike(text, candidates)]


def days_left(consultation: Consultation, now: datetime) -> int:
    """How many nights until it closes."""
    if consultation.closes_at is None:
        return 0
    return (timezone.localdate(consultation.closes_at) - timezone.localdate(now)).days


def support_of(names: Iterable[str]) -> Counted:
    """How many support each thing."""
    rows = Endorsement.objects.filter(subject__in=list(names)).values_list("subject").annotate(number=Count("pk"))
    return dict(rows.order_by())


def own_support(names: Iterable[str], person: str) -> frozenset[str]:
    """Which of the things a person supports."""
    if not person:
        return frozenset()
    given = Endorsement.objects.filter(person_key=person, subject__in=list(names))
    return frozenset(given.values_list("subject", flat=True))


def comments_of(names: Iterable[str]) -> Counted:
    """How many comments can be read under each thing."""
    rows = Comment.objects.visible().filter(subject__in=list(names)).values_list("subject")
    return dict(rows.annotate(number=Count("pk")).order_by())


def _theme_card(
    proposal: ThematicProposal, rows: list[tuple[int, str]], support: Counted, comments: Counted, shows: bool
) -> ThemeCard:
    names = [reference_of(proposal), *(_name(pk) for pk, _state in rows)]
    return ThemeCard(
        proposal=proposal,
        wishes=sum(state != State.PROPOSED for _pk, state in rows),
        proposed=sum(state == State.PROPOSED for _pk, state in rows),
        support=sum(support.get(name, 0) for name in names) if shows else None,
        comments=sum(comments.get(name, 0) for name in names),
    )


def _name(pk: int) -> str:
    return f"demand.wanteddataset:{pk}"
