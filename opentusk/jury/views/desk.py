"""The desk's page of a jury: inviting, replacing, conflicts, whether they are enough. Nobody writes marks here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.hackathon.models import Conflict, Hackathon, Juror
from opentusk.hackathon.refusals import words_for
from opentusk.hackathon.states import HackathonState
from opentusk.hackathon.views.desk import crumbs, done
from opentusk.jury import actions
from opentusk.jury.actions.deliberating import incompleteness
from opentusk.jury.covering import coverage_words
from opentusk.jury.desk_forms import JurorForm
from opentusk.people.actors import actor_of


@never_cache
@for_the_desk
def jury(request: HttpRequest, slug: str) -> HttpResponse:
    """Who judges and what they have done; a new juror, to whom a letter goes."""
    hackathon = get_object_or_404(Hackathon, slug=slug)
    form = JurorForm(request.POST if request.method == "POST" else None, hackathon=hackathon)
    if request.method == "POST" and form.is_valid():
        juror, secret, code = actions.invite_juror(hackathon, by=actor_of(request.user), **form.cleaned_data)
        context = {
            "hackathon": hackathon,
            "juror": juror,
            "address": request.build_absolute_uri(f"/giuria/{secret}"),
            "code": code,
            "crumbs": crumbs(hackathon, _("Giurato")),
        }
        return render(request, "jury/desk_juror.html", context)
    each, minutes = _number(request, "each", 6), _number(request, "minutes", _judging_minutes(hackathon))
    lacking = incompleteness(hackathon) if hackathon.state == HackathonState.JUDGING else None
    context = {
        "hackathon": hackathon,
        "is_judging": hackathon.state == HackathonState.JUDGING,
        "jurors": hackathon.jurors.order_by("pk").prefetch_related("conflicts__team", "sheets"),
        "form": form,
        "coverage": coverage_words(hackathon, each, minutes),
        "each": each,
        "minutes": minutes,
        "lacking": words_for(lacking) if lacking else "",
        "crumbs": crumbs(hackathon, _("Giuria")),
    }
    return render(request, "jury/desk.html", context, status=400 if form.errors else 200)


@require_POST
@for_the_desk
def remind(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same letter again."""
    juror = get_object_or_404(Juror, pk=pk, hackathon__slug=slug)
    done(request, lambda: actions.remind_juror(juror, by=actor_of(request.user)))
    return redirect("desk_jury", slug)


@require_POST
@for_the_desk
def replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The sheets of a juror are void; somebody else is invited."""
    juror = get_object_or_404(Juror, pk=pk, hackathon__slug=slug)
    done(request, lambda: actions.replace_juror(juror, by=actor_of(request.user)))
    return redirect("desk_jury", slug)


@require_POST
@for_the_desk
def waive(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A conflict that was found does not count, and why."""
    conflict = get_object_or_404(
        Conflict.objects.select_related("juror__hackathon"), pk=pk, juror__hackathon__slug=slug
    )
    note = request.POST.get("note", "")[:300]
    done(request, lambda: actions.waive_conflict(conflict, by=actor_of(request.user), note=note))
    return redirect("desk_jury", slug)


def _judging_minutes(hackathon: Hackathon) -> int:
    opens, closes = hackathon.judging_opens_at, hackathon.judging_closes_at
    return int((closes - opens).total_seconds() // 60) if opens and closes else 120


def _number(request: HttpRequest, name: str, usual: int) -> int:
    typed = request.GET.get(name, "")[:5]
    return max(1, int(typed)) if typed.isdecimal() else max(1, usual)
