"""What everybody reads of hackathons."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opentusk.hackathon import showing
from opentusk.hackathon.models import Hackathon
from opentusk.hackathon.permissions import can_run
from opentusk.hackathon.states import HackathonState
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import card_of
from opentusk.people.actors import actor_of
from opentusk.reuse.views.gallery import table


@require_safe
def hackathons(request: HttpRequest) -> HttpResponse:
    """Those that are announced, the last one first."""
    found = Hackathon.objects.exclude(state=HackathonState.DRAFT).order_by("-edition", "-pk")
    return render(request, "hackathon/hackathons.html", {"hackathons": found, "crumbs": [(_("Hackathon"), "")]})


@require_safe
def hackathon_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Rules, times, how it is judged, figures, works and ranking."""
    hackathon = _visible(request, slug)
    entries, now = showing.public_entries(hackathon), timezone.now()
    event = card_of(hackathon.event) if hackathon.event else None
    is_open = hackathon.state in {HackathonState.REGISTRATIONS, HackathonState.RUNNING}
    context = {
        "hackathon": hackathon,
        "event": event if event and event.is_public else None,
        "criteria": hackathon.criteria.all(),
        "ladder": showing.ladder_of(hackathon),
        "entries": entries,
        "ranking": showing.places_of(hackathon) if hackathon.state == HackathonState.PUBLISHED else {},
        "awards": hackathon.awards.select_related("entry__work", "entry__team") if entries else [],
        "is_open": is_open,
        "takes_entries": hackathon.takes_entries(now),
        "countdown": showing.countdown_of(hackathon, now),
        "reference": reference_of(hackathon),
        "can_run": can_run(actor_of(request.user)),
        "crumbs": [(_("Hackathon"), "/hackathon"), (hackathon.title, "")],
    }
    return render(request, "hackathon/hackathon.html", context)


@require_safe
def entry_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One work of a hackathon: team, place and awards."""
    hackathon = _visible(request, slug)
    entry = next((one for one in showing.public_entries(hackathon) if one.pk == pk), None)
    if entry is None:
        raise Http404
    ranked = getattr(entry, "ranked", None)
    context = {
        "hackathon": hackathon,
        "entry": entry,
        "ranked": ranked,
        "names": showing.names_of(entry.team),
        "decided": showing.decided_words(hackathon, ranked.decided_by) if ranked and ranked.decided_by else "",
        "crumbs": [(_("Hackathon"), "/hackathon"), (hackathon.title, f"/hackathon/{slug}"), (entry.work.title, "")],
    }
    return render(request, "hackathon/entry.html", context)


@require_safe
def ranking_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking that is published, as a table."""
    hackathon = _visible(request, slug)
    if hackathon.state != HackathonState.PUBLISHED:
        raise Http404
    rows = [row for places in showing.places_of(hackathon).values() for row in places]
    lines = ([row.category, row.rank, row.entry.team.name, row.entry.work.title, row.points] for row in rows)
    return table(f"classifica-{slug}.csv", ("category", "rank", "team", "work", "points"), lines)


@never_cache
@require_safe
def ceremony(request: HttpRequest, slug: str) -> HttpResponse:
    """The podium, as much of it as was revealed; the desk has the buttons."""
    hackathon = _visible(request, slug)
    if hackathon.state not in {HackathonState.DELIBERATED, HackathonState.PUBLISHED}:
        raise Http404
    steps = (_("Svela il terzo posto"), _("Svela il secondo posto"), _("Svela il primo posto"))
    context = {
        "hackathon": hackathon,
        "podium": showing.revealed_places(hackathon),
        "can_run": can_run(actor_of(request.user)),
        "next": dict(enumerate(steps)).get(hackathon.revealed),
        "crumbs": [(_("Hackathon"), "/hackathon"), (hackathon.title, f"/hackathon/{slug}"), (_("Premiazione"), "")],
    }
    return render(request, "hackathon/ceremony.html", context)


@never_cache
@require_safe
def time_left(request: HttpRequest, slug: str) -> HttpResponse:
    """The countdown alone, for the page that asks now and then."""
    hackathon = _visible(request, slug)
    return render(
        request, "hackathon/countdown.html", {"hackathon": hackathon, "countdown": showing.countdown_of(hackathon)}
    )


def _visible(request: HttpRequest, slug: str) -> Hackathon:
    hackathon = get_object_or_404(Hackathon, slug=slug)
    if not (hackathon.is_public or can_run(actor_of(request.user))):
        raise Http404
    return hackathon
