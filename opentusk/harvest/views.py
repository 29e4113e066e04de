"""The pages of the sources: everybody sees their state, those who answer for them decide."""

import csv
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opentusk.bodies.permissions import is_desk
from opentusk.harvest import actions
from opentusk.harvest.errors import AlreadyRunning, NotAllowed, NothingToConfirm, SourceFault, SourceTaken
from opentusk.harvest.forms import ImportForm, SourceForm, SourceListForm
from opentusk.harvest.models import HarvestRun, HarvestSource, ItemQuerySet, RunItem, words_of
from opentusk.harvest.permissions import can_manage
from opentusk.harvest.reports import item_to_json, summary_of, table_of
from opentusk.harvest.sources import source_kinds
from opentusk.harvest.trying import try_source
from opentusk.journal.actors import Actor
from opentusk.kit.errors import Unreadable
from opentusk.kit.problems import problem_to_json
from opentusk.people.actors import actor_of

_PAGE = 50
P = ParamSpec("P")


def _refusing(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """What the room refuses for lack of rights is a 403 for the browser."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.action) from refusal

    return guarded


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """The sources, a page at a time, and how the last run of each went."""
    form = SourceListForm(request.GET)
    page = Paginator(form.chosen().with_agent().by_name(), _PAGE).get_page(request.GET.get("page"))
    runs = HarvestRun.objects.latest_of(page)
    by = _actor(request)
    context = {
        "form": form,
        "page": page,
        "rows": [(found, runs.get(found.pk)) for found in page],
        "can_add": _may_add(by),
        "can_import": is_desk(by),
        "crumbs": [(_("Raccolte"), "")],
    }
    return render(request, "harvest/sources.html", context)


@require_GET
def source(request: HttpRequest, source_id: int) -> HttpResponse:
    """One source and its runs; previews are shown to those who may ask for them."""
    found = get_object_or_404(HarvestSource.objects.with_agent(), pk=source_id)
    manages = can_manage(_actor(request), found)
    runs = found.runs.newest_first() if manages else found.runs.real().newest_first()
    context = {
        "source": found,
        "kind": source_kinds()[found.kind].label if found.kind in source_kinds() else found.kind,
        "runs": runs[: actions.KEPT_RUNS],
        "manages": manages,
        "crumbs": [(_("Raccolte"), reverse("harvest_sources")), (found.name, "")],
    }
    return render(request, "harvest/source.html", context)


@require_GET
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """The report of a run, item by item."""
    found = _visible_run(request, run_id)
    page = Paginator(_chosen_items(request, found), _PAGE).get_page(request.GET.get("page"))
    context = {
        "run": found,
        "page": page,
        "chosen": request.GET.get("esito", ""),
        "titolare": request.GET.get("titolare", ""),
        "outcomes": [(str(label), value, found.counts.get(value, 0)) for value, label in _outcomes()],
        "manages": can_manage(_actor(request), found.source),
        "crumbs": [
            (_("Raccolte"), reverse("harvest_sources")),
            (found.source.name, reverse("harvest_source", args=[found.source.pk])),
            (_("Resoconto"), ""),
        ],
    }
    return render(request, "harvest/run.html", context)


@require_GET
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """The piece of the page that says how far a run is."""
    return render(request, "harvest/progress.html", {"run": _visible_run(request, run_id)})


@require_GET
def run_csv(request: HttpRequest, run_id: int) -> HttpResponse:
    """The report as a table, one row per problem."""
    found = _visible_run(request, run_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="raccolta-{found.pk}.csv"'
    csv.writer(response).writerows(table_of(_chosen_items(request, found)))
    return response


@require_GET
def run_json(request: HttpRequest, run_id: int) -> HttpResponse:
    """The report as JSON, complete."""
    found = _visible_run(request, run_id)
    items = [item_to_json(item) for item in _chosen_items(request, found)]
    return JsonResponse(
        {**summary_of(found, shown_problems=0), "items": items}, json_dumps_params={"ensure_ascii": False}
    )


@login_required
@_refusing
def add(request: HttpRequest) -> HttpResponse:
    """Add a source; it starts paused, so that it can be previewed."""
    by = _actor(request)
    if not _may_add(by):
        raise PermissionDenied("add")
    form = SourceForm(request.POST or None, by=by)
    if "try" in request.POST:
        return _tried(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_source(form.chosen(), by=by)
        except SourceTaken:
            form.add_error("url", _("Questa sorgente c'è già."))
        else:
            messages.success(request, _("Sorgente aggiunta: guarda un'anteprima prima di attivarla."))
            return redirect("harvest_source", source_id=added.pk)
    return render(request, "harvest/form.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@_refusing
def change(request: HttpRequest, source_id: int) -> HttpResponse:
    """Change a source."""
    found = get_object_or_404(HarvestSource, pk=source_id)
    by = _actor(request)
    if not can_manage(by, found):
        raise PermissionDenied("change")
    form = SourceForm(request.POST or None, by=by, source=found)
    if "try" in request.POST:
        return _tried(request, form, source=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_source(found, form.chosen(), by=by)
        except SourceTaken:
            form.add_error("url", _("Questa sorgente c'è già."))
        else:
            messages.success(request, _("Modifiche salvate."))
            return redirect("harvest_source", source_id=found.pk)
    return render(request, "harvest/form.html", {"form": form, "source": found}, status=400 if form.errors else 200)


@login_required
@_refusing
def import_list(request: HttpRequest) -> HttpResponse:
    """Add the sources of another catalogue's list, paused, and tell what became of each row."""
    by = _actor(request)
    if not is_desk(by):
        raise PermissionDenied("import")
    form = ImportForm(request.POST or None, request.FILES or None)
    crumbs = [(_("Raccolte"), reverse("harvest_sources")), (_("Importa un elenco di sorgenti"), "")]
    context: dict[str, object] = {"form": form, "crumbs": crumbs}
    if request.method == "POST" and form.is_valid():
        try:
            imported = actions.import_sources(form.cleaned_data["file"].read(), by=by)
            context["imported"] = imported
            context["refused"] = [(row, problem_to_json(row.problem)) for row in imported.refused]
        except Unreadable as fault:
            form.add_error("file", words_of(fault.reason, fault.detail))
    return render(request, "harvest/import.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
@_refusing
def begin(request: HttpRequest, source_id: int) -> HttpResponse:
    """Run the source now."""
    return _begun(request, source_id, actions.run_now)


@login_required
@require_POST
@_refusing
def preview(request: HttpRequest, source_id: int) -> HttpResponse:
    """Show what a run would do."""
    return _begun(request, source_id, actions.preview)


@login_required
@require_POST
@_refusing
def pause(request: HttpRequest, source_id: int) -> HttpResponse:
    """Leave the source alone."""
    actions.pause(get_object_or_404(HarvestSource, pk=source_id), by=_actor(request))
    return redirect("harvest_source", source_id=source_id)


@login_required
@require_POST
@_refusing
def resume(request: HttpRequest, source_id: int) -> HttpResponse:
    """Read the source by the clock again."""
    actions.resume(get_object_or_404(HarvestSource, pk=source_id), by=_actor(request))
    return redirect("harvest_source", source_id=source_id)


@login_required
@require_POST
@_refusing
def confirm(request: HttpRequest, run_id: int) -> HttpResponse:
    """Withdraw what vanished in bulk."""
    found = get_object_or_404(HarvestRun.objects.select_related("source"), pk=run_id)
    try:
        actions.confirm_withdrawals(found, by=_actor(request))
    except NothingToConfirm:
        messages.warning(request, _("Questa raccolta non aspetta conferme."))
    else:
        messages.success(request, _("Dataset ritirati: restano le loro pagine con il motivo."))
    return redirect("harvest_run", run_id=run_id)


def _tried(request: HttpRequest, form: SourceForm, *, source: HarvestSource | None = None) -> HttpResponse:
    """The form with the first records of the source it describes; nothing is saved."""
    context: dict[str, object] = {"form": form, "source": source}
    if form.is_valid():
        try:
            context["trial"] = try_source(actions.draft_source(form.chosen(), by=_actor(request)))
        except SourceFault as fault:
            context |= {"fault": words_of(fault.code, fault.detail), "fault_detail": fault.detail}
    return render(request, "harvest/form.html", context, status=400 if form.errors else 200)


def _begun(request: HttpRequest, source_id: int, ask: Callable[..., HarvestRun]) -> HttpResponse:
    found = get_object_or_404(HarvestSource, pk=source_id)
    try:
        begun = ask(found, by=_actor(request))
    except AlreadyRunning:
        messages.warning(request, _("Questa sorgente è già in corso di raccolta."))
        return redirect("harvest_source", source_id=source_id)
    return redirect("harvest_run", run_id=begun.pk)


def _visible_run(request: HttpRequest, run_id: int) -> HarvestRun:
    """A run that this person may see: previews belong to those who answer for the source."""
    found = get_object_or_404(HarvestRun.objects.select_related("source__agent"), pk=run_id)
    if found.is_dry_run and not can_manage(_actor(request), found.source):
        raise Http404
    return found


def _chosen_items(request: HttpRequest, found: HarvestRun) -> ItemQuerySet:
    items = found.items.with_rows().in_order()
    if outcome := request.GET.get("esito"):
        items = items.with_outcome(outcome)
    if holder := request.GET.get("titolare"):
        items = items.filter(holder__ipa_code=holder)
    return items


def _outcomes() -> list[tuple[str, str]]:
    return [*((str(value), str(label)) for value, label in RunItem.Outcome.choices), ("repaired", _("riparato"))]


def _may_add(by: Actor) -> bool:
    return is_desk(by) or by.user_id is not None


def _actor(request: HttpRequest) -> Actor:
    return actor_of(request.user)
