"""The producer's pages: how a file was read, what would make it better, and what its columns are."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.catalog.permissions import can_edit
from opentusk.people.actors import actor_of
from opentusk.tables import actions
from opentusk.tables.addresses import desk_page_of
from opentusk.tables.desk import Desk, desk_of, exceptions_of
from opentusk.tables.errors import TablesRefusal
from opentusk.tables.forms import DictionaryForm, ReadingForm, dictionary_initial, reading_initial
from opentusk.tables.models import Table, TableVersion


@login_required
def table_desk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The steps of the reading, the problems, the proposals, and the ways to say it better."""
    desk = _desk(request, uuid)
    context: dict[str, object] = {"desk": desk, "crumbs": _crumbs(desk, "")}
    if desk.version:
        form = ReadingForm(initial=reading_initial(desk.version.table), columns=desk.columns)
        context["form"] = form
    return render(request, "tables/desk.html", context)


@login_required
@require_POST
def choose_proposals(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Accept or revoke what was ticked, or everything that is offered."""
    desk, version = _with_version(request, uuid)
    decision = request.POST.get("decisione", "")
    codes = request.POST.getlist("codice") or [decision.partition(":")[2]]
    if decision == "tutte":
        codes = [proposal.code for proposal in desk.proposals if not proposal.accepted]
    act = actions.revoke_proposals if decision.startswith("revoca") else actions.accept_proposals
    by = actor_of(request.user)
    return _done(request, version.table, lambda: act(version, [code for code in codes if code], by=by))


@login_required
@require_POST
def overrule_reading(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say how the file is written."""
    desk, version = _with_version(request, uuid)
    form = ReadingForm(request.POST, columns=desk.columns)
    if not form.is_valid():
        return render(
            request, "tables/desk.html", {"desk": desk, "form": form, "crumbs": _crumbs(desk, "")}, status=400
        )
    chosen, by = form.cleaned_data, actor_of(request.user)
    return _done(
        request,
        version.table,
        lambda: actions.overrule_reading(
            version, encoding=chosen["encoding"], delimiter=chosen["delimiter"], types=form.types, by=by
        ),
    )


@login_required
@require_POST
def confirm_columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a version out whose columns are others."""
    _found, version = _with_version(request, uuid)
    actions.confirm_schema_change(version.file_version, by=actor_of(request.user))
    messages.success(request, _("Confermato: la nuova versione esce appena nient'altro la ferma."))
    return redirect(desk_page_of(version.table))


@login_required
def dictionary(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Title, description and unit of every column."""
    desk, version = _with_version(request, uuid)
    form = DictionaryForm(request.POST or None, initial=dictionary_initial(desk.columns), columns=desk.columns)
    if request.method == "POST" and form.is_valid():
        actions.describe_columns(version.table, form.dictionary, by=actor_of(request.user))
        messages.success(request, _("Salvato: vale anche per le prossime versioni del file."))
        return redirect(desk_page_of(version.table))
    context = {"desk": desk, "form": form, "crumbs": _crumbs(desk, _("Dizionario dei dati"))}
    return render(request, "tables/dictionary.html", context, status=400 if form.errors else 200)


@login_required
def exceptions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The cells and the rows that do not fit, beside where they are in the file."""
    desk, version = _with_version(request, uuid)
    page = exceptions_of(version, request.GET.get("page", ""))
    context = {"desk": desk, "page": page, "crumbs": _crumbs(desk, _("Celle che non tornano"))}
    return render(request, "tables/exceptions.html", context)


def _desk(request: HttpRequest, uuid: UUID) -> Desk:
    desk = desk_of(uuid)
    if desk is None or not can_edit(actor_of(request.user), desk.dataset):
        raise Http404
    return desk


def _with_version(request: HttpRequest, uuid: UUID) -> tuple[Desk, TableVersion]:
    desk = _desk(request, uuid)
    if desk.version is None:
        raise Http404
    return desk, desk.version


def _done(request: HttpRequest, table: Table, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except TablesRefusal:
        messages.error(request, _("Nel frattempo il file è stato riletto: guarda che cosa propone ora."))
    else:
        messages.success(request, _("Fatto: il file viene riletto, l'originale resta com'è."))
    return redirect(desk_page_of(table))


def _crumbs(desk: Desk, last: str) -> list[tuple[str, str]]:
    crumbs = [
        (_("Scrivania"), "/scrivania"),
        (desk.dataset.title or desk.dataset.identifier, f"/scrivania/dataset/{desk.dataset.pk}"),
        (_("Tabella"), f"/scrivania/tabelle/{desk.uuid}" if last else ""),
    ]
    return [*crumbs, (last, "")] if last else crumbs
