"""The desk's console of events: prepare, change, announce, close, copy."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.people.actors import actor_of
from opentusk.programme import actions
from opentusk.programme.desk_forms import (
    CancelForm,
    CloneForm,
    DeclareForm,
    EditionForm,
    EventForm,
    InviteForm,
    MaterialForm,
    NewEditionForm,
    free_slug,
)
from opentusk.programme.errors import ProgrammeRefusal
from opentusk.programme.models import Edition, Event
from opentusk.programme.opinions import opinions_of
from opentusk.programme.refusals import words_for
from opentusk.programme.states import EVENT_MOVES, EventState

_A_PAGE = 30
_MOVES: dict[str, Callable[..., object]] = {
    "pubblica": actions.publish_event,
    "svolto": actions.hold_event,
    "concludi": actions.close_event,
    "presenze": actions.close_attendance,
}
# what is done -> the name that its form has on the page, and the form
_ASKED: dict[str, tuple[str, type[Form]]] = {
    "annulla": ("cancel", CancelForm),
    "dichiara": ("declare", DeclareForm),
    "copia": ("clone", CloneForm),
}


@never_cache
@for_the_desk
def events(request: HttpRequest) -> HttpResponse:
    """Every event, the last first, of one state when asked; the editions, and a new one."""
    form = NewEditionForm(request.POST or None, initial={"state": Edition.State.RUNNING})
    if request.method == "POST" and form.is_valid():
        actions.create_edition(by=actor_of(request.user), **form.cleaned_data)
        messages.success(request, _("L'edizione c'è: ora puoi preparare i suoi eventi."))
        return redirect("desk_events")
    found = Event.objects.select_related("edition").order_by("-starts_at", "-pk")
    state = request.GET.get("stato", "")
    if state in EventState.values:
        found = found.filter(state=state)
    context = {
        "page": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "states": EventState.choices,
        "state": state,
        "form": form,
        "editions": Edition.objects.order_by("-slug"),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Eventi"), "")],
    }
    return render(request, "programme/desk_events.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an edition."""
    found = get_object_or_404(Edition, slug=slug)
    form = EditionForm(request.POST or None, instance=Edition.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_edition(found, by=actor_of(request.user), **form.cleaned_data)
        messages.success(request, _("Salvato."))
        return redirect("desk_events")
    crumbs = [(_("Scrivania"), "/scrivania"), (_("Eventi"), "/scrivania/eventi"), (found.title, "")]
    context = {"form": form, "edition": found, "crumbs": crumbs}
    return render(request, "programme/desk_edition.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def write(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Prepare an event, or change one."""
    found = get_object_or_404(Event, slug=slug) if slug else None
    form = EventForm(request.POST if request.method == "POST" else None, event=found)
    by = actor_of(request.user)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        try:
            if found is None:
                found = actions.create_event(by=by, slug=free_slug(said["title"]), **said)
            else:
                actions.change_event(found, by=by, **said)
        except ProgrammeRefusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Salvato."))
            return redirect("desk_event", slug=found.slug)
    crumbs = [(_("Scrivania"), "/scrivania"), (_("Eventi"), "/scrivania/eventi")]
    crumbs.append((found.title, "") if found else (_("Nuovo evento"), ""))
    context = {"form": form, "event": found, "crumbs": crumbs}
    return render(request, "programme/desk_write.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as the desk sees it."""
    return desk_page(request, get_object_or_404(Event.objects.select_related("edition"), slug=slug))


@require_POST
@for_the_desk
def change(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """Announce it, say that it took place, close it or its attendance, cancel it, copy it, declare figures."""
    found = get_object_or_404(Event, slug=slug)
    name, asked = _ASKED.get(what, ("", Form))
    form = asked(request.POST)
    if not form.is_valid():
        return desk_page(request, found, **{name: form})
    try:
        found = _changed(request, found, what, form.cleaned_data)
    except ProgrammeRefusal as refusal:
        messages.error(request, words_for(refusal))
    return redirect("desk_event", slug=found.slug)


def desk_page(request: HttpRequest, found: Event, **wrong: Form) -> HttpResponse:
    """The page of one event for the desk, with the form that was filled in wrongly under the name it has there."""
    rows = found.registrations
    declared = {
        "attendance": found.declared_attendance,
        "registrations": found.declared_registrations,
        "source": found.declared_source,
    }
    context = {
        "event": found,
        "moves": EVENT_MOVES[found.state],
        "seated": rows.seated().count(),
        "waiting": rows.in_the_line().count(),
        "came": rows.came().count(),
        "materials": found.materials.order_by("kind", "pk"),
        "helpers": actions.helpers_of(found),
        "opinions": opinions_of(found),
        "form": MaterialForm(),
        "cancel": CancelForm(),
        "clone": CloneForm(initial={"title": found.title}),
        "invite": InviteForm(),
        "declare": DeclareForm(initial=declared),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Eventi"), "/scrivania/eventi"), (found.title, "")],
    }
    return render(request, "programme/desk_event.html", context | wrong, status=400 if wrong else 200)


def _changed(request: HttpRequest, found: Event, what: str, said: dict[str, Any]) -> Event:
    """The event to show next."""
    by = actor_of(request.user)
    if move := _MOVES.get(what):
        move(found, by=by)
    elif what == "annulla":
        actions.cancel_event(found, by=by, **said)
    elif what == "dichiara":
        actions.declare(found, by=by, **said)
    elif what == "copia":
        found = actions.clone_event(found, by=by, slug=free_slug(said["title"]), **said)
    else:
        raise Http404
    messages.success(request, _("Fatto."))
    return found
