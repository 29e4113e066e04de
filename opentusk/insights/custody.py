"""The line of custody: everything that became of one wish, from the card on a table to the prize of who reused it.

Each step is read from the room that it happened in; what has not happened yet is a step without a date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opentusk.catalog.models import Dataset
from opentusk.comments.models import Comment
from opentusk.comments.threads import count_of
from opentusk.consultation.models import Consultation
from opentusk.demand.events import DemandEvent
from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.demand.states import Origin
from opentusk.files.models import FileVersion
from opentusk.hackathon.models import Award, RankedEntry
from opentusk.hackathon.states import HackathonState
from opentusk.journal.models import Entry, reference_of
from opentusk.journal.subjects import card_of
from opentusk.quality.models import DatasetScore
from opentusk.reuse.models import Work
from opentusk.tables.models import Table
from opentusk.ui.speech import band_words, spoken_day

_BEGUN = frozenset({Consultation.Phase.OPEN, Consultation.Phase.CLOSED, Consultation.Phase.REPORTED})


@dataclass(frozen=True)
class Line:
    """One thing that a step says, and the page that shows it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the way. `at` is when it happened, where that is known; without lines it has not happened yet."""

    code: str
    label: str | Promise
    lines: tuple[Line, ...] = ()
    at: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether it has happened."""
        return bool(self.lines)


def steps_of(item: WantedDataset) -> list[Step]:
    """The seven steps of one wish, those that have not happened too."""
    happened = _happened(item)
    datasets = [link.dataset for link in item.links.holding().select_related("dataset") if link.dataset]
    works = _works_with(datasets)
    return [
        _card(item),
        _basket(item, happened),
        _consultation(item, happened),
        _assignment(item, happened),
        _dataset(item, datasets, happened),
        _reuse(works),
        _ranking(works),
    ]


def wishes_answered_by(dataset: Dataset) -> list[WantedDataset]:
    """The wishes that a dataset answers, for its page."""
    answered = WantedDataset.objects.shown().filter(links__dataset=dataset, links__broken_at__isnull=True)
    return list(answered.in_order().distinct())


def _happened(item: WantedDataset) -> dict[str, datetime]:
    """When each thing first happened to the wish."""
    entries = Entry.objects.about(item).values_list("event").annotate(first=Min("at"))
    return dict(entries.order_by())


def _card(item: WantedDataset) -> Step:
    card = card_of(item.event) if item.event else None
    lines = [Line(str(Origin(item.origin).label).capitalize())]
    if card is not None and card.is_public:
        lines.append(Line(card.title, card.url))
    elif item.event_title:
        lines.append(Line(item.event_title))
    if item.table is not None:
        lines.append(Line(_("Tavolo %(number)s") % {"number": item.table.number}))
    return Step("card", gettext_lazy("La carta sul tavolo"), tuple(lines), item.created_at)


def _basket(item: WantedDataset, happened: dict[str, datetime]) -> Step:
    label = gettext_lazy("Il paniere")
    if item.merged_into is not None:
        other = item.merged_into
        if other.is_hidden:
            return Step("basket", label, (), item.merged_at)
        words = _("Unita alla voce n. %(number)s: %(title)s") % {"number": other.number, "title": other.title}
        return Step("basket", label, (Line(words, f"{_page_of(other)}/percorso"),), item.merged_at)
    at = happened.get(DemandEvent.ACCEPTED)
    if at is None and not item.counts:
        return Step("basket", label)
    words = _("Voce n. %(number)s del paniere") % {"number": item.number}
    return Step("basket", label, (Line(words, _page_of(item)),), at or item.created_at)


def _consultation(item: WantedDataset, happened: dict[str, datetime]) -> Step:
    """The consultations in which people read the wish, from when the first of them said something of it."""
    label, now = gettext_lazy("La consultazione"), timezone.now()
    everyone = Consultation.objects.public().filter(edition=item.basket.edition).order_by("opens_at", "pk")
    came = {one: _came_before_people(item, one, happened) for one in everyone if one.phase(now) in _BEGUN}
    held = [one for one, at in came.items() if at is not None]
    if not held:
        return Step("consultation", label)
    lines = [Line(f"{one.title} ({one.Phase(one.phase(now)).label})", f"/consultazioni/{one.slug}") for one in held]
    subject, said = reference_of(item), list[datetime]()
    if all(one.shows_counts(now) for one in held):
        said = _first_said(subject, happened)
        support = Endorsement.objects.on(subject).count()
        lines.append(Line(ngettext("%(n)s sostegno", "%(n)s sostegni", support) % {"n": support}))
        if given := item.imported_support:
            words = ngettext("%(n)s sostegno da un'altra piattaforma", "%(n)s sostegni da un'altra piattaforma", given)
            lines.append(Line(words % {"n": given}))
    else:
        lines.append(Line(_("I sostegni si vedono alla fine della consultazione")))
    comments = count_of(subject)
    lines.append(Line(ngettext("%(n)s commento", "%(n)s commenti", comments) % {"n": comments}))
    first = [at for one, at in came.items() if at and item.consultation == reference_of(one)] + said
    return Step("consultation", label, tuple(lines), min(first, default=came[held[0]]))


def _came_before_people(
    item: WantedDataset, consultation: Consultation, happened: dict[str, datetime]
) -> datetime | None:
    """From when the wish could be read in a consultation; None when it came into the basket after the closing."""
    opens, closes = consultation.opens_at, consultation.closes_at
    if opens is None or closes is None:
        return None
    if item.consultation == reference_of(consultation):
        # What was taken over from another platform was written here later: of it only the opening is known.
        return item.created_at if opens <= item.created_at < closes else opens
    came = happened.get(DemandEvent.ACCEPTED) or (item.created_at if item.counts else None)
    return max(came, opens) if came is not None and came < closes else None


def _first_said(subject: str, happened: dict[str, datetime]) -> list[datetime]:
    """When people first supported the wish, or wrote under it: also what came with a merger."""
    first = (
        happened.get(DemandEvent.ENDORSED),
        Endorsement.objects.on(subject).aggregate(first=Min("created_at"))["first"],
        Comment.objects.on(subject).visible().aggregate(first=Min("created_at"))["first"],
    )
    return [moment for moment in first if moment is not None]


def _assignment(item: WantedDataset, happened: dict[str, datetime]) -> Step:
    label = gettext_lazy("L'ente che se ne occupa")
    if item.refusal_reason and item.public_answer:
        words = _("Non accolta: %(reason)s.") % {"reason": item.get_refusal_reason_display()}
        return Step("assignment", label, (Line(words), Line(item.public_answer)), happened.get(DemandEvent.REFUSED))
    if item.assigned_body is None:
        return Step("assignment", label)
    lines = [Line(item.assigned_body.name, f"/enti/{item.assigned_body.slug}")]
    if item.due_on:
        lines.append(Line(_("Da pubblicare entro il %(day)s") % {"day": spoken_day(item.due_on)}))
    if item.is_late:
        lines.append(Line(_("Oltre il termine")))
    return Step("assignment", label, tuple(lines), item.assigned_at)


def _dataset(item: WantedDataset, datasets: list[Dataset], happened: dict[str, datetime]) -> Step:
    label = gettext_lazy("Il dataset pubblicato")
    lines = [line for dataset in datasets for line in _lines_of(dataset)]
    return Step("dataset", label, tuple(lines), item.published_at or happened.get(DemandEvent.PUBLISHED))


def _lines_of(dataset: Dataset) -> Iterable[Line]:
    page = f"/dataset/{dataset.slug}"
    yield Line(dataset.title, page)
    newest = FileVersion.objects.public().filter(series__distribution__dataset=dataset).newest_first().first()
    if newest is not None:
        yield Line(_("Versione %(number)s dei file, scaricabile") % {"number": newest.number}, f"{page}#file")
    score = DatasetScore.objects.filter(dataset=dataset).first()
    if score is not None:
        words = {"points": score.total, "band": band_words(score.band)}
        yield Line(_("Qualità della descrizione: %(points)s punti su 405 (%(band)s)") % words)
    if Table.objects.of_dataset(dataset).public().exists():
        yield Line(_("Interrogabile dai programmi"), "/sviluppatori/dati")


def _works_with(datasets: list[Dataset]) -> list[Work]:
    return list(
        Work.objects.published().filter(datasets__dataset__in=datasets).distinct().order_by("published_at", "pk")
    )


def _reuse(works: list[Work]) -> Step:
    lines = tuple(Line(f"{work.title} ({work.get_kind_display()})", f"/riusi/{work.slug}") for work in works)
    return Step("reuse", gettext_lazy("Chi ci ha fatto qualcosa"), lines, works[0].published_at if works else None)


def _ranking(works: list[Work]) -> Step:
    shown = {"entry__work__in": works, "hackathon__state": HackathonState.PUBLISHED}
    places = RankedEntry.objects.filter(**shown).select_related("hackathon", "entry__team", "entry__work")
    lines = [
        Line(
            _("%(work)s: %(rank)s° posto con %(points)s punti, %(hackathon)s")
            % {"work": one.entry.work.title, "rank": one.rank, "points": one.points, "hackathon": one.hackathon.title},
            f"/hackathon/{one.hackathon.slug}",
        )
        for one in places
    ]
    awards = Award.objects.filter(**shown).select_related("hackathon", "entry__work").order_by("pk")
    lines += [Line(f"{one.label}: {one.entry.work.title}", f"/hackathon/{one.hackathon.slug}") for one in awards]
    return Step("ranking", gettext_lazy("La classifica"), tuple(lines))


def _page_of(item: WantedDataset) -> str:
    return f"/paniere/{item.basket.edition}/{item.number}"
