"""Importing from a Decidim: look first, confirm with the same files, then decide line by line."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.consultation import actions
from opentusk.consultation.actions import ImportReport
from opentusk.consultation.forms.importing import DraftForm, ImportForm
from opentusk.consultation.import_words import OUTCOMES, count_rows, fault_words, line_words
from opentusk.consultation.models import ImportRecord
from opentusk.consultation.refusals import words_for
from opentusk.consultation.views.desk import DESK
from opentusk.demand.errors import DemandRefusal
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import State
from opentusk.journal.subjects import card_of
from opentusk.kit.decidim.archives import read_files
from opentusk.kit.decidim.shapes import DecidimFault, Export
from opentusk.people.actors import actor_of

_PER_PAGE = 20


@never_cache
@for_the_desk
def decidim(request: HttpRequest) -> HttpResponse:
    """The files are read and the counts shown; with the mark of what was seen, the same files are taken over."""
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "crumbs": _crumbs(_("Importa da Decidim"))}
    if request.method == "POST" and form.is_valid():
        context |= _read_and_take(request, form)
    if "done" in context:
        messages.success(request, _("L'importazione è fatta: ora conferma le voci degli elenchi."))
    return render(request, "consultation/decidim.html", context, status=400 if form.errors else 200)


@never_cache
@for_the_desk
def drafts(request: HttpRequest) -> HttpResponse:
    """Two columns: the line as it stands there, the wish that it becomes; and what changed there since."""
    waiting = WantedDataset.objects.filter(is_hidden=True, state=State.PROPOSED)
    references = [f"demand.wanteddataset:{pk}" for pk in waiting.values_list("pk", flat=True)]
    rows = ImportRecord.objects.filter(type="item", target__in=references).order_by("instance_host", "pk")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    pairs = []
    for row in page:
        item = actions.draft_of(row)
        form = DraftForm(initial={"title": item.title, "theme": item.primary_theme}, auto_id=f"id_%s_{row.pk}")
        pairs.append((row, item, form))
    changed = ImportRecord.objects.filter(needs_review=True).order_by("pk")[:_PER_PAGE]
    context = {
        "page": page,
        "pairs": pairs,
        "changed": [(row, card_of(row.target)) for row in changed],
        "crumbs": _crumbs(_("Voci da confermare")),
    }
    return render(request, "consultation/decidim_drafts.html", context)


@require_POST
@for_the_desk
def decide_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a wish, throw a line away, or say that a change was seen."""
    row, by = get_object_or_404(ImportRecord, pk=pk), actor_of(request.user)
    form = DraftForm(request.POST)
    match request.POST.get("che"):
        case "scarta":
            actions.discard_draft(row, by=by)
        case "visto":
            actions.note_reviewed(row, by=by)
        case _ if form.is_valid():
            try:
                actions.confirm_draft(row, **form.cleaned_data, by=by)
            except DemandRefusal as refusal:
                messages.error(request, words_for(refusal))
        case _:
            messages.error(request, _("Scrivi il dato e scegli il tema."))
    return redirect("decidim_drafts")


def _read_and_take(request: HttpRequest, form: ImportForm) -> dict[str, object]:
    """What was read, and done when the same files had been looked at; otherwise a fault in the form."""
    said = form.cleaned_data
    try:
        export, mark = _read(said["exports"])
    except DecidimFault as fault:
        form.add_error("exports", fault_words(fault))
        return {}
    if said["seen"] and said["seen"] != mark:
        form.add_error("exports", _("Questo non è lo stesso file di cui hai visto i numeri: guardali di nuovo."))
        return {}
    report = actions.import_export(
        export,
        said["consultation"],
        host=said["host"].strip(),
        by=actor_of(request.user),
        is_dry=not said["seen"],
        event_kind=said["event_kind"],
        body=said["body"],
    )
    shown = _shown(report, export)
    return shown | ({"done": True} if said["seen"] else {"mark": mark})


def _read(files: "list[UploadedFile[Any]]") -> tuple[Export, str]:
    """The export, and the mark of these very files; nothing of them stays on the disk."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, file in enumerate(files):
            path = Path(folder) / f"{number}-{Path(file.name or 'file').name[-80:]}"
            with path.open("wb") as kept:
                for piece in file.chunks():
                    digest.update(piece)
                    kept.write(piece)
            paths.append(path)
        return read_files(paths), digest.hexdigest()


def _shown(report: ImportReport, export: Export) -> dict[str, object]:
    return {
        "outcomes": OUTCOMES.values(),
        "rows": count_rows(report),
        "by_theme": sorted(report.by_theme.items()),
        "left_out": sum(export.left_out.values()),
        "lines": line_words(report.lines),
    }


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Scrivania"), "/scrivania"), (_("Consultazioni"), DESK), (last, "")]
