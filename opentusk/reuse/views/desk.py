"""The desk's console of reuses."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.people.actors import actor_of
from opentusk.reuse import actions
from opentusk.reuse.errors import ReuseRefusal
from opentusk.reuse.forms import ReasonForm
from opentusk.reuse.models import Work
from opentusk.reuse.refusals import words_for
from opentusk.reuse.states import WorkState

_PER_PAGE = 30


@never_cache
@for_the_desk
def works(request: HttpRequest) -> HttpResponse:
    """Every work by state; without a choice, those that wait, oldest first."""
    state = request.GET.get("stato", WorkState.PROPOSED)
    if state not in WorkState.values:
        state = WorkState.PROPOSED
    counts = dict(Work.objects.values_list("state").annotate(number=Count("pk")))
    found = Work.objects.filter(state=state).prefetch_related("datasets__dataset").order_by("proposed_at", "pk")
    context = {
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "states": [(code, label, counts.get(code, 0)) for code, label in WorkState.choices],
        "state": state,
        "form": ReasonForm(),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Riusi"), "")],
    }
    return render(request, "reuse/desk.html", context)


@require_POST
@for_the_desk
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Publish, refuse or archive."""
    work, by = get_object_or_404(Work, pk=pk), actor_of(request.user)
    reason = request.POST.get("reason", "")[:500]
    try:
        match what:
            case "pubblica":
                actions.publish_work(work, by=by)
            case "rifiuta":
                actions.refuse_work(work, by=by, reason=reason)
            case "archivia":
                actions.archive_work(work, by=by, reason=reason)
            case _:
                raise Http404
    except ReuseRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Fatto."))
    return redirect("desk_works")
