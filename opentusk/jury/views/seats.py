"""The juror's door: a secret address and a code, then one entry per screen. Nobody writes marks for a juror."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opentusk.hackathon.errors import BadMark, HackathonRefusal, InConflict
from opentusk.hackathon.models import Entry, Juror, Sheet
from opentusk.hackathon.refusals import words_for
from opentusk.hackathon.states import JurorState, SheetState
from opentusk.jury import actions
from opentusk.jury.actions.judging import is_in_conflict
from opentusk.jury.forms import CodeForm, ConflictsForm, RecuseForm, SheetForm
from opentusk.people.models import User
from opentusk.people.tokens import hash_of
from opentusk.ui.gates import is_too_often

_SEATS = "jury_seats"
Page = Callable[..., HttpResponse]


def _seated(view: Page) -> Page:
    """Only for the juror who gave the code in this browser; everybody else is asked for it."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        key = hash_of(secret)
        pk = request.session.get(_SEATS, {}).get(key)
        found = Juror.objects.select_related("hackathon").exclude(state=JurorState.REPLACED)
        juror = found.filter(pk=pk, token_hash=key).first() if pk else None
        if juror is None:
            return redirect("jury_door", secret)
        if not juror.may_judge and view.__name__ != "conflicts":
            return redirect("jury_conflicts", secret)
        try:
            return _quiet(view(request, juror, secret, **kwargs))
        except Entry.DoesNotExist:
            return redirect("jury", secret)

    return never_cache(guarded)


@never_cache
def door(request: HttpRequest, secret: str) -> HttpResponse:
    """The code; wrong ones are few."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Each juror apart: the whole jury may sit behind one address.
        if is_too_often(request, f"hackathon.jury {hash_of(secret)}", times=8, seconds=600):
            form.add_error("code", _("Troppi tentativi: riprova tra qualche minuto."))
        else:
            try:
                juror = actions.find_juror(secret, form.cleaned_data["code"])
                actions.accept_juror(juror, user=request.user if isinstance(request.user, User) else None)
            except HackathonRefusal as refusal:
                form.add_error("code", words_for(refusal))
            else:
                request.session[_SEATS] = request.session.get(_SEATS, {}) | {hash_of(secret): juror.pk}
                return redirect("jury", secret)
    return _quiet(render(request, "jury/door.html", {"form": form}, status=400 if form.errors else 200))


@_seated
def conflicts(request: HttpRequest, juror: Juror, secret: str) -> HttpResponse:
    """Say with which teams one is in conflict; again at any time."""
    form = ConflictsForm(request.POST if request.method == "POST" else None, juror=juror)
    if request.method == "POST" and form.is_valid():
        actions.declare_conflicts(juror, form.conflicts())
        messages.success(request, _("La dichiarazione è salvata."))
        return redirect("jury", secret)
    return render(request, "jury/conflicts.html", _context(juror, secret) | {"form": form})


@_seated
def jury(request: HttpRequest, juror: Juror, secret: str) -> HttpResponse:
    """The entries in the order of the presentations, with what is left to do."""
    context = _context(juror, secret)
    left = sum(1 for row in context["rows"] if row["state"] in {"", SheetState.DRAFT})
    return render(request, "jury/entries.html", context | {"left": left})


@_seated
def sheet(request: HttpRequest, juror: Juror, secret: str, pk: int) -> HttpResponse:
    """One entry and one's marks for it."""
    entry = _entry(juror, pk)
    if is_in_conflict(juror, entry.team):
        return render(request, "jury/conflict.html", _context(juror, secret), status=403)
    kept = Sheet.objects.filter(juror=juror, entry=entry).first()
    criteria = list(juror.hackathon.criteria.all())
    form = SheetForm(request.POST if request.method == "POST" else None, criteria=criteria, sheet=kept)
    if request.method == "POST" and form.is_valid() and _kept(request, juror, entry, form):
        return redirect("jury", secret)
    context = _context(juror, secret) | {
        "entry": entry,
        "datasets": entry.work.datasets.order_by("-is_main", "title"),
        "form": form,
        "sheet": kept,
        "takes_marks": juror.hackathon.takes_marks(timezone.now()),
        "recuse": RecuseForm(auto_id="conflitto_%s"),
    }
    return render(request, "jury/sheet.html", context, status=400 if form.errors else 200)


@_seated
def recuse(request: HttpRequest, juror: Juror, secret: str, pk: int) -> HttpResponse:
    """«Ho un conflitto»: not this entry, after all."""
    entry, form = _entry(juror, pk), RecuseForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        messages.error(request, _("Scrivi perché hai un conflitto: basta una riga."))
        return redirect("jury_sheet", secret, pk)
    try:
        actions.recuse(juror, entry, reason=form.cleaned_data["reason"])
    except HackathonRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Ti sei astenuto: questo progetto non conta su di te."))
    return redirect("jury", secret)


@_seated
def blank_sheets(request: HttpRequest, juror: Juror, secret: str) -> HttpResponse:
    """Sheets to print, for when the network is not there."""
    entries = [row["entry"] for row in _context(juror, secret)["rows"] if not row["is_barred"]]
    context = {"hackathon": juror.hackathon, "entries": entries, "criteria": juror.hackathon.criteria.all()}
    return render(request, "hackathon/blank_sheets.html", context)


def _kept(request: HttpRequest, juror: Juror, entry: Entry, form: SheetForm) -> bool:
    is_final = request.POST.get("do") == "consegna"
    try:
        actions.save_sheet(juror, entry, form.marks(), is_final=is_final, note=form.cleaned_data["note"])
    except BadMark as refusal:
        for code in refusal.criteria:
            form.add_error(f"mark_{code}", _("Manca il voto, o non è tra quelli ammessi."))
        return False
    except (HackathonRefusal, InConflict) as refusal:
        form.add_error(None, words_for(refusal))
        return False
    messages.success(
        request, _("Scheda consegnata.") if is_final else _("Bozza salvata: non conta finché non la consegni.")
    )
    return True


def _entry(juror: Juror, pk: int) -> Entry:
    return juror.hackathon.entries.in_the_game().select_related("team", "work").get(pk=pk)


def _quiet(answer: HttpResponse) -> HttpResponse:
    """Django writes the address of what is refused into the log: the secret of a juror must not be there."""
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def _context(juror: Juror, secret: str) -> dict[str, Any]:
    """The juror with every entry in the game, and what the juror said of it."""
    barred = set(juror.conflicts.filter(waived_note="").values_list("team", flat=True))
    sheets = {one.entry_id: one for one in juror.sheets.prefetch_related("scores__criterion")}
    rows = []
    for entry in juror.hackathon.entries.in_the_game().in_order():
        given = sheets.get(entry.pk)
        scores = given.scores.all() if given else ()
        marks = sorted((score.criterion.position, score.criterion.label, score.value) for score in scores)
        rows.append(
            {
                "entry": entry,
                "is_barred": entry.team_id in barred,
                "state": SheetState.RECUSED if entry.team_id in barred else given.state if given else "",
                "marks": [(label, value) for _position, label, value in marks],
            }
        )
    return {"juror": juror, "secret": secret, "hackathon": juror.hackathon, "rows": rows}
