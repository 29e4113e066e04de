"""Links: those of one dataset for who looks after it, and those that do not answer, body by body."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.bodies.models import Agent
from opentusk.catalog.models import DatasetQuerySet
from opentusk.catalog.permissions import editable_datasets
from opentusk.people.actors import actor_of
from opentusk.quality.actions import ask_for_check
from opentusk.quality.errors import TooSoon
from opentusk.quality.link_rows import advice_for, links_of, result_words, state_words
from opentusk.quality.models import UrlCheck

_PER_PAGE = 30


@login_required
def dataset_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Every address of a dataset: its state, its last checks, what was found against what was declared."""
    dataset = get_object_or_404(editable_datasets(actor_of(request.user)).with_holder(), pk=pk)
    context = {
        "dataset": dataset,
        "links": links_of(dataset),
        "crumbs": [
            (_("Scrivania"), "/scrivania"),
            (dataset.title or dataset.identifier, f"/scrivania/dataset/{pk}"),
            (_("Collegamenti"), ""),
        ],
    }
    return render(request, "quality/links.html", context)


@login_required
@require_POST
def check_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the addresses of a dataset asked now."""
    by = actor_of(request.user)
    dataset = get_object_or_404(editable_datasets(by).with_holder(), pk=pk)
    try:
        ask_for_check(dataset, by=by)
    except TooSoon as refusal:
        words = _("Gli indirizzi sono stati controllati un momento fa: riprova fra %(seconds)s secondi.")
        messages.warning(request, words % {"seconds": refusal.seconds})
    else:
        messages.success(request, _("Il controllo è partito: ricarica la pagina fra qualche secondo."))
    return redirect("dataset_links", pk)


@login_required
def broken_links(request: HttpRequest) -> HttpResponse:
    """The addresses that do not answer, of all bodies one looks after or of one of them."""
    mine = editable_datasets(actor_of(request.user)).published()
    bodies = _bodies_with_broken_links(mine)
    chosen = bodies.filter(slug=request.GET.get("ente", "")).first()
    found = UrlCheck.objects.failing().of_datasets(mine.of(chosen) if chosen else mine).longest_first()
    found = found.prefetch_related(Prefetch("datasets", mine.with_holder(), to_attr="offering"))
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(check) for check in page.object_list],
        "bodies": bodies,
        "chosen": chosen,
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Collegamenti che non rispondono"), "")],
    }
    return render(request, "quality/broken_links.html", context)


def _bodies_with_broken_links(datasets: DatasetQuerySet) -> QuerySet[Agent]:
    """The bodies of these datasets that have such addresses, with how many; the worst first."""
    is_broken = Q(datasets__in=datasets, datasets__url_checks__state=UrlCheck.State.FAILING)
    counted = Agent.objects.annotate(broken=Count("datasets__url_checks", filter=is_broken, distinct=True))
    return counted.filter(broken__gt=0).order_by("-broken", "name")


def _row(check: UrlCheck) -> dict[str, object]:
    words, mark = state_words(check)
    return {
        "check": check,
        "words": words,
        "mark": mark,
        "result": result_words(check),
        "advice": list(advice_for(check)),
    }
