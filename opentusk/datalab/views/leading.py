"""Leading the tables of a datalab, on a phone: open, close, put in order, type in cards of paper."""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.permissions import is_desk
from opentusk.datalab import actions
from opentusk.datalab.forms import CardForm, TablesForm, end_of_today
from opentusk.datalab.permissions import can_lead
from opentusk.demand import actions as demand
from opentusk.demand.errors import DemandRefusal
from opentusk.demand.forms.wishing import theme_choices
from opentusk.demand.models import Datalab, DatalabTable, WantedDataset
from opentusk.demand.refusals import words_for
from opentusk.demand.states import State
from opentusk.people.actors import actor_of


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The datalabs that I lead; the desk prepares others."""
    by = actor_of(request.user)
    form = TablesForm(request.POST or None) if is_desk(by) else None
    if request.method == "POST" and form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.make_tables(
                form.cards[said["event"]], said["tables"], by=by, opens_at=said["opens_at"],
                closes_at=said["closes_at"], place=said["place"], checks_first=said["checks_first"],
            )  # fmt: skip
        except DemandRefusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("I tavoli sono pronti: stampa i fogli."))
            return redirect("lead", made.slug)
    led = [one for one in Datalab.objects.select_related("basket").order_by("-pk") if can_lead(by, one.event)]
    context = {"datalabs": led, "form": form, "crumbs": [(_("Scrivania"), "/scrivania"), (_("Tavoli"), "")]}
    return render(request, "datalab/lead_mine.html", context, status=400 if form and form.errors else 200)


@never_cache
@login_required
def lead(request: HttpRequest, slug: str) -> HttpResponse:
    """The tables of a datalab and what they collected, the last first."""
    datalab = led_datalab(request, slug)
    wishes = WantedDataset.objects.filter(event=datalab.event).exclude(state=State.MERGED)
    undone = wishes.filter(pk=_number(request.GET.get("voce", ""))).first()
    context = {
        "datalab": datalab,
        "tables": datalab.tables.in_order(),
        "now": timezone.now(),
        "items": wishes.select_related("table", "basket").order_by("-number"),
        "themes": theme_choices(),
        "undone": undone,
        "undo": request.GET.get("annulla", ""),
        "before": request.GET.get("prima", ""),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Tavoli"), reverse("lead_mine")), (datalab.event_title, "")],
    }
    return render(request, "datalab/lead.html", context)


@require_POST
@login_required
def set_table(request: HttpRequest, slug: str, number: int, what: str) -> HttpResponse:
    """Open or close one table."""
    table, by = led_table(request, slug, number), actor_of(request.user)
    if what == "apri":
        actions.open_table(table, by=by, until=max(table.closes_at, end_of_today()))
    elif what == "chiudi":
        actions.close_table(table, by=by)
    else:
        raise Http404
    return redirect("lead", slug)


@require_POST
@login_required
def change_wish(request: HttpRequest, slug: str, pk: int, what: str) -> HttpResponse:
    """One tap on a wish: hide, show, another theme, merged into another; then a button takes it back."""
    datalab, by = led_datalab(request, slug), actor_of(request.user)
    item = get_object_or_404(WantedDataset, pk=pk, event=datalab.event)
    undo = {"voce": str(item.pk)}
    try:
        match what:
            case "nascondi":
                demand.hide(item, by=by)
                undo["annulla"] = "mostra"
            case "mostra":
                demand.show(item, by=by)
                undo["annulla"] = "nascondi"
            case "tema":
                undo |= {"annulla": "tema", "prima": item.primary_theme}
                demand.correct(item, by=by, theme=request.POST.get("theme", ""))
            case "unisci":
                _merge(item, request)
                undo = {}
            case _:
                raise Http404
    except DemandRefusal as refusal:
        messages.error(request, words_for(refusal))
        undo = {}
    return redirect(f"{reverse('lead', args=[slug])}?{urlencode(undo)}")


@never_cache
@login_required
def cards(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Cards of paper, one after the other with the keyboard alone; the theme and the world stay as they were."""
    table, by = led_table(request, slug, number), actor_of(request.user)
    kept = {"theme": request.GET.get("tema", ""), "world": request.GET.get("mondo", ""), "client_key": uuid4().hex}
    form = CardForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            item, _is_new = actions.wish_on_paper(table, form.wish(), by=by, client_key=form.sending_key())
        except DemandRefusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Voce n. %(number)s scritta. La prossima?") % {"number": item.number})
            said = urlencode({"tema": item.primary_theme, "mondo": item.proponent_world})
            return redirect(f"{request.path}?{said}")
    crumbs = [(_("Tavoli"), reverse("lead_mine")), (table.datalab.event_title, reverse("lead", args=[slug]))]
    context = {"table": table, "datalab": table.datalab, "form": form, "crumbs": [*crumbs, (_("Schede di carta"), "")]}
    return render(request, "datalab/lead_cards.html", context, status=400 if form.errors else 200)


def _merge(item: WantedDataset, request: HttpRequest) -> None:
    """Into the wish of that number, with the title that was chosen."""
    others = WantedDataset.objects.filter(basket=item.basket_id)
    target = get_object_or_404(others, number=_number(request.POST.get("target", "")))
    title = item.title if request.POST.get("keep") == "this" else ""
    demand.merge(item, target, by=actor_of(request.user), title=title)


def led_datalab(request: HttpRequest, slug: str) -> Datalab:
    """A datalab, for who leads it."""
    datalab = get_object_or_404(Datalab.objects.select_related("basket"), slug=slug)
    if not can_lead(actor_of(request.user), datalab.event):
        raise PermissionDenied("lead")
    return datalab


def led_table(request: HttpRequest, slug: str, number: int) -> DatalabTable:
    """A table, for who leads it."""
    return get_object_or_404(led_datalab(request, slug).tables.in_order(), number=number)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
