"""Step three: the description, kept while it is typed; step four: what the catalogues will say of it."""

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.forecast import forecast
from opentusk.catalog.records import to_record
from opentusk.catalog.refusals import words_for
from opentusk.kit.suggesting.high_value import duties_of, find_kind
from opentusk.kit.suggesting.shapes import Suggestion
from opentusk.publishing import actions
from opentusk.publishing.fixes import points_of
from opentusk.publishing.forms.filling import accepted_form, form_of, query_of, record_of, typed_form
from opentusk.publishing.forms.guided import GuidedForm
from opentusk.publishing.forms.showing import said_values, shown_fields, with_suggestion
from opentusk.publishing.habits import suggestions_for
from opentusk.publishing.models import Guide
from opentusk.publishing.views.framing import actor, dataset_of, guide_shown, show
from opentusk.ui.speech import is_english

_NOT_FIELDS = frozenset({"csrfmiddlewaretoken", "expected", "go", "apply"})


def description(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, already filled; saving goes on to the next step."""
    guide = guide_shown(dataset_of(request, pk))
    if request.method != "POST":
        suggestions = suggestions_for(guide)
        return _show(request, guide, form_of(guide, suggestions), suggestions)
    guide = actions.guide_of(guide.dataset, by=actor(request))
    if "apply" in request.POST:
        return _apply(request, guide, typed_form(guide, request.POST), to="descrizione")
    if request.POST.get("go") == "discard":
        actions.forget_typed(guide, by=actor(request))
        return redirect("guide_step", pk, "descrizione")
    return _save(request, guide, typed_form(guide, request.POST))


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the national catalogue and the European score will say, each point with its way out."""
    guide = guide_shown(dataset_of(request, pk))
    suggestions = suggestions_for(guide)
    if request.method == "POST":
        guide = actions.guide_of(guide.dataset, by=actor(request))
        form = accepted_form(guide, suggestions) if not guide.described_at else _stored_form(guide)
        if "apply" in request.POST:
            return _apply(request, guide, form, to="verifica")
        return _save(request, guide, form)
    is_saved = guide.described_at is not None and not guide.typed
    panel = _panel(guide, None if is_saved else accepted_form(guide, suggestions), suggestions)
    address = reverse("guide_step", args=[pk, "descrizione"])
    return show(request, "check", guide, "verifica", more={"base": address, "is_saved": is_saved, **panel})


@login_required
@require_POST
def remember(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed, and say what the catalogues would say of it."""
    guide = actions.guide_of(dataset_of(request, pk), by=actor(request))
    typed = _fields_of(request)
    guide = actions.remember_typed(guide, typed, expected=request.POST.get("expected", ""), by=actor(request))
    form = typed_form(guide, query_of(typed))
    context = {
        "guide": guide,
        "dataset": guide.dataset,
        "is_fragment": True,
        "now": timezone.now(),
        **_panel(guide, form, suggestions_for(guide)),
    }
    return render(request, "publishing/remembered.html", context)


def _save(request: HttpRequest, guide: Guide, form: GuidedForm, *, then: str = "verifica") -> HttpResponse:
    by, expected = actor(request), request.POST.get("expected") or guide.typed_from or guide.dataset.checksum
    if not form.is_valid():
        actions.remember_typed(guide, _fields_of(request), expected=expected, by=by)
        return _show(request, guide, form, suggestions_for(guide), status=400)
    record, repairs = record_of(guide, form.cleaned_data)
    try:
        name, sent = form.cleaned_data["local_part"], _fields_of(request)
        actions.describe(guide, record, name=name, sent=sent, expected=expected, by=by)
    except CatalogRefusal as refusal:
        form.add_error(None, words_for(refusal))
        return _show(request, guide, form, suggestions_for(guide), status=409)
    messages.success(request, _("Descrizione salvata."))
    for repair in repairs:
        words = repair.message_en if is_english() else repair.message_it
        messages.info(request, f"{_('Sistemato da noi')}: {words}")
    return redirect("guide_step", guide.dataset_id, then)


def _apply(request: HttpRequest, guide: Guide, form: GuidedForm, *, to: str) -> HttpResponse:
    """Put one suggestion in its field. On the page of the form it waits to be saved, as everything typed there."""
    name = request.POST["apply"]
    typed = with_suggestion(form, name, suggestions_for(guide))
    by, expected = actor(request), request.POST.get("expected") or guide.typed_from or guide.dataset.checksum
    if to == "verifica":
        return _save(request, guide, typed_form(guide, query_of(typed)), then=to)
    actions.remember_typed(guide, typed, expected=expected, by=by)
    return redirect(f"{reverse('guide_step', args=[guide.dataset_id, to])}#id_{name}")


def _show(
    request: HttpRequest, guide: Guide, form: GuidedForm, suggestions: Mapping[str, Suggestion], *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "title_field": shown_fields([form["title_it"]], suggestions)[0],
        "text_field": shown_fields([form["description_it"]], suggestions)[0],
        "first": shown_fields(form.first_fields(), suggestions),
        "contact": shown_fields(form.contact_fields(), suggestions),
        "folded": [{**group, "rows": shown_fields(group["fields"], suggestions)} for group in form.folded()],
        # What was typed was written against the version that the browser has; a new one would hide the conflict.
        "expected": request.POST.get("expected") or guide.typed_from or guide.dataset.checksum,
        "value_guess": _value_guess(suggestions),
        "base": "",
    }
    panel = _panel(guide, form if form.is_bound else accepted_form(guide, suggestions), suggestions)
    return show(request, "describe", guide, "descrizione", status=status, more={**context, **panel})


def _panel(guide: Guide, form: GuidedForm | None, suggestions: Mapping[str, Suggestion]) -> dict[str, object]:
    """What the catalogues say of the record, or of what is in the form."""
    if form is not None and not form.is_valid():
        return {"has_mistakes": True, "mistakes": [form[name] for name in form.errors if name in form.fields]}
    record = record_of(guide, form.cleaned_data)[0] if form is not None else to_record(guide.dataset)
    # Publishing writes the day on which the data come out.
    issued = record.issued or timezone.localdate().isoformat()
    found = forecast(replace(record, issued=issued), guide.dataset)
    return {
        "forecast": found,
        "points": points_of(found, said_values(suggestions)),
        "duties": duties_of(record),
        "notes": [kind.note for iri in record.hvd_category if (kind := find_kind(iri)) and kind.note],
    }


def _value_guess(suggestions: Mapping[str, Suggestion]) -> dict[str, str] | None:
    """The high-value sub-category to ask about, with the reason."""
    found = suggestions.get("hvd_category")
    kind = find_kind(found.value[0]) if found and found.value else None
    if found is None or kind is None:
        return None
    return {
        "name": kind.en if is_english() else kind.it,
        "reason": found.reason_en if is_english() else found.reason_it,
    }


def _stored_form(guide: Guide) -> GuidedForm:
    """What is typed, else what is stored, as if it was sent: nothing of ours is put in beside it."""
    return accepted_form(guide, {})


def _fields_of(request: HttpRequest) -> dict[str, list[str]]:
    return {name: list(map(str, values)) for name, values in request.POST.lists() if name not in _NOT_FIELDS}
