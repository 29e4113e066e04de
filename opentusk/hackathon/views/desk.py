"""The desk's console of a hackathon: preparing, phases, entries, mentors."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.hackathon import actions, desk_forms
from opentusk.hackathon.errors import HackathonRefusal
from opentusk.hackathon.exporting import TABLES
from opentusk.hackathon.models import Entry, Hackathon
from opentusk.hackathon.refusals import LACKING, words_for
from opentusk.hackathon.states import HACKATHON_MOVES, HackathonState
from opentusk.journal.models import reference_of
from opentusk.people.actors import actor_of
from opentusk.people.models import RoleGrant
from opentusk.reuse.views.gallery import table

_RESULTS = {HackathonState.DELIBERATED, HackathonState.PUBLISHED}


@never_cache
@for_the_desk
def hackathons(request: HttpRequest) -> HttpResponse:
    """Every hackathon, and a new one."""
    form = desk_forms.BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_hackathon(by=actor_of(request.user), **form.cleaned_data)
        return redirect("desk_hackathon_settings", made.slug)
    context = {
        "form": form,
        "hackathons": Hackathon.objects.order_by("-pk"),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Hackathon"), "")],
    }
    return render(request, "hackathon/desk_hackathons.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def console(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it is, what is missing, entries, mentors."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    mentors = RoleGrant.objects.valid().in_scope(reference_of(hackathon)).filter(role=RoleGrant.Role.MENTOR)
    context = {
        "hackathon": hackathon,
        "next": [(state, HackathonState(state).label) for state in HACKATHON_MOVES[hackathon.state] - _RESULTS],
        "entries": hackathon.entries.in_order().prefetch_related("work__datasets"),
        "teams": hackathon.teams.count(),
        "mentors": mentors.filter(scope=reference_of(hackathon)).select_related("user"),
        "mentor_form": desk_forms.MentorForm(auto_id="mentore_%s"),
        "missing": {entry.pk: [LACKING[name] for name in actions.missing_of(entry)] for entry in _submitted(hackathon)},
        "tables": list(TABLES),
        "crumbs": crumbs(hackathon, ""),
    }
    return render(request, "hackathon/desk.html", context)


@never_cache
@for_the_desk
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Times, sizes, categories, figures."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    form = desk_forms.SettingsForm(request.POST if request.method == "POST" else None, instance=hackathon)
    if request.method == "POST" and form.is_valid():
        kept = Hackathon.objects.get(pk=hackathon.pk)
        if done(request, lambda: actions.change_hackathon(kept, by=actor_of(request.user), **form.said())):
            return redirect("desk_hackathon", slug)
    context = {"hackathon": hackathon, "form": form, "crumbs": crumbs(hackathon, _("Impostazioni"))}
    return render(request, "hackathon/desk_settings.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """What is judged and how much it weighs."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    posted = request.POST if request.method == "POST" else None
    formset = desk_forms.CriteriaForms(posted, initial=desk_forms.initial_criteria(hackathon))
    if posted is not None and formset.is_valid():
        said = desk_forms.criteria_said(formset)
        if done(request, lambda: actions.set_criteria(hackathon, said, by=actor_of(request.user))):
            return redirect("desk_hackathon", slug)
    context = {"hackathon": hackathon, "formset": formset, "crumbs": crumbs(hackathon, _("Criteri"))}
    return render(request, "hackathon/desk_criteria.html", context, status=400 if formset.total_error_count() else 200)


@require_POST
@for_the_desk
def advance(request: HttpRequest, slug: str) -> HttpResponse:
    """The next phase."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    state = request.POST.get("state", "")
    if state not in HackathonState.values:
        raise Http404
    done(request, lambda: actions.advance(hackathon, HackathonState(state), by=actor_of(request.user)))
    return redirect("desk_hackathon", slug)


@require_POST
@for_the_desk
def decide_entry(request: HttpRequest, slug: str, pk: int, what: str) -> HttpResponse:
    """Admit, exclude with a reason, note that it was presented."""
    entry, by = get_object_or_404(Entry, pk=pk, hackathon__slug=slug), actor_of(request.user)
    order = request.POST.get("order", "")
    doing: dict[str, Callable[[], object]] = {
        "ammetti": lambda: actions.admit(entry, by=by, order=int(order[:4]) if order.isdecimal() else None),
        "escludi": lambda: actions.exclude(entry, by=by, reason=request.POST.get("reason", "")[:500]),
        "presentato": lambda: actions.present(entry, by=by),
        "ritira": lambda: actions.withdraw_entry(entry, by=by),
    }
    if what not in doing:
        raise Http404
    done(request, doing[what])
    return redirect("desk_hackathon", slug)


@require_POST
@for_the_desk
def mentor(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody helps the teams, or no more."""
    hackathon, by = get_object_or_404(Hackathon, slug=slug), actor_of(request.user)
    number = request.POST.get("end", "")
    if number.isdecimal():
        grant = get_object_or_404(RoleGrant, pk=int(number), scope=reference_of(hackathon))
        done(request, lambda: actions.end_mentor(grant, by=by))
    else:
        done(request, lambda: actions.add_mentor(hackathon, request.POST.get("email", "")[:254], by=by))
    return redirect("desk_hackathon", slug)


@for_the_desk
def export(request: HttpRequest, slug: str, what: str) -> HttpResponse:
    """One table of everything, at any time."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    if what not in TABLES:
        raise Http404
    names, rows = TABLES[what]
    return table(f"{slug}-{what}.csv", names.split(), rows(hackathon))


@for_the_desk
def blank_sheets(request: HttpRequest, slug: str) -> HttpResponse:
    """Sheets to print for the whole jury."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    entries = hackathon.entries.in_the_game().in_order()
    context = {"hackathon": hackathon, "entries": entries, "criteria": hackathon.criteria.all()}
    return render(request, "hackathon/blank_sheets.html", context)


def crumbs(hackathon: Hackathon, here: str) -> list[tuple[str, str]]:
    """The way to a page of the console."""
    begin = [(_("Scrivania"), "/scrivania"), (_("Hackathon"), "/scrivania/hackathon")]
    if not here:
        return [*begin, (hackathon.title, "")]
    return [*begin, (hackathon.title, f"/scrivania/hackathon/{hackathon.slug}"), (here, "")]


def done(request: HttpRequest, do: Callable[[], Any]) -> bool:
    """Do it and say so, or say why not; whether it was done."""
    try:
        do()
    except HackathonRefusal as refusal:
        messages.error(request, words_for(refusal))
        return False
    messages.success(request, _("Fatto."))
    return True


def _submitted(hackathon: Hackathon) -> list[Entry]:
    return list(hackathon.entries.filter(state="submitted").select_related("hackathon", "work"))
