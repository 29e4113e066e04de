"""Step two: what was found in the file, what could be better in one click, and what stops it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_decide_privacy_for
from opentusk.kit.personal import advise, tell_finding
from opentusk.publishing import actions
from opentusk.publishing.given import GivenFile, given_files, lacks_open_format
from opentusk.publishing.refusals import words_of_fetch
from opentusk.publishing.views.framing import actor, dataset_of, guide_shown, show
from opentusk.quality.letters import address_of, deciders_of
from opentusk.quality.models import PrivacyCase
from opentusk.tables import actions as tables
from opentusk.tables.desk import Desk, desk_of
from opentusk.tables.errors import TablesRefusal
from opentusk.tables.models import Table
from opentusk.ui.speech import is_english


@dataclass(frozen=True)
class Stop:
    """A suspicion of personal data: what, how to mend it, who decides, and whether the reader is one of them."""

    findings: tuple[tuple[str, str], ...]
    deciders: tuple[str, ...]
    address: str
    is_mine: bool


@dataclass(frozen=True)
class Read:
    """A file with what was found in its tables, and what stops it."""

    file: GivenFile
    desks: tuple[Desk, ...]
    stop: Stop | None
    why: str


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a dataset, read."""
    guide = guide_shown(dataset_of(request, pk))
    if request.method == "POST":
        return _decide(request, pk)
    reads = [_read(request, file) for file in given_files(guide.dataset)]
    context = {
        "reads": reads,
        "is_busy": any(read.file.is_being_read for read in reads) or guide.fetching == guide.Fetching.WAITING,
        "fault": words_of_fetch(guide) if guide.fault else "",
        "lacks_open_format": lacks_open_format(guide.dataset),
    }
    return show(request, "reading", guide, "lettura", more=context)


def _read(request: HttpRequest, file: GivenFile) -> Read:
    found = [desk for given in file.tables if (desk := desk_of(given.table.uuid))]
    whole = desk_of(file.distribution.uuid) if not found else found[0]
    stop = stop_of(request, file) if file.personal else None
    return Read(file, tuple(found), stop, whole.why if whole else "")


def stop_of(request: HttpRequest, file: GivenFile) -> Stop | None:
    """The suspicion of personal data that waits for a decision on this file."""
    case = PrivacyCase.objects.waiting().of_version(file.version).first()
    if case is None:
        return None
    holder: Agent = file.distribution.dataset.rights_holder
    language = "en" if is_english() else "it"
    findings = tuple((tell_finding(finding, language), advise(finding, language)) for finding in case.found)
    mine = can_decide_privacy_for(actor(request), holder)
    return Stop(findings, tuple(deciders_of(holder)), address_of(case), mine)


def _decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or revoke proposals, or confirm that the columns are others."""
    dataset = dataset_of(request, pk)
    if request.POST.get("decision") == "csv":
        actions.offer_csv(actions.guide_of(dataset, by=actor(request)), by=actor(request))
        messages.success(request, _("Aggiunto: chi vuole i dati in CSV li trova, sempre nella versione più recente."))
        return redirect("guide_step", pk, "lettura")
    table = get_object_or_404(Table.objects.of_dataset(dataset), uuid=request.POST.get("table") or None)
    version = table.versions.newest_first().select_related("table", "file_version").first()
    decision, by = request.POST.get("decision", ""), actor(request)
    if version is None:
        return redirect("guide_step", pk, "lettura")
    try:
        if decision == "columns":
            tables.confirm_schema_change(version.file_version, by=by)
            messages.success(request, _("Confermato: le colonne sono cambiate apposta."))
        elif decision == "all":
            codes = [proposal.code for proposal in version.found().proposals]
            tables.accept_proposals(version, codes, by=by)
        elif decision.startswith("revoke:"):
            tables.revoke_proposals(version, [decision.partition(":")[2]], by=by)
        else:
            tables.accept_proposals(version, [decision.partition(":")[2]], by=by)
    except TablesRefusal:
        messages.error(request, _("Nel frattempo il file è stato riletto: guarda che cosa propone ora."))
    return redirect("guide_step", pk, "lettura")
