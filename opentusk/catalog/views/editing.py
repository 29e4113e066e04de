"""The form of a dataset: shown, examined while it is filled, and saved."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.catalog import actions
from opentusk.catalog.errors import CatalogRefusal, NotPublishable
from opentusk.catalog.forecast import forecast
from opentusk.catalog.forms.dataset import DatasetForm
from opentusk.catalog.forms.distribution import PREFIX, DistributionFormSet, Files, distributions_of, rows_of
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.catalog.records import iris, to_record
from opentusk.catalog.refusals import words_for
from opentusk.kit import records as kit
from opentusk.kit.editing.filling import applied_to, initial_of
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.problems import Problem, problem_to_json
from opentusk.people.actors import actor_of
from opentusk.ui.speech import is_english


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that people write about a dataset."""
    dataset = get_object_or_404(editable_datasets(actor_of(request.user)).with_holder(), pk=pk)
    if request.method == "POST" and "add_file" not in request.POST:
        return _save(request, dataset)
    form, files = _one_file_more(request.POST, dataset) if request.method == "POST" else _filled(dataset)
    return _show(request, dataset, form, files)


@login_required
@require_POST
def examine(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of problems and points for what is in the form now; nothing is saved."""
    dataset = get_object_or_404(editable_datasets(actor_of(request.user)).with_holder(), pk=pk)
    form, files = _typed(request.POST, dataset)
    if not (form.is_valid() and files.is_valid()):
        return render(request, "catalog/forecast.html", {"dataset": dataset, "has_mistakes": True})
    record, _repairs = _record_of(dataset, form, files)
    return render(request, "catalog/forecast.html", {"dataset": dataset, "forecast": forecast(record, dataset)})


def _save(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    form, files = _typed(request.POST, dataset)
    if not (form.is_valid() and files.is_valid()):
        return _show(request, dataset, form, files, status=400)
    record, repairs = _record_of(dataset, form, files)
    try:
        saved = actions.change_record(
            dataset, record, by=actor_of(request.user), expected=request.POST.get("expected", "")
        )
    except CatalogRefusal as refusal:
        form.add_error(None, words_for(refusal))
        problems = refusal.problems if isinstance(refusal, NotPublishable) else ()
        return _show(request, dataset, form, files, problems=list(problems), status=409)
    messages.success(request, _("Salvato."))
    for repair in repairs:
        words = repair.message_en if is_english() else repair.message_it
        messages.info(request, f"{_('Sistemato da noi')}: {words}")
    return redirect("edit_dataset", saved.pk)


def _show(
    request: HttpRequest,
    dataset: Dataset,
    form: DatasetForm,
    files: Files,
    *,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "dataset": dataset,
        "form": form,
        "formset": files,
        "refused": [problem_to_json(problem) for problem in problems or []],
        # What was typed was written against the version that the browser has; a new one would hide the conflict.
        "expected": request.POST.get("expected", dataset.checksum),
        "forecast": forecast(to_record(dataset), dataset),
        "waiting": dataset.waiting_for(),
        "crumbs": [(_("Scrivania"), "/scrivania"), (dataset.title or dataset.identifier, "")],
    }
    return render(request, "catalog/edit.html", context, status=status)


def _filled(dataset: Dataset) -> tuple[DatasetForm, Files]:
    record = to_record(dataset)
    return DatasetForm(initial=initial_of(record)), DistributionFormSet(
        prefix=PREFIX, initial=rows_of(record, _kept(dataset))
    )


def _typed(typed: QueryDict, dataset: Dataset) -> tuple[DatasetForm, Files]:
    record = to_record(dataset)
    stored = {row["iri"]: row for row in rows_of(record, _kept(dataset))}
    total = int(typed.get(f"{PREFIX}-INITIAL_FORMS") or 0)
    rows = [stored.get(typed.get(f"{PREFIX}-{number}-iri", ""), {}) for number in range(min(total, 500))]
    return (
        DatasetForm(typed, initial=initial_of(record)),
        DistributionFormSet(typed, prefix=PREFIX, initial=rows),
    )


def _one_file_more(typed: QueryDict, dataset: Dataset) -> tuple[DatasetForm, Files]:
    """The form again with every typed value and one more row; nothing is judged, since nothing was finished."""
    form, files = _typed(typed, dataset)
    filled = [row for row in files.forms if row.has_changed() or row["iri"].value()]
    more = DistributionFormSet(prefix=PREFIX, initial=[_raw(row) for row in filled])
    # Rows left blank stay spare: a row of the stored ones would be asked for its address.
    more.extra = len(files.forms) - len(filled) + 1
    return DatasetForm(initial=_raw(form)), more


def _kept(dataset: Dataset) -> set[str]:
    """The files that the portal keeps: what their content says is not typed, and they leave by a page of their own."""
    return set(dataset.distributions.with_file().values_list("iri", flat=True))


def _raw(form: forms.Form) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def _record_of(dataset: Dataset, form: DatasetForm, files: Files) -> tuple[kit.Dataset, list[Problem]]:
    """The record that was typed, harmonised like a harvested one; each value that was changed is told."""
    stored = to_record(dataset)
    typed = applied_to(stored, form.cleaned_data)
    rows = [row.cleaned_data for row in files.forms]
    whole = replace(typed, distribution=distributions_of(stored, rows, iris()))
    return harmonise_dataset(whole, Defaults(), iris())
