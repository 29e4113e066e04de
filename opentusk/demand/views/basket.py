"""The basket, for everybody: what is wanted, what became of it, and who answers."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.demand.asking import Question, read_question
from opentusk.demand.counting import counts_of
from opentusk.demand.exporting import csv_answer, proponent_of, rows_of
from opentusk.demand.forms.wishing import theme_choices
from opentusk.demand.histories import history_of
from opentusk.demand.models import Basket, Endorsement, WantedDataset, WantedDatasetLink
from opentusk.demand.permissions import can_edit
from opentusk.demand.states import Origin, State
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import cards_of
from opentusk.people.actors import actor_of

_PER_PAGE, _PER_CALL = 30, 200


@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """Every wish that counts, with filters; figures and list come from the same question."""
    question = read_question(request.GET)
    context = _answer(request, question) | {"crumbs": [(_("Paniere"), "")]}
    return render(request, "demand/basket.html", context)


@require_safe
def basket_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a file."""
    return csv_answer(read_question(request.GET).wishes(), name="paniere.csv")


@require_safe
def basket_json(request: HttpRequest) -> JsonResponse:
    """The same list for programs, a page at a time, with the same figures."""
    question = read_question(request.GET)
    wishes = question.wishes()
    page = Paginator(wishes.in_order(), _PER_CALL).get_page(request.GET.get("page"))
    counts = counts_of(wishes)
    following = f"{request.path}?{question.query()}&page={page.next_page_number()}" if page.has_next() else None
    keys = [item.pk for item in page.object_list]
    return JsonResponse(
        {
            "total": counts.total,
            "by_theme": counts.by_theme,
            "by_origin": counts.by_origin,
            "by_state": counts.by_state,
            "items": list(rows_of(WantedDataset.objects.filter(pk__in=keys))),
            "next": request.build_absolute_uri(following) if following else None,
        }
    )


@require_safe
def of_body(request: HttpRequest, slug: str) -> HttpResponse:
    """What a body was asked for."""
    agent = get_object_or_404(Agent, slug=slug)
    said = request.GET.copy()
    said["ente"] = slug
    crumbs = [(_("Paniere"), reverse("basket")), (agent.name, "")]
    return render(
        request, "demand/basket.html", _answer(request, read_question(said)) | {"agent": agent, "crumbs": crumbs}
    )


@require_safe
def item(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """One wish: where it is, what happened, who wants it and why, and the datasets that answer."""
    wishes = WantedDataset.objects.shown().of_edition(edition).in_order().select_related("table__datalab")
    found = get_object_or_404(wishes, number=number)
    links = found.links.select_related("dataset").order_by("linked_at")
    context = {
        "item": found,
        "proponent": proponent_of(found),
        "producers": found.producers.by_name(),
        "reasons": found.use_cases.filter(is_hidden=False).order_by("created_at"),
        "links": [(link, link.broken_at is None and _is_public(link.dataset)) for link in links],
        "merged": found.merged.filter(is_hidden=False).order_by("number"),
        "support": None if _hides_support(edition) else Endorsement.objects.on(reference_of(found)).count(),
        "history": history_of(found),
        "reference": reference_of(found),
        "can_work": can_edit(actor_of(request.user), found),
        "crumbs": [(_("Paniere"), reverse("basket")), (_("Voce n. %(number)s") % {"number": number}, "")],
    }
    return render(request, "demand/item.html", context)


def _hides_support(edition: str) -> bool:
    """Whether a consultation of the edition shows at its end only how many support what: then no page does before."""
    consultations = cards_of("consultation.consultation")
    return any(card.is_public and card.edition == edition and card.facts["hides_counts"] for card in consultations)


def _answer(request: HttpRequest, question: Question) -> dict[str, Any]:
    wishes = question.wishes()
    links = Prefetch("links", WantedDatasetLink.objects.holding().select_related("dataset"))
    page = Paginator(wishes.in_order().prefetch_related(links), _PER_PAGE).get_page(request.GET.get("page"))
    themes, counts = dict(theme_choices()), counts_of(wishes)
    assigned = WantedDataset.objects.shown().filter(assigned_body__isnull=False).values("assigned_body")
    return {
        "question": question,
        "page": page,
        "counts": counts,
        "waiting": question.waiting().count(),
        "by_theme": [(code, themes.get(code, _("senza tema")), n) for code, n in counts.by_theme.items()],
        "by_state": [(code, State(code).label, n) for code, n in counts.by_state.items()],
        "by_origin": [(code, Origin(code).label, n) for code, n in counts.by_origin.items()],
        "editions": Basket.objects.order_by("-edition").values_list("edition", flat=True),
        "themes": list(themes.items()),
        "origins": Origin.choices,
        "states": State.choices,
        "bodies": Agent.objects.filter(pk__in=assigned).by_name(),
        "today": timezone.localdate(),
    }


def _is_public(dataset: Dataset | None) -> bool:
    return dataset is not None and dataset.status == Dataset.Status.PUBLISHED
