"""What waits for a person who comes back after months: drafts, holds, late data, links that no longer answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.catalog.models import Dataset, DatasetQuerySet, Hold
from opentusk.catalog.refusals import way_out
from opentusk.journal.actors import Actor
from opentusk.notices.lateness import verdict_of
from opentusk.publishing.models import Guide
from opentusk.publishing.progress import StepState, next_step, steps_of
from opentusk.quality.models import UrlCheck
from opentusk.quality.permissions import can_decide, visible_cases
from opentusk.ui.speech import spoken_day

_MOST = 8
# The oldest data of a body; who has more than these has more than a list to go through.
_LOOKED_AT = 300


@dataclass(frozen=True)
class Task:
    """Something to do: what it is about, why, where it is done, what the link says, and how much it presses."""

    title: str
    words: str
    address: str
    action: str
    severity: str = "minor"


def tasks_of(datasets: DatasetQuerySet, by: Actor) -> list[Task]:
    """What these datasets wait for, and what waits for a decision of this person, the most pressing first."""
    return [*_decisions(by), *_held(datasets), *_drafts(datasets), *_late(datasets), *_broken(datasets)]


def _decisions(by: Actor) -> Iterable[Task]:
    """The cases of personal data that nobody else decides."""
    cases = visible_cases(by).waiting().with_everything().oldest_first()
    for case in [case for case in cases[:_LOOKED_AT] if can_decide(by, case)][:_MOST]:
        words = _("Forse nel file ci sono dati personali: nessuno lo vede finché non decidi tu.")
        yield Task(_title(case.dataset), words, reverse("privacy_case", args=[case.pk]), _("Decidi"), "blocks")


def _drafts(datasets: DatasetQuerySet) -> Iterable[Task]:
    mine = datasets.filter(status=Dataset.Status.DRAFT, published_at__isnull=True, origin="").with_holder()
    for dataset in mine.order_by("-metadata_modified_at")[:_MOST]:
        guide = Guide.objects.filter(dataset=dataset).first() or Guide(dataset=dataset, way=Guide.Way.OTHER)
        guide.dataset = dataset
        step = next_step(steps_of(guide))
        words = _("Bozza. Prossimo passo: %(step)s (%(words)s).") % {"step": step.title.lower(), "words": step.words}
        severity = "blocks" if step.state is StepState.STOPPED else "minor"
        yield Task(_title(dataset), words, step.address, _("Continua"), severity)


def _held(datasets: DatasetQuerySet) -> Iterable[Task]:
    """New versions of public datasets that something stops; those of drafts are told with the draft."""
    public = datasets.filter(status=Dataset.Status.PUBLISHED)
    holds = Hold.objects.still_open().filter(dataset__in=public, version__isnull=False)
    waiting = holds.exclude(kind=Hold.Kind.EXAMINATION).select_related("dataset", "version").oldest_first()
    for hold in waiting[:_MOST]:
        yield Task(
            _title(hold.dataset),
            way_out(hold),
            _place_of(hold),
            _("Guarda"),
            "blocks",
        )


def _place_of(hold: Hold) -> str:
    """Where something is done about what stops new data."""
    if hold.kind == Hold.Kind.DECLARATION:
        return reverse("guide_step", args=[hold.dataset_id, "dichiarazione"])
    return reverse("renew", args=[hold.dataset_id])


def _late(datasets: DatasetQuerySet) -> Iterable[Task]:
    """Public datasets whose data are older than what was promised."""
    today = timezone.localdate()
    public = datasets.filter(status=Dataset.Status.PUBLISHED, origin="").exclude(modified="").order_by("modified")
    verdicts = ((verdict_of(dataset, today=today), dataset) for dataset in public[:_LOOKED_AT])
    late = [(verdict.due_on, dataset) for verdict, dataset in verdicts if verdict.is_late and verdict.due_on]
    for due_on, dataset in sorted(late, key=lambda pair: pair[0])[:_MOST]:
        words = _("Dati attesi entro il %(day)s.") % {"day": spoken_day(due_on)}
        yield Task(_title(dataset), words, reverse("renew", args=[dataset.pk]), _("Aggiorna i dati"), "major")


def _broken(datasets: DatasetQuerySet) -> Iterable[Task]:
    public = datasets.filter(status=Dataset.Status.PUBLISHED, origin="")
    failing = UrlCheck.objects.failing().filter(datasets__in=public).prefetch_related("datasets").distinct()
    for check in failing.order_by("since")[:_MOST]:
        dataset = check.datasets.all()[0]
        words = _("Questo indirizzo non risponde più: %(url)s") % {"url": check.url}
        yield Task(
            _title(dataset),
            words,
            reverse("edit_dataset", args=[dataset.pk]) + "#file",
            _("Correggi l'indirizzo"),
            "major",
        )


def _title(dataset: Dataset) -> str:
    return dataset.title or dataset.identifier
