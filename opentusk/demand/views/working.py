"""Working on wishes: the desk and the moderators examine and assign, bodies answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import is_desk
from opentusk.catalog.models import Dataset
from opentusk.demand import actions
from opentusk.demand.clocks import clock_of
from opentusk.demand.errors import DemandRefusal
from opentusk.demand.forms.working import CorrectForm, MoveForm
from opentusk.demand.histories import history_of
from opentusk.demand.likeness import most_alike
from opentusk.demand.models import Suggestion, WantedDataset
from opentusk.demand.permissions import can_edit, can_moderate, can_move, is_referent_of
from opentusk.demand.refusals import words_for
from opentusk.demand.states import BEING_WORKED_ON, MOVES, Move, RefusalReason, State
from opentusk.journal.actors import Actor
from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of
from opentusk.search.finding import find
from opentusk.search.question import read_question

_PER_PAGE, _FOUND = 30, 6
_STATES_OF = {
    "da-esaminare": (State.PROPOSED,),
    "da-assegnare": (State.IN_BASKET,),
    "in-corso": BEING_WORKED_ON,
    "da-verificare": (State.PUBLISHED,),
    "chiuse": (State.VERIFIED, State.REFUSED, State.MERGED),
}


@never_cache
@login_required
def console(request: HttpRequest) -> HttpResponse:
    """What waits for the desk, with the day by which it was promised."""
    if not can_moderate(actor_of(request.user)):
        raise PermissionDenied("console")
    here = request.GET.get("coda", "da-esaminare")
    if here not in _STATES_OF:
        raise Http404
    everything = WantedDataset.objects.in_order()
    labels = {
        "da-esaminare": _("da esaminare"),
        "da-assegnare": _("da assegnare"),
        "in-corso": _("in corso"),
        "da-verificare": _("da verificare"),
        "chiuse": _("chiuse"),
    }
    tabs = [(name, labels[name], everything.filter(state__in=states).count()) for name, states in _STATES_OF.items()]
    page = Paginator(everything.filter(state__in=_STATES_OF[here]).order_by("state_since", "pk"), _PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"here": here, "tabs": tabs, "page": page, "rows": _rows(page.object_list), "today": timezone.localdate()}
    return render(
        request, "demand/console.html", context | {"crumbs": [(_("Scrivania"), "/scrivania"), (_("Paniere"), "")]}
    )


@never_cache
@login_required
def of_my_bodies(request: HttpRequest) -> HttpResponse:
    """What my bodies were asked for, the nearest day first."""
    answers_for = Membership.objects.valid().filter(user=actor_of(request.user).user_id, role=Membership.Role.REFERENTE)
    bodies = Agent.objects.filter(pk__in=answers_for.values("agent")).by_name()
    asked = WantedDataset.objects.filter(assigned_body__in=bodies).in_order().order_by("due_on", "pk")
    context = {
        "bodies": bodies,
        "rows": _rows(asked.filter(state__in=BEING_WORKED_ON)),
        "done": asked.filter(state__in=(State.PUBLISHED, State.VERIFIED)),
        "today": timezone.localdate(),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Richieste di dati"), "")],
    }
    return render(request, "demand/of_my_bodies.html", context)


@never_cache
@login_required
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish with everything that may be done to it now."""
    return _work_page(request, _wish_for(request, pk))


@require_POST
@login_required
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one of the things of the table of moves, or correct, hide, show, dismiss."""
    item, by = _wish_for(request, pk), actor_of(request.user)
    form: MoveForm | CorrectForm | None = None
    if name in Move.values:
        form = MoveForm(request.POST, move=Move(name), item=item)
    elif name == "correggi":
        form = CorrectForm(request.POST)
    if form is not None and not form.is_valid():
        return _work_page(request, item, wrong=form)
    try:
        _do(item, name, form.cleaned_data if form else request.POST, by)
    except DemandRefusal as refusal:
        if form is None:
            messages.error(request, words_for(refusal))
            return redirect("work_on_wish", pk)
        form.add_error(None, words_for(refusal))
        return _work_page(request, item, wrong=form)
    messages.success(request, _("Fatto: la voce n. %(number)s è aggiornata.") % {"number": item.number})
    return redirect("work_on_wish", pk)


def _do(item: WantedDataset, name: str, said: Any, by: Actor) -> None:
    """One action of the room. Raises what it refuses."""
    doings: dict[str, Callable[[], object]] = {
        Move.ACCEPT: lambda: actions.accept(item, by=by),
        Move.MERGE: lambda: actions.merge(item, said["target"], by=by, title=said["title"]),
        Move.REFUSE: lambda: actions.refuse(
            item, by=by, reason=RefusalReason(said["reason"]), answer=said["answer"], dataset=said["dataset"]
        ),
        Move.ASSIGN: lambda: actions.assign(item, said["body"], by=by, due_on=said["due_on"]),
        Move.LINK_EXISTING: lambda: actions.link(item, said["dataset"], by=by, note=said["note"]),
        Move.LINK: lambda: actions.link(item, said["dataset"], by=by, note=said["note"]),
        Move.START: lambda: actions.start(item, by=by, due_on=said["due_on"]),
        Move.DECLINE: lambda: actions.decline(item, by=by, note=said["note"]),
        Move.VERIFY: lambda: actions.verify(item, by=by),
        Move.REOPEN: lambda: actions.reopen(item, by=by, note=said["note"]),
        Move.RECONSIDER: lambda: actions.reconsider(item, by=by, note=said["note"]),
        Move.UNMERGE: lambda: actions.unmerge(item, by=by),
        "correggi": lambda: actions.correct(item, by=by, title=said["title"], theme=said["theme"]),
        "nascondi": lambda: actions.hide(item, by=by),
        "mostra": lambda: actions.show(item, by=by),
        "scarta": lambda: actions.dismiss_suggestion(_suggestion(item, said), by=by),
    }
    if name not in doings:
        raise Http404
    doings[name]()


def _suggestion(item: WantedDataset, said: QueryDict) -> Suggestion:
    number = said.get("suggestion", "")
    return get_object_or_404(item.suggestions, pk=number if number.isdigit() else 0)


def _wish_for(request: HttpRequest, pk: int) -> WantedDataset:
    """The wish, for who works on it."""
    item = get_object_or_404(WantedDataset.objects.in_order(), pk=pk)
    by = actor_of(request.user)
    is_asked = item.assigned_body_id is not None and is_referent_of(by, item.assigned_body_id)
    if not (can_edit(by, item) or is_asked or any(can_move(by, item, Move(move)) for _state, move in MOVES)):
        raise PermissionDenied("work_on_wish")
    return item


def _work_page(
    request: HttpRequest, item: WantedDataset, *, wrong: MoveForm | CorrectForm | None = None
) -> HttpResponse:
    by = actor_of(request.user)
    moves = [Move(move) for state, move in MOVES if state == item.state]
    moves = [move for move in moves if can_move(by, item, move)]
    forms = [
        wrong if isinstance(wrong, MoveForm) and wrong.move == move else MoveForm(move=move, item=item)
        for move in moves
    ]
    correct = (
        wrong
        if isinstance(wrong, CorrectForm)
        else CorrectForm(initial={"title": item.title, "theme": item.primary_theme})
    )
    words = request.GET.get("cerca", item.title)[:200]
    linking = next((move for move in moves if move in (Move.LINK, Move.LINK_EXISTING)), None)
    context = {
        "item": item,
        "clock": clock_of(item),
        "today": timezone.localdate(),
        "forms": forms,
        "wrong": wrong,
        "correct": correct if can_edit(by, item) else None,
        "alike": _alike(item),
        "linking": linking,
        "words": words,
        "found": _datasets(words) if linking else [],
        "suggestions": item.suggestions.filter(dismissed_at__isnull=True).select_related("dataset__rights_holder"),
        "history": history_of(item),
        "notes": _private_notes(item) if is_desk(by) else [],
        "crumbs": [
            (_("Scrivania"), "/scrivania"),
            (_("Paniere"), "/scrivania/paniere") if is_desk(by) else (_("Richieste di dati"), "/scrivania/richieste"),
            (_("Voce n. %(number)s") % {"number": item.number}, ""),
        ],
    }
    return render(request, "demand/work.html", context, status=400 if wrong else 200)


def _rows(wishes: Any) -> list[tuple[WantedDataset, Any]]:
    return [(item, clock_of(item)) for item in wishes]


def _alike(item: WantedDataset) -> list[WantedDataset]:
    others = WantedDataset.objects.filter(basket=item.basket_id).exclude(pk=item.pk).exclude(state=State.MERGED)
    return [one.thing for one in most_alike(item.title, ((other, other.title) for other in others.in_order()))]


def _datasets(words: str) -> list[Dataset]:
    """Public datasets that the words find: all of them together, or else the longest that finds something."""
    for asked in (words, *sorted(words.split(), key=len, reverse=True)[:4]):
        said = QueryDict(mutable=True)
        said["q"] = asked
        if ids := find(read_question(said)).ids[:_FOUND]:
            return list(Dataset.objects.published().filter(pk__in=ids).with_holder().by_title())
    return []


def _private_notes(item: WantedDataset) -> list[tuple[Any, str]]:
    """What bodies wrote to the desk alone."""
    entries = Entry.objects.about(item).filter(event="demand.declined").order_by("seq")
    return [(entry.at, entry.facts.get("private_note", "")) for entry in entries]
