"""Bulk publishing: the template, the trial, the run, the report."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from opentusk.bodies.permissions import writable_agents
from opentusk.bulk import actions
from opentusk.bulk.errors import BulkRefusal
from opentusk.bulk.forms import BatchForm, SigningForm
from opentusk.bulk.models import Batch, BatchRow
from opentusk.bulk.readiness import drafts_of
from opentusk.bulk.refusals import words_for
from opentusk.bulk.sheets.report import report_lines
from opentusk.bulk.sheets.template import write_csv, write_xlsx
from opentusk.editorial.errors import Unanswered
from opentusk.people.actors import actor_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PER_PAGE = 50
_SHOWN = 10


@login_required
def batches(request: HttpRequest) -> HttpResponse:
    """The template, a new spreadsheet, and the former ones."""
    by = actor_of(request.user)
    agents = writable_agents(by)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BatchForm(*sent, agents=agents, initial={"agent": request.GET.get("ente")})
    if form.is_valid() and (batch := _begin(request, form)):
        return redirect("batch", batch.uuid)
    context = {
        "form": form,
        "has_bodies": agents.exists(),
        "former": Batch.objects.with_agent().of_agents(agents).newest_first()[:_SHOWN],
        "crumbs": _crumbs(""),
    }
    return render(request, "bulk/batches.html", context, status=400 if form.errors else 200)


@login_required
@require_GET
def batch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What each row will do, or has done."""
    found = _batch(request, uuid)
    rows = found.rows.to_mend_first()
    context = {
        "batch": found,
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "is_busy": found.state in (Batch.State.CHECKING, Batch.State.RUNNING, Batch.State.PUBLISHING),
        "drafts": found.rows.drafts().count(),
        "counts": _counts(found),
        "done": found.rows.exclude(state=BatchRow.State.READY).count(),
        "total": found.rows.count(),
        "crumbs": _crumbs(found.sheet_name),
    }
    return render(request, "bulk/batch.html", context)


@login_required
@require_POST
def run(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go: what was tried is done."""
    try:
        actions.start_batch(_batch(request, uuid), by=actor_of(request.user))
    except BulkRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Avviato: puoi chiudere la pagina, il portale va avanti da solo."))
    return redirect("batch", uuid)


@login_required
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One declaration for the drafts of a run that are ready; then they are published."""
    found = _batch(request, uuid)
    drafts = drafts_of(found)
    form = SigningForm(request.POST if request.method == "POST" else None, drafts=drafts)
    if form.is_valid() and _sign(request, found, form):
        return redirect("batch", uuid)
    context = {
        "batch": found,
        "form": form,
        "ready": [draft for draft in drafts if draft.is_ready],
        "waiting": [draft for draft in drafts if not draft.is_ready],
        "crumbs": [*_crumbs(found.sheet_name, reverse("batch", args=[uuid])), (_("Firma e pubblica"), "")],
    }
    return render(request, "bulk/publish.html", context, status=400 if form.errors else 200)


@login_required
@require_GET
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every row with its outcome, as a CSV that Italian spreadsheets open."""
    found = _batch(request, uuid)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rapporto-{found.created_at:%Y-%m-%d}.csv"'
    response.write("\ufeff")
    csv.writer(response, delimiter=";").writerows(report_lines(found))
    return response


@login_required
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The spreadsheet to fill."""
    content, media_type = (write_xlsx(), _XLSX) if kind == "xlsx" else (write_csv(), "text/csv; charset=utf-8")
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="modello-dataset.{kind}"'
    return response


def _batch(request: HttpRequest, uuid: UUID) -> Batch:
    mine = Batch.objects.with_agent().of_agents(writable_agents(actor_of(request.user)))
    return get_object_or_404(mine, uuid=uuid)


def _begin(request: HttpRequest, form: BatchForm) -> Batch | None:
    by, typed = actor_of(request.user), form.cleaned_data
    given: list[tuple[str, Path]] = []
    if form.has_archive:
        upload = form.take(agent=typed["agent"], by=by)
        if upload is None or upload.stored is None:
            return None
        given.append((upload.name, upload.stored.path))
    given += [(one.name, _path_of(one)) for one in typed["several"]]
    sheet = typed["sheet"]
    try:
        return actions.begin_batch(_path_of(sheet), name=sheet.name, given=given, holder=typed["agent"], by=by)
    except BulkRefusal as refusal:
        form.add_error("file", words_for(refusal))
    return None


def _sign(request: HttpRequest, found: Batch, form: SigningForm) -> bool:
    try:
        actions.sign_batch(found, form.answers(), shown=form.chosen(), by=actor_of(request.user))
    except Unanswered as refusal:
        form.show_refused(refusal)
        return False
    except BulkRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Firmato: il portale li pubblica uno dopo l'altro, e qui vedi com'è andata."))
    return True


def _path_of(given: "UploadedFile[Any]") -> Path:
    """Where a file of a form is on the disk until the request is over."""
    assert given.file is not None
    given.file.flush()
    return Path(given.file.name)


def _counts(found: Batch) -> list[str]:
    """How many rows of each outcome, in words."""
    counts = Counter(found.rows.values_list("outcome", flat=True))
    create, update, same, wrong = (counts[outcome] for outcome in BatchRow.Outcome.values)
    words = (
        (create, ngettext("%(n)s dataset nuovo", "%(n)s dataset nuovi", create)),
        (update, ngettext("%(n)s dataset da aggiornare", "%(n)s dataset da aggiornare", update)),
        (same, ngettext("%(n)s già così", "%(n)s già così", same)),
        (wrong, ngettext("%(n)s riga da correggere", "%(n)s righe da correggere", wrong)),
    )
    return [text % {"n": count} for count, text in words if count]


def _crumbs(last: str, address: str = "") -> list[tuple[str, str]]:
    whole = (_("Pubblica in blocco"), reverse("batches") if last else "")
    return [(_("Scrivania"), "/scrivania"), whole, *([(last, address)] if last else [])]
