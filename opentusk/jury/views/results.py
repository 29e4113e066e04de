"""From the sheets to the podium: completeness, the president's decision, deliberation, awards, minutes, ceremony."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.hackathon.errors import BadWeights, HackathonRefusal
from opentusk.hackathon.models import Entry, Hackathon, RankedEntry
from opentusk.hackathon.refusals import words_for
from opentusk.hackathon.showing import PODIUM, decided_words, places_of
from opentusk.hackathon.states import HackathonState
from opentusk.hackathon.views.desk import crumbs
from opentusk.jury import actions
from opentusk.jury.actions.deliberating import incompleteness, rank_now
from opentusk.jury.desk_forms import AwardForm, DecisionForm, MinutesForm
from opentusk.kit.judging import Standing, points
from opentusk.people.actors import actor_of


@never_cache
@for_the_desk
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking as it would be now, or as it was deliberated, and what comes next."""
    hackathon, by = get_object_or_404(Hackathon, slug=slug), actor_of(request.user)
    do = request.POST.get("do", "")
    decision = DecisionForm(request.POST if do == "decidi" else None, hackathon=hackathon)
    award = AwardForm(request.POST if do == "premia" else None, hackathon=hackathon)
    minutes = MinutesForm(request.POST if do == "pubblica" else None, initial={"minutes": hackathon.minutes})
    form = {"decidi": decision, "premia": award, "pubblica": minutes}.get(do)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            match do:
                case "decidi":
                    said = decision.cleaned_data
                    actions.decide(hackathon, said["category"], said["order"], by=by, reason=said["reason"])
                case "delibera":
                    actions.deliberate(hackathon, by=by)
                case "premia":
                    said = award.cleaned_data
                    category = said["entry"].category
                    actions.award(hackathon, **said, category=category, by=by)
                case "pubblica":
                    actions.publish_ranking(hackathon, by=by, minutes=minutes.cleaned_data["minutes"])
        except HackathonRefusal as refusal:
            messages.error(request, words_for(refusal))
        else:
            messages.success(request, _("Fatto."))
        return redirect("desk_hackathon_results", slug)
    context = _context(hackathon) | {"decision": decision, "award": award, "minutes": minutes, "wrong": form}
    return render(request, "jury/desk_results.html", context, status=400 if form and form.errors else 200)


@require_POST
@for_the_desk
def reveal(request: HttpRequest, slug: str) -> HttpResponse:
    """One more place of the podium, or one less."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    step = -1 if request.POST.get("do") == "indietro" else 1
    try:
        actions.reveal(hackathon, min(PODIUM, hackathon.revealed + step), by=actor_of(request.user))
    except HackathonRefusal as refusal:
        messages.error(request, words_for(refusal))
        return redirect("desk_hackathon", slug)
    return redirect("hackathon_ceremony", slug)


def _context(hackathon: Hackathon) -> dict[str, object]:
    lacking = incompleteness(hackathon)
    is_final = hackathon.state in {HackathonState.DELIBERATED, HackathonState.PUBLISHED}
    return {
        "hackathon": hackathon,
        "is_final": is_final,
        "ranking": _frozen(hackathon) if is_final else _provisional(hackathon),
        "lacking": words_for(lacking) if lacking and not is_final else "",
        "may_deliberate": hackathon.state == HackathonState.JUDGING,
        "may_publish": hackathon.state == HackathonState.DELIBERATED,
        "decisions": hackathon.decisions.all(),
        "awards": hackathon.awards.select_related("entry__work"),
        "crumbs": crumbs(hackathon, _("Risultati")),
    }


Rows = dict[str, list[tuple[object, ...]]]


def _frozen(hackathon: Hackathon) -> Rows:
    return {
        category: [_line(hackathon, row, row.entry, row.points) for row in rows]
        for category, rows in places_of(hackathon).items()
    }


def _provisional(hackathon: Hackathon) -> Rows:
    try:
        found = rank_now(hackathon)
    except BadWeights:
        return {}
    entries = {str(entry.pk): entry for entry in hackathon.entries.in_the_game().in_order()}
    return {
        category: [_line(hackathon, one, entries[one.entry], points(one.value)) for one in standings]
        for category, standings in found.items()
    }


def _line(hackathon: Hackathon, place: RankedEntry | Standing, entry: Entry, shown: str) -> tuple[object, ...]:
    decided = decided_words(hackathon, place.decided_by) if place.decided_by else ""
    return place.rank, entry.pk, entry.work.title, entry.team.name, shown, place.sheets, decided
