"""The second person: the queue, and the page where one approves or sends back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.bodies.permissions import can_manage_members, writable_agents
from opentusk.catalog.forecast import forecast
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.permissions import editable_datasets
from opentusk.catalog.records import to_record
from opentusk.editorial import actions
from opentusk.editorial.authorship import corrections_after, may_approve
from opentusk.editorial.forms import NoteForm
from opentusk.editorial.panel import files_of
from opentusk.editorial.views.opening import REFUSALS, crumbs, dataset_of, words_of
from opentusk.people.actors import actor_of


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, the oldest first; and which bodies ask for one."""
    by = actor_of(request.user)
    holds = Hold.objects.still_open().of_kind(Hold.Kind.REVIEW).oldest_first()
    mine = holds.filter(dataset__in=editable_datasets(by), facts__is_asked=True)
    agents = [agent for agent in writable_agents(by).select_related("review_policy") if can_manage_members(by, agent)]
    context = {
        "waiting": [(hold, may_approve(by, hold)) for hold in mine.select_related("dataset__rights_holder", "version")],
        "agents": agents,
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Revisioni"), "")],
    }
    return render(request, "editorial/queue.html", context)


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The dataset as the reviewer must see it, and what each of the two may do."""
    dataset = dataset_of(request, pk)
    by = actor_of(request.user)
    form = NoteForm(request.POST if request.method == "POST" else None)
    holds = _reviews(dataset)
    if form.is_valid():
        try:
            return _do(request, dataset, holds, form.cleaned_data["note"])
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
    record = to_record(dataset)
    context = {
        "dataset": dataset,
        "record": record,
        "form": form,
        "holds": holds,
        "corrections": [one for hold in holds for one in corrections_after(hold)],
        "may_decide": any(may_approve(by, hold) for hold in holds),
        "files": files_of(dataset),
        "forecast": forecast(record, dataset),
        "crumbs": crumbs(dataset, _("Revisione")),
    }
    return render(request, "editorial/review.html", context, status=409 if form.errors else 200)


@login_required
@require_POST
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for reviews of what a body publishes, or stop asking."""
    by = actor_of(request.user)
    agent = get_object_or_404(writable_agents(by), pk=pk)
    try:
        actions.set_policy(agent, wanted=request.POST.get("wanted") == "1", by=by)
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    return redirect("review_queue")


def _do(request: HttpRequest, dataset: Dataset, holds: list[Hold], note: str) -> HttpResponse:
    by = actor_of(request.user)
    if "ask" in request.POST:
        actions.ask_review(dataset, by=by, note=note)
        messages.success(request, _("Revisione chiesta: la vede chi può approvare nel tuo ente."))
        return redirect("edit_dataset", dataset.pk)
    for hold in holds:
        if "approve" in request.POST:
            actions.approve(hold, by=by, note=note)
        else:
            actions.send_back(hold, by=by, note=note)
    messages.success(request, _("Approvato.") if "approve" in request.POST else _("Rimandato con il tuo messaggio."))
    return redirect("review_queue")


def _reviews(dataset: Dataset) -> list[Hold]:
    holds = Hold.objects.still_open().of_kind(Hold.Kind.REVIEW).filter(dataset=dataset).oldest_first()
    return list(holds.select_related("dataset__rights_holder", "version"))
