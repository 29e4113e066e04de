"""The desk of the consultations: prepare, announce, answer, report."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.consultation import actions
from opentusk.consultation.errors import ConsultationRefusal
from opentusk.consultation.exporting import archive_of
from opentusk.consultation.forms.preparing import ConsultationForm, ThemeForm
from opentusk.consultation.models import Consultation, MilestoneReport
from opentusk.consultation.refusals import words_for
from opentusk.consultation.shown import themes_of
from opentusk.consultation.views.reading import frame, proposal_of
from opentusk.demand.models import Basket
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of
from opentusk.ui.speech import term_label

DESK = "/scrivania/consultazioni"
# The end of an address -> the action, and what is said when it is done.
_STEPS: dict[str, Callable[..., Any]] = {
    "annuncia": actions.schedule,
    "pubblica-risposte": actions.publish_answers,
    "rapporto": actions.freeze_report,
}


@never_cache
@for_the_desk
def consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation with its phase, and the baskets whose figures after the datalabs can be fixed."""
    now = timezone.now()
    milestones = {one.edition: one for one in MilestoneReport.objects.filter(kind=MilestoneReport.Kind.DATALAB)}
    editions = Basket.objects.order_by("-edition").values_list("edition", flat=True)
    context = {
        "rows": [(one, one.phase(now)) for one in Consultation.objects.newest_first()],
        "baskets": [(edition, milestones.get(edition)) for edition in editions],
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Consultazioni"), "")],
    }
    return render(request, "consultation/desk_consultations.html", context)


@never_cache
@for_the_desk
def create(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_consultation(by=actor_of(request.user), **form.cleaned_data)
        messages.success(request, _("La bozza è pronta: scrivi le presentazioni dei temi, poi annunciala."))
        return redirect("desk_consultation", made.slug)
    context = {"form": form, "crumbs": _crumbs(_("Nuova consultazione"))}
    return render(request, "consultation/desk_create.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """One consultation: its words and switches, its themes, the steps that can be taken now."""
    found = get_object_or_404(Consultation, slug=slug)
    form = ConsultationForm(request.POST if request.method == "POST" else None, consultation=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_consultation(found, by=actor_of(request.user), **form.cleaned_data)
        except ConsultationRefusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Salvato."))
            return redirect("desk_consultation", slug)
    now = timezone.now()
    context = frame(found, now) | {
        "form": form,
        "cards": themes_of(found, now),
        "unanswered": found.proposals.filter(answer="").count(),
        "are_published": found.proposals.filter(answer_published_at__isnull=False).exists(),
        "crumbs": _crumbs(found.title),
    }
    return render(request, "consultation/desk_consultation.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def theme(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The words of a theme: its introduction, and its answer as a draft."""
    found = get_object_or_404(Consultation, slug=slug)
    proposal = proposal_of(found, code)
    form = ThemeForm(request.POST if request.method == "POST" else None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        by = actor_of(request.user)
        try:
            actions.write_intro(proposal, form.cleaned_data["intro"], by=by)
            if "answer" in form.cleaned_data:
                actions.write_answer(proposal, form.cleaned_data["answer"], by=by)
        except ConsultationRefusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Salvato."))
            return redirect("desk_consultation", slug)
    label = term_label(code, "theme")
    crumbs = [*_crumbs(found.title)[:-1], (found.title, f"{DESK}/{slug}"), (label, "")]
    context = {"form": form, "proposal": proposal, "theme_label": label, "crumbs": crumbs}
    return render(request, "consultation/desk_theme.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def give_out(request: HttpRequest, slug: str) -> HttpResponse:
    """The consultation as Decidim gives out its own, for another platform."""
    found = get_object_or_404(Consultation, slug=slug)
    headers = {
        "Content-Disposition": f'attachment; filename="{slug}-decidim.zip"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(archive_of(found), content_type="application/zip", headers=headers)


@require_POST
@for_the_desk
def take_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Announce it, publish the answers together, fix the report."""
    found = get_object_or_404(Consultation, slug=slug)
    if step not in _STEPS:
        raise Http404(step)
    _tried(request, lambda by: _STEPS[step](found, by=by))
    return redirect("desk_consultation", slug)


@require_POST
@for_the_desk
def fix_datalabs(request: HttpRequest, edition: str) -> HttpResponse:
    """Fix the figures of a basket after the datalabs."""
    _tried(request, lambda by: actions.freeze_datalab_report(edition, by=by))
    return redirect("desk_consultations")


def _tried(request: HttpRequest, act: Callable[[Actor], Any]) -> None:
    try:
        act(actor_of(request.user))
    except ConsultationRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Fatto."))


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Scrivania"), "/scrivania"), (_("Consultazioni"), DESK), (last, "")]
