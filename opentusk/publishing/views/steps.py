"""The guide from one step to the next; what each step shows is in its own module."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Dataset
from opentusk.catalog.refusals import words_for as words_of_catalog
from opentusk.files.errors import FileRefusal
from opentusk.files.refusals import words_for as words_of_files
from opentusk.publishing import actions
from opentusk.publishing.forms.starting import AnotherFileForm
from opentusk.publishing.given import given_files
from opentusk.publishing.progress import next_step, steps_of
from opentusk.publishing.refusals import words_of_fetch
from opentusk.publishing.views import describing, finishing, reading
from opentusk.publishing.views.framing import actor, dataset_of, guide_shown, show

Page = Callable[[HttpRequest, int], HttpResponse]


@login_required
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the person left off."""
    found = guide_shown(dataset_of(request, pk))
    return redirect(next_step(steps_of(found)).address)


@login_required
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step."""
    if name not in _PAGES:
        raise Http404
    return _PAGES[name](request, pk)


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Step one again: what was given, and another file in its place."""
    found = guide_shown(dataset_of(request, pk))
    if request.method == "POST" and found.dataset.status != Dataset.Status.DRAFT:
        # It was published in another window: new data are looked at first.
        return redirect("renew", pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnotherFileForm(*sent, agent=found.dataset.rights_holder)
    if form.is_valid() and _put(request, found.dataset, form):
        messages.success(request, _("Il nuovo file è qui: lo stiamo leggendo."))
        return redirect("guide_step", pk, "lettura")
    context = {"form": form, "files": given_files(found.dataset), "fault": words_of_fetch(found) if found.fault else ""}
    return show(request, "file", found, "file", status=400 if form.errors else 200, more=context)


def _put(request: HttpRequest, dataset: Dataset, form: AnotherFileForm) -> bool:
    """Whether the file is there now; the reason why not is in the form."""
    by = actor(request)
    upload = form.take(agent=dataset.rights_holder, by=by)
    if upload is None or upload.stored is None:
        return False
    try:
        actions.put_file(actions.guide_of(dataset, by=by), upload.stored, name=upload.name, by=by)
    except FileRefusal as refusal:
        form.add_error("file", words_of_files(refusal))
    except CatalogRefusal as refusal:
        form.add_error("file", words_of_catalog(refusal))
    return not form.errors


_PAGES: Mapping[str, Page] = {
    "file": file,
    "lettura": reading.page,
    "descrizione": describing.description,
    "verifica": describing.check,
    "dichiarazione": finishing.declaration,
    "pubblicazione": finishing.publication,
}
