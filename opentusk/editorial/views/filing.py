"""The page of a dataset's files, and what can be done with each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.catalog import actions
from opentusk.catalog.forms.distribution import licence_of
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.permissions import editable_datasets
from opentusk.editorial.forms import NewFileForm, NewVersionForm, ReasonForm
from opentusk.editorial.panel import files_of, waiting_of
from opentusk.editorial.views.opening import REFUSALS, crumbs, dataset_of, is_done, words_of
from opentusk.files.models import FileVersion
from opentusk.people.actors import actor_of


@login_required
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of every file; and a form for one more file."""
    dataset = dataset_of(request, pk)
    form = NewFileForm(request.POST or None, request.FILES or None) if request.method == "POST" else NewFileForm()
    if form.is_valid() and _attach(request, dataset, form):
        messages.success(request, _("File ricevuto: lo stiamo leggendo."))
        return redirect("dataset_files", pk)
    context = {
        "dataset": dataset,
        "files": files_of(dataset),
        "waiting": [one for one in waiting_of(dataset) if one.hold.version_id is None],
        "form": form,
        "crumbs": crumbs(dataset, _("File e versioni")),
    }
    return render(request, "editorial/files.html", context, status=400 if form.errors else 200)


@login_required
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of a file."""
    row = _row(request, pk)
    form = NewVersionForm(request.POST, request.FILES) if request.method == "POST" else NewVersionForm()
    if form.is_valid() and _renew(request, row, form):
        messages.success(request, _("Nuova versione ricevuta: la leggiamo, e intanto resta quella di prima."))
        return redirect("dataset_files", row.dataset_id)
    context = {
        "row": row,
        "dataset": row.dataset,
        "form": form,
        "step": "version",
        "crumbs": crumbs(row.dataset, _("Nuova versione")),
    }
    return render(request, "editorial/file_step.html", context, status=400 if form.errors else 200)


@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away, with a reason."""
    row = _row(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], actor_of(request.user)
        if is_done(form, lambda: actions.remove_file(row, by=by, reason=reason)):
            messages.success(request, _("File tolto."))
            return redirect("dataset_files", row.dataset_id)
    context = {
        "row": row,
        "dataset": row.dataset,
        "form": form,
        "step": "remove",
        "crumbs": crumbs(row.dataset, _("Togli il file")),
    }
    return render(request, "editorial/file_step.html", context, status=409 if form.errors else 200)


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that a version that waits never becomes public."""
    by = actor_of(request.user)
    mine = FileVersion.objects.pending().filter(series__distribution__dataset__in=editable_datasets(by))
    version = get_object_or_404(mine.select_related("series__distribution"), pk=pk)
    try:
        actions.refuse_file(version, by=by, reason=_("scartata da chi l'aveva caricata"))
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(request, _("Versione scartata: non la vedrà nessuno."))
    return redirect("dataset_files", version.series.distribution.dataset_id)


def _attach(request: HttpRequest, dataset: Dataset, form: NewFileForm) -> bool:
    by = actor_of(request.user)
    upload = form.take(agent=dataset.rights_holder, by=by)
    if upload is None or upload.stored is None:
        return False
    stored, title, licence = upload.stored, form.cleaned_data["title"], licence_of(None, form.cleaned_data["license"])
    described: dict[str, Any] = {"title": {"it": title} if title else {}, "license": licence}
    return is_done(form, lambda: actions.attach_file(dataset, stored, name=upload.name, by=by, **described))


def _renew(request: HttpRequest, row: Distribution, form: NewVersionForm) -> bool:
    by = actor_of(request.user)
    upload = form.take(agent=row.dataset.rights_holder, by=by)
    if upload is None or upload.stored is None:
        return False
    stored, note = upload.stored, form.cleaned_data["note"]
    return is_done(form, lambda: actions.add_file_version(row, stored, name=upload.name, by=by, note=note))


def _row(request: HttpRequest, pk: int) -> Distribution:
    mine = Distribution.objects.with_file().filter(dataset__in=editable_datasets(actor_of(request.user)))
    return get_object_or_404(mine.select_related("dataset__rights_holder", "series"), pk=pk)
