"""New data for a published dataset, in two clicks: the file, then what changes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.refusals import words_for as words_of_catalog
from opentusk.files.errors import FileRefusal
from opentusk.files.refusals import words_for as words_of_files
from opentusk.publishing import actions
from opentusk.publishing.comparing import Comparison, comparison_of
from opentusk.publishing.forms.starting import AnotherFileForm
from opentusk.publishing.given import GivenFile, given_files
from opentusk.publishing.views.framing import actor, dataset_of
from opentusk.publishing.views.reading import Stop, stop_of


@login_required
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the new file; see what changes; confirm."""
    dataset = dataset_of(request, pk)
    if dataset.status != Dataset.Status.PUBLISHED:
        return redirect("guide", pk)
    if "decision" in request.POST:
        return _decide(request, dataset)
    row = _row(dataset, request.POST.get("row") or request.GET.get("file"))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnotherFileForm(*sent, agent=dataset.rights_holder)
    if row and form.is_valid() and _give(request, row, form):
        return redirect("renew", pk)
    waiting = [_shown(request, file) for file in given_files(dataset) if file.version.is_pending]
    context = {
        "dataset": dataset,
        "form": form,
        "row": row,
        "rows": Distribution.objects.with_file().filter(dataset=dataset),
        "waiting": waiting,
        "is_busy": any(file.is_being_read for file, _comparison, _stop in waiting),
        "crumbs": [
            (_("Scrivania"), "/scrivania"),
            (dataset.title, f"/scrivania/dataset/{pk}"),
            (_("Aggiorna i dati"), ""),
        ],
    }
    return render(request, "publishing/renew.html", context, status=400 if form.errors else 200)


def _row(dataset: Dataset, uuid: str | None) -> Distribution | None:
    """The file to renew: the one that was chosen, else the only one."""
    rows = Distribution.objects.with_file().filter(dataset=dataset)
    return get_object_or_404(rows, uuid=uuid) if uuid else rows.first()


def _give(request: HttpRequest, row: Distribution, form: AnotherFileForm) -> bool:
    by = actor(request)
    upload = form.take(agent=row.dataset.rights_holder, by=by)
    if upload is None or upload.stored is None:
        return False
    try:
        actions.renew(row, upload.stored, name=upload.name, by=by)
    except FileRefusal as refusal:
        form.add_error("file", words_of_files(refusal))
    except CatalogRefusal as refusal:
        form.add_error("file", words_of_catalog(refusal))
    return not form.errors


def _decide(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    by = actor(request)
    waiting = {str(file.version.pk): file.version for file in given_files(dataset) if file.version.is_pending}
    version = waiting.get(request.POST.get("version", ""))
    if version is None:
        messages.info(request, _("Questi dati sono già stati confermati o buttati via."))
    elif request.POST["decision"] == "confirm":
        actions.confirm_update(dataset, version, by=by)
        version.refresh_from_db()
        if version.is_pending:
            messages.info(
                request, _("Confermato. Prima che tutti li vedano manca ancora qualcosa: lo trovi qui sotto.")
            )
        else:
            messages.success(request, _("Fatto: da ora tutti vedono i nuovi dati, allo stesso indirizzo."))
    else:
        actions.throw_away(version, by=by)
        messages.success(request, _("Buttato via: tutti continuano a vedere i dati di prima."))
    return redirect("renew", dataset.pk)


def _shown(request: HttpRequest, file: GivenFile) -> tuple[GivenFile, Comparison, Stop | None]:
    return file, comparison_of(file), stop_of(request, file) if file.personal else None
