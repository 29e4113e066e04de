"""Step five, the check-list of the law; step six, the publication."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opentusk.catalog import actions as catalog
from opentusk.catalog.errors import CatalogRefusal, NotPublishable, OnHold
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.refusals import way_out, words_for
from opentusk.editorial import actions as editorial
from opentusk.editorial.errors import ChangedMeanwhile, EditorialRefusal, Unanswered
from opentusk.editorial.forms import DeclarationForm, ReserveForm, ScheduleForm
from opentusk.editorial.models import Declaration
from opentusk.editorial.refusals import words_for as words_of_editorial
from opentusk.editorial.signing import subject_of
from opentusk.kit.problems import problem_to_json
from opentusk.publishing import actions
from opentusk.publishing.fixes import words_of
from opentusk.publishing.forms.filling import query_of, record_of, typed_form
from opentusk.publishing.models import Guide
from opentusk.publishing.views.framing import actor, dataset_of, guide_shown, show
from opentusk.tables.addresses import api_of, page_of
from opentusk.tables.models import Table

# Where each reason that stops a dataset is dealt with.
_STEP_OF = {Hold.Kind.DECLARATION: "dichiarazione", Hold.Kind.REVIEW: "pubblicazione"}


@dataclass(frozen=True)
class Obstacle:
    """Something that keeps the dataset from the public, and the step where it is dealt with."""

    words: str
    address: str


def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of the law, answered and signed."""
    guide = guide_shown(dataset_of(request, pk))
    last = Declaration.objects.newest_first().filter(dataset=guide.dataset).first()
    shown = request.POST.get("shown", "")
    initial = DeclarationForm.initial_of(last.answers) if last else {}
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            editorial.sign_declaration(guide.dataset, form.answers(), by=actor(request), shown=shown)
        except Unanswered as refusal:
            form.show_refused(refusal)
        except ChangedMeanwhile as refusal:
            form.add_error(None, words_of_editorial(refusal))
        else:
            messages.success(request, _("Dichiarazione firmata: ne resta traccia con il tuo nome e la data di oggi."))
            return redirect(_after_signing(guide.dataset))
    waits = Hold.objects.still_open().filter(dataset=guide.dataset).of_kind(Hold.Kind.DECLARATION).exists()
    subject = subject_of(guide.dataset)
    context = {"form": form, "subject": subject, "is_signed": subject.last is not None and not waits}
    return show(request, "declare", guide, "dichiarazione", more=context, status=400 if form.errors else 200)


def _after_signing(dataset: Dataset) -> str:
    """The publication; for a public dataset the new data that still wait for something else."""
    held = Hold.objects.still_open().filter(dataset=dataset, version__isnull=False)
    if dataset.is_published and held.exists():
        return reverse("renew", args=[dataset.pk])
    return reverse("guide_step", args=[dataset.pk, "pubblicazione"])


def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, at a time, after somebody else has looked, or with a reserve."""
    guide = guide_shown(dataset_of(request, pk))
    decision = request.POST.get("decision", "")
    shown: dict[str, forms.Form] = {
        "schedule": ScheduleForm(request.POST if decision == "schedule" else None),
        "reserve": ReserveForm(request.POST if decision == "reserve" else None),
    }
    refused: list[Obstacle] = []
    if decision in _DECISIONS and (decision not in shown or shown[decision].is_valid()):
        refused = _try(request, guide, _DECISIONS[decision], shown.get(decision, forms.Form()))
        if not refused:
            return redirect("guide_step", pk, "pubblicazione")
    dataset = Dataset.objects.with_holder().get(pk=pk)
    tables = list(Table.objects.public().of_dataset(dataset))
    open_holds = Hold.objects.still_open().filter(dataset=dataset)
    context = {
        "forms": shown,
        "refused": refused,
        "decision": decision,
        "review": open_holds.of_kind(Hold.Kind.REVIEW).on_dataset(dataset).first(),
        "links": [(_name(table, tables), page_of(table), api_of(table)) for table in tables],
    }
    status = 409 if refused else 400 if any(form.errors for form in shown.values()) else 200
    return show(request, "publish", guide, "pubblicazione", more=context, status=status)


def _name(table: Table, among: list[Table]) -> str:
    """What tells a table from the others; nothing needs to when it is the only one."""
    return (table.title or table.key) if len(among) > 1 else ""


def _try(
    request: HttpRequest, guide: Guide, act: Callable[[HttpRequest, Guide, forms.Form], None], form: forms.Form
) -> list[Obstacle]:
    """What stands in the way; nothing when it is done."""
    if guide.typed and (obstacle := _save_typed(request, guide)):
        return [obstacle]
    try:
        act(request, guide, form)
    except OnHold as refusal:
        return [
            Obstacle(way_out(hold), _step(guide, _STEP_OF.get(Hold.Kind(hold.kind), "lettura")))
            for hold in refusal.holds
        ]
    except NotPublishable as refusal:
        problems = [problem_to_json(problem) for problem in refusal.problems]
        return [Obstacle(words_of(problem), _step(guide, "verifica")) for problem in problems]
    except CatalogRefusal as refusal:
        return [Obstacle(words_for(refusal), _step(guide, "verifica"))]
    except EditorialRefusal as refusal:
        return [Obstacle(words_of_editorial(refusal), _step(guide, "pubblicazione"))]
    return []


def _save_typed(request: HttpRequest, guide: Guide) -> Obstacle | None:
    """Nothing that was typed is left behind: it is saved first, or its mistakes are shown."""
    form = typed_form(guide, query_of(guide.typed))
    if not form.is_valid():
        return Obstacle(_("Nella descrizione ci sono campi da correggere."), _step(guide, "descrizione"))
    record, _repairs = record_of(guide, form.cleaned_data)
    try:
        name = form.cleaned_data["local_part"]
        actions.describe(guide, record, name=name, sent=guide.typed, expected=guide.typed_from, by=actor(request))
    except CatalogRefusal as refusal:
        return Obstacle(words_for(refusal), _step(guide, "descrizione"))
    return None


def _publish(request: HttpRequest, guide: Guide, _form: forms.Form) -> None:
    catalog.publish(guide.dataset, by=actor(request))
    messages.success(request, _("Pubblicato: ora lo vedono tutti."))


def _publish_with_reserve(request: HttpRequest, guide: Guide, form: forms.Form) -> None:
    typed = form.cleaned_data
    editorial.set_reserve(guide.dataset, limits=typed["limits"], until=typed["until"], by=actor(request))
    _publish(request, guide, form)


def _schedule(request: HttpRequest, guide: Guide, form: forms.Form) -> None:
    editorial.schedule(guide.dataset, at=form.cleaned_data["at"], by=actor(request))
    messages.success(request, _("Programmato: il portale lo pubblica da solo, e ti scrive se qualcosa lo impedisce."))


def _unschedule(request: HttpRequest, guide: Guide, _form: forms.Form) -> None:
    editorial.unschedule(guide.dataset, by=actor(request))
    messages.success(request, _("Annullato: resta una bozza."))


def _ask_review(request: HttpRequest, guide: Guide, _form: forms.Form) -> None:
    editorial.ask_review(guide.dataset, by=actor(request), note=request.POST.get("note", "")[:1000])
    messages.success(request, _("Chiesto: il revisore del tuo ente lo trova nella sua scrivania."))


def _step(guide: Guide, name: str) -> str:
    return reverse("guide_step", args=[guide.dataset_id, name])


_DECISIONS: dict[str, Callable[[HttpRequest, Guide, forms.Form], None]] = {
    "publish": _publish,
    "reserve": _publish_with_reserve,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "review": _ask_review,
}
