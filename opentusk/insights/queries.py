"""What the indicators ask: one function each, from codes of a dimension to values; `""` is the whole."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any, TypeVar

from django.db.models import Avg, Count, F, Model, QuerySet, Sum
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.comments.models import Comment
from opentusk.consultation.models import MilestoneReport
from opentusk.demand.models import Basket, Endorsement, WantedDataset, WantedDatasetLink
from opentusk.demand.states import ANSWERED, Origin, State
from opentusk.demand.words import THEME_CODES
from opentusk.hackathon.models import Team
from opentusk.hackathon.states import TeamState
from opentusk.insights import worlds
from opentusk.programme.models import Event, Feedback, Registration
from opentusk.programme.states import EventKind, EventState, RegistrationState
from opentusk.reuse.models import Work
from opentusk.reuse.states import WorkState

M = TypeVar("M", bound=Model)
Values = dict[str, float | int | None]
_MOST_REUSED = 10
_A_YEAR = timedelta(days=365)


def bodies_accredited(with_demo: bool) -> Values:
    """Bodies that joined and publish."""
    return {"": _real(Agent.objects.joined().active(), with_demo).count()}


def people_by_world(with_demo: bool) -> Values:
    """Accounts in use, by world."""
    return dict(worlds.people_by_world(with_demo=with_demo))


def events_by_kind(with_demo: bool) -> Values:
    """Events that took place or will, by kind."""
    events = _real(Event.objects.exclude(state__in=(EventState.DRAFT, EventState.CANCELLED)), with_demo)
    return _counted(events.values_list("kind", flat=True), EventKind.values)


def registrations(with_demo: bool) -> Values:
    """Registrations that stand or stood."""
    given = Registration.objects.exclude(state__in=(RegistrationState.PENDING, RegistrationState.CANCELLED))
    return {"": _real(given, with_demo).count()}


def attendance_counted(with_demo: bool) -> Values:
    """People counted at the door."""
    return {"": _real(Registration.objects.came(), with_demo).count()}


def attendance_declared(with_demo: bool) -> Values:
    """People that the organisers declared; never added to the counted ones."""
    return {"": _real(Event.objects.public(), with_demo).aggregate(sum=Sum("declared_attendance"))["sum"]}


def satisfaction(with_demo: bool) -> Values:
    """How useful events were to who answered, from 1 to 5."""
    mean = _real(Feedback.objects.all(), with_demo).aggregate(mean=Avg("useful"))["mean"]
    return {"": None if mean is None else round(mean, 2)}


def basket_by_origin(with_demo: bool) -> Values:
    """The basket, by where wishes come from."""
    return _counted(_basket(with_demo).values_list("origin", flat=True), Origin.values)


def basket_by_theme(with_demo: bool) -> Values:
    """The basket, by main theme."""
    return _counted(_basket(with_demo).values_list("primary_theme", flat=True), THEME_CODES)


def share_assigned(with_demo: bool) -> Values:
    """Of the basket, what some body works on or has worked on."""
    basket = _basket(with_demo)
    return {"": _share(basket.filter(assigned_body__isnull=False).count(), basket.count())}


def share_published(with_demo: bool) -> Values:
    """Of the basket, what a dataset answers."""
    basket = _basket(with_demo)
    return {"": _share(basket.filter(state__in=ANSWERED).count(), basket.count())}


def days_to_assignment(with_demo: bool) -> Values:
    """Days from the wish to its body: half of the wishes took fewer."""
    return {"": _median_days(_basket(with_demo).filter(assigned_at__isnull=False), "assigned_at")}


def days_to_publication(with_demo: bool) -> Values:
    """Days from the wish to its dataset: half of the wishes took fewer."""
    return {"": _median_days(_basket(with_demo).filter(published_at__isnull=False), "published_at")}


def refusals_by_reason(with_demo: bool) -> Values:
    """Wishes that were not taken up, by reason."""
    refused = _real(WantedDataset.objects.shown().filter(state=State.REFUSED), with_demo)
    return _counted(refused.values_list("refusal_reason", flat=True), ())


def comments(with_demo: bool) -> Values:
    """Comments that everybody reads; what the bodies' people write among themselves is not counted here."""
    return {"": _public_comments(with_demo).count()}


def endorsements(with_demo: bool) -> Values:
    """Endorsements that people gave here."""
    return {"": _real(Endorsement.objects.all(), with_demo).count()}


def endorsements_imported(with_demo: bool) -> Values:
    """Endorsements that were counted on other platforms: nobody can say of whom, so they are added to nothing."""
    return {"": _basket(with_demo).aggregate(sum=Sum("imported_support"))["sum"] or 0}


def participants(with_demo: bool) -> Values:
    """Different people who endorsed or commented here; who wrote what was taken over from elsewhere is not known."""
    given = _real(Endorsement.objects.all(), with_demo).values_list("person_key", flat=True)
    written = _public_comments(with_demo).filter(origin="").values_list("person_key", flat=True)
    return {"": len({*given, *written})}


def teams(with_demo: bool) -> Values:
    """Teams of the hackathons."""
    return {"": _real(Team.objects.exclude(state=TeamState.WITHDRAWN), with_demo).count()}


def works(with_demo: bool) -> Values:
    """Works in the gallery."""
    return {"": _real(Work.objects.published(), with_demo).count()}


def datasets_reused(with_demo: bool) -> Values:
    """Different datasets that something was made with."""
    return {"": _reused(with_demo).count()}


def most_reused(with_demo: bool) -> Values:
    """The ten datasets with most works."""
    counted = _reused(with_demo).annotate(made=Count("works__work", distinct=True)).order_by("-made", "identifier")
    return dict(counted.values_list("identifier", "made")[:_MOST_REUSED])


def bodies_reused(with_demo: bool) -> Values:
    """Different bodies whose data something was made with."""
    return {"": _reused(with_demo).values("rights_holder").distinct().count()}


def works_alive(with_demo: bool) -> Values:
    """Of the works published a year ago or earlier, those still in the gallery."""
    old = _real(Work.objects.visible().filter(published_at__lt=timezone.now() - _A_YEAR), with_demo)
    return {"": _share(old.filter(state=WorkState.PUBLISHED).count(), old.count())}


def datasets_because_of_the_basket(with_demo: bool) -> Values:
    """Different public datasets that answer a wish made before they were published."""
    asked = WantedDatasetLink.objects.holding().filter(item__created_at__lt=F("dataset__published_at"))
    chosen = asked if with_demo else asked.filter(item__is_demo=False)
    return {"": chosen.values("dataset").distinct().count()}


def milestone_datalab(with_demo: bool) -> Values:
    """The basket in the frozen report after the datalabs, by edition."""
    return _milestones(MilestoneReport.Kind.DATALAB, with_demo)


def milestone_consultation(with_demo: bool) -> Values:
    """The basket in the frozen report after the consultation, by edition."""
    return _milestones(MilestoneReport.Kind.CONSULTATION, with_demo)


def basket_now(with_demo: bool) -> Values:
    """The basket at this instant, by edition: the rows say the same as the journal that reports are read from."""
    real = WantedDataset.objects.filter(is_demo=False).values("basket")
    baskets = Basket.objects.all() if with_demo else Basket.objects.filter(pk__in=real)
    editions = baskets.order_by("edition").values_list("edition", flat=True)
    return {edition: WantedDataset.objects.of_edition(edition).in_the_basket().count() for edition in editions}


def _real(rows: QuerySet[M], with_demo: bool) -> QuerySet[M]:
    """Without invented rows, unless asked."""
    return rows if with_demo else rows.filter(is_demo=False)


def _basket(with_demo: bool) -> QuerySet[WantedDataset]:
    return _real(WantedDataset.objects.in_the_basket(), with_demo)


def _public_comments(with_demo: bool) -> QuerySet[Comment]:
    return _real(Comment.objects.visible().exclude(subject__startswith="community."), with_demo)


def _reused(with_demo: bool) -> QuerySet[Dataset]:
    shown = _real(Work.objects.published(), with_demo)
    return Dataset.objects.filter(works__work__in=shown).distinct()


def _counted(values: Iterable[str], keys: Iterable[str]) -> Values:
    found = Counter(values)
    return {key: found[key] for key in dict.fromkeys((*keys, *sorted(found)))}


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None


def _median_days(items: QuerySet[WantedDataset], until: str) -> float | None:
    spans: list[tuple[datetime, Any]] = list(items.values_list("created_at", until))
    return round(median((end - start).total_seconds() / 86_400 for start, end in spans), 2) if spans else None


def _milestones(kind: str, with_demo: bool) -> Values:
    reports = _real(MilestoneReport.objects.filter(kind=kind), with_demo).order_by("as_of")
    return {report.edition: json.loads(report.counts)["basket"] for report in reports}
