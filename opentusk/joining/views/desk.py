"""The console of the regional desk: requests to join, bodies, the texts of the agreement."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.actions import change_agent
from opentusk.bodies.doors import for_the_desk, refusing
from opentusk.bodies.errors import BodiesRefusal
from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_manage_members, is_desk
from opentusk.joining import actions
from opentusk.joining.forms.agents import AgentForm, StateForm
from opentusk.joining.machine import MOVES, waits_for
from opentusk.joining.models import Accreditation, AccreditationStatus
from opentusk.joining.timeline import timeline_of
from opentusk.joining.views.answers import show_refusal
from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of

_PER_PAGE = 30
_HISTORY = 50
# The end of an address -> the state it leads to, and the action.
_CHANGES: dict[str, tuple[Agent.Status, Callable[..., Agent]]] = {
    "sospendi": (Agent.Status.SUSPENDED, actions.suspend),
    "riattiva": (Agent.Status.ACTIVE, actions.reactivate),
    "cessa": (Agent.Status.ENDED, actions.end),
}


@never_cache
@for_the_desk
def accreditations(request: HttpRequest) -> HttpResponse:
    """Every request to join, by state, those that wait longest first."""
    status, text = request.GET.get("stato", ""), request.GET.get("q", "").strip()
    confirmed = Accreditation.objects.confirmed()
    counts = dict(confirmed.values_list("status").annotate(number=Count("pk")))
    found = confirmed.filter(status=status) if status in AccreditationStatus.values else confirmed
    if text:
        found = found.filter(Q(name__icontains=text) | Q(subject_code__icontains=text))
    page = Paginator(found.longest_waiting_first(), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, str(waits_for(row) or "")) for row in page.object_list],
        "counts": [(code, label, counts.get(code, 0)) for code, label in AccreditationStatus.choices],
        "total": sum(counts.values()),
        "status": status,
        "text": text,
        "crumbs": [(_("Redazione"), ""), (_("Adesioni"), "")],
    }
    return render(request, "joining/desk_accreditations.html", context)


@never_cache
@for_the_desk
def agents(request: HttpRequest) -> HttpResponse:
    """Every body with its state."""
    status, text = request.GET.get("stato", ""), request.GET.get("q", "").strip()
    found = Agent.objects.with_published_count().by_name()
    if status in Agent.Status.values:
        found = found.filter(status=status)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(ipa_code__icontains=text))
    context = {
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "statuses": Agent.Status.choices,
        "status": status,
        "text": text,
        "crumbs": [(_("Redazione"), ""), (_("Enti"), "")],
    }
    return render(request, "joining/desk_agents.html", context)


@never_cache
@login_required
@refusing
def agent(request: HttpRequest, slug: str) -> HttpResponse:
    """The data of a body, for the desk and its referente; its state, for the desk."""
    found = get_object_or_404(Agent, slug=slug)
    by = actor_of(request.user)
    if not can_manage_members(by, found):
        raise PermissionDenied("agent")
    form = AgentForm(request.POST) if request.method == "POST" else AgentForm.of(found)
    if request.method == "POST" and form.is_valid():
        change_agent(found, form.cleaned_data, by=by)
        messages.success(request, _("I dati dell'ente sono salvati."))
        return redirect(request.path)
    return _agent_page(request, found, form)


@never_cache
@require_POST
@for_the_desk
@refusing
def change_state(request: HttpRequest, slug: str, change: str) -> HttpResponse:
    """Suspend, reactivate, end."""
    found = get_object_or_404(Agent, slug=slug)
    if change not in _CHANGES:
        raise Http404
    form = StateForm(request.POST, auto_id=f"{change}_%s")
    if form.is_valid():
        try:
            _CHANGES[change][1](found, by=actor_of(request.user), **form.cleaned_data)
        except BodiesRefusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Lo stato dell'ente è cambiato."))
            return redirect("desk_agent", slug=slug)
    found.refresh_from_db()
    return _agent_page(request, found, AgentForm.of(found), wrong=(change, form))


def _agent_page(
    request: HttpRequest, found: Agent, form: AgentForm, wrong: tuple[str, StateForm] | None = None
) -> HttpResponse:
    by = actor_of(request.user)
    context = {
        "agent": found,
        "form": form,
        "wrong": wrong[1] if wrong else None,
        "changes": _changes(found, wrong) if is_desk(by) else [],
        "accreditations": found.accreditations.confirmed().newest_first() if is_desk(by) else [],
        "timeline": timeline_of(Entry.objects.about(found).newest_first()[:_HISTORY]),
        "is_desk": is_desk(by),
        "crumbs": [(_("Redazione"), "/redazione/enti"), (found.name, "")]
        if is_desk(by)
        else [(_("Enti"), "/enti"), (found.name, f"/enti/{found.slug}"), (_("Dati dell'ente"), "")],
    }
    return render(request, "joining/agent.html", context, status=400 if wrong or form.errors else 200)


def _changes(found: Agent, wrong: tuple[str, StateForm] | None) -> list[dict[str, Any]]:
    """The changes of state that are possible now, each with its form."""
    titles = {"sospendi": _("Sospendi l'ente"), "riattiva": _("Riattiva l'ente"), "cessa": _("Chiudi l'adesione")}
    today: date = timezone.localdate()
    return [
        {
            "slug": slug,
            "title": titles[slug],
            "form": wrong[1] if wrong and wrong[0] == slug else StateForm(initial={"on": today}, auto_id=f"{slug}_%s"),
            "is_wrong": bool(wrong and wrong[0] == slug),
        }
        for slug, (status, _action) in _CHANGES.items()
        if (AccreditationStatus(found.status), AccreditationStatus(status)) in MOVES
    ]
