"""Choosing datasets in a form: over the catalogue's search, without losing what was chosen or typed.

The same form carries the chosen datasets (`dataset`), the main one (`main`), and the buttons that search (`cerca`), add
(`aggiungi`) and take away (`togli`): it works without scripts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.reuse.actions import Elsewhere
from opentusk.reuse.models import Work, WorkDataset
from opentusk.search.cards import Card, cards_of
from opentusk.search.finding import find
from opentusk.search.question import Question
from opentusk.search.words import MAX_CHARACTERS

_MOST = 30
_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A dataset that is chosen: as it is now, or as it was when it was chosen."""

    identifier: str
    title: str
    holder: str
    is_main: bool
    card: Card | None


@dataclass(frozen=True, kw_only=True)
class Picked:
    """What a form says of datasets."""

    datasets: tuple[Dataset, ...]
    main: Dataset | None
    text: str


def read_picked(posted: QueryDict, work: Work | None) -> Picked:
    """The datasets of a form, those that are public or were chosen before; the only one is the main one."""
    wanted = dict.fromkeys([*posted.getlist("dataset"), *posted.getlist("aggiungi")])
    names = [name for name in wanted if name not in posted.getlist("togli")][:_MOST]
    kept = set(work.datasets.values_list("dataset", flat=True)) if work else set()
    rows = {row.identifier: row for row in Dataset.objects.with_holder().filter(identifier__in=names)}
    found = [rows[name] for name in names if name in rows]
    datasets = tuple(row for row in found if row.is_published or row.pk in kept)
    main = next((row for row in datasets if row.identifier == posted.get("main")), None)
    if main is None and len(datasets) == 1:
        main = datasets[0]
    return Picked(datasets=datasets, main=main, text=posted.get("cerca_dataset", "").strip()[:MAX_CHARACTERS])


def picked_of(work: Work | None, text: str) -> Picked:
    """The datasets of a work as they are kept, with the words that are searched."""
    kept = WorkDataset.objects.filter(work=work, dataset__isnull=False) if work else WorkDataset.objects.none()
    rows = kept.select_related("dataset__rights_holder").order_by("pk")
    datasets = {row: row.dataset for row in rows if row.dataset is not None}
    main = next((dataset for row, dataset in datasets.items() if row.is_main), None)
    return Picked(datasets=tuple(datasets.values()), main=main, text=text.strip()[:MAX_CHARACTERS])


def choices_of(picked: Picked) -> list[Choice]:
    """What the form shows as chosen."""
    cards = {card.identifier: card for card in _cards([row.pk for row in picked.datasets])}
    return [
        Choice(
            identifier=row.identifier,
            title=row.title,
            holder=row.rights_holder.name,
            is_main=row == picked.main,
            card=cards.get(row.identifier),
        )
        for row in picked.datasets
    ]


def found_for(picked: Picked) -> list[Card]:
    """The first datasets of the catalogue that answer to the words, without those that are chosen."""
    if not picked.text:
        return []
    chosen = {row.identifier for row in picked.datasets}
    found = _cards(find(Question(text=picked.text, size=_SHOWN + len(chosen))).ids)
    return [card for card in found if card.identifier not in chosen][:_SHOWN]


def read_elsewhere(text: str) -> tuple[list[Elsewhere], list[str]]:
    """Datasets of other portals, one a line as `title; address; publisher`; and the lines that are not so."""
    good: list[Elsewhere] = []
    bad: list[str] = []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        title, address, publisher = ([part.strip() for part in line.split(";")] + ["", ""])[:3]
        if title and address.startswith(("http://", "https://")) and len(address) <= 1_000:
            good.append(Elsewhere(uri=address, title=title[:500], publisher=publisher[:300]))
        else:
            bad.append(line)
    return good, bad


def elsewhere_text(work: Work) -> str:
    """The datasets of other portals, as `read_elsewhere` reads them."""
    rows = work.datasets.filter(is_portal=False).order_by("pk")
    return "\n".join("; ".join(filter(None, (row.title, row.dataset_uri, row.publisher))) for row in rows)


def _cards(ids: Sequence[int]) -> list[Card]:
    return cards_of(ids, today=timezone.localdate())
