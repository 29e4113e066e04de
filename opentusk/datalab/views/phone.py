"""On a phone at a table, without an account: one wish, one reason, one correction.

Nobody is signed in here and no cookie is needed, so that a page opened an hour ago over bad Wi-Fi can still be sent.
"""

from uuid import uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from opentusk.bodies.models import Agent
from opentusk.datalab.actions import wish_at_table
from opentusk.datalab.views.wall import datalab as datalab_page
from opentusk.demand import actions
from opentusk.demand.actions.wishing import CORRECTABLE_FOR
from opentusk.demand.errors import DemandRefusal, TableClosed
from opentusk.demand.forms.wishing import WishForm
from opentusk.demand.likeness import most_alike
from opentusk.demand.models import Datalab, DatalabTable, WantedDataset, WantedDatasetQuerySet
from opentusk.demand.refusals import words_for
from opentusk.demand.states import State
from opentusk.ui.gates import is_too_often

_SALT = "datalab.correct"
_SHORTEST_QUESTION = 4
# A whole datalab is behind one address of the venue's Wi-Fi: two hundred people in a minute are not a flood.
_SENDINGS, _WRONG_CODES = 1_000, 60


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """Where a code read from a sheet is typed; and the datalabs that were."""
    if code := request.GET.get("codice", "").strip().upper():
        return redirect("table_form", code)
    context = {"datalabs": Datalab.objects.select_related("basket").order_by("-pk"), "crumbs": [(_("Datalab"), "")]}
    return render(request, "datalab/tables.html", context)


@csrf_exempt
@never_cache
def table_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a table: four fields and a tap."""
    table = _table(code)
    if table is None:
        return _not_a_table(request, code)
    if is_too_often(request, f"datalab {table.pk}", times=_SENDINGS, seconds=60):
        return render(request, "datalab/phone_wait.html", {"table": table}, status=429)
    form = WishForm(request.POST or None, table=table, initial=_beginning(table))
    if request.method == "POST" and form.is_valid() and not form.came_too_fast():
        try:
            return _sent(request, table, form)
        except TableClosed:
            return _closed(request, table, form)
        except DemandRefusal as refusal:
            form.refuse(refusal)
    if request.method != "POST" and not table.is_open(timezone.now()):
        return _closed(request, table, None)
    context = {"table": table, "datalab": table.datalab, "form": form}
    return render(request, "datalab/phone_form.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def thanks(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What number the wish got; whoever sent it has the address to correct it."""
    table = get_object_or_404(DatalabTable.objects.in_order(), join_code=code.upper())
    item = get_object_or_404(WantedDataset, basket=table.datalab.basket, number=number, event=table.datalab.event)
    token = request.GET.get("c", "")
    context = {"table": table, "item": item, "token": token if _item_of(token) == item else ""}
    return render(request, "datalab/phone_thanks.html", context)


@csrf_exempt
@never_cache
def correct(request: HttpRequest, token: str) -> HttpResponse:
    """Change one's own wish, for half an hour, with the secret address."""
    item = _item_of(token)
    if item is None or item.table is None:
        return render(request, "datalab/phone_late.html", {"item": item}, status=410)
    known = {name: getattr(item, name) for name in ("title", "use_case", "producers_text")}
    form = WishForm(request.POST or None, table=item.table, initial=known | {"theme": item.primary_theme})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_own(item, form.wish())
        except DemandRefusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(_thanks_address(item.table, item, token))
    context = {"table": item.table, "datalab": item.table.datalab, "form": form, "item": item}
    return render(request, "datalab/phone_form.html", context, status=400 if form.errors else 200)


@csrf_exempt
@never_cache
def reason(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Somebody else's wish is one's own too: add why."""
    table = get_object_or_404(DatalabTable.objects.in_order(), join_code=code.upper())
    item = get_object_or_404(_alive(table), number=number)
    form = WishForm(request.POST or None, initial={"client_key": uuid4().hex, "world": ""})
    del form.fields["title"], form.fields["theme"], form.fields["producers_text"]
    form.fields["use_case"].required = True
    if request.method == "POST" and form.is_valid() and not form.came_too_fast():
        said = form.cleaned_data
        try:
            if not form.is_a_program():
                actions.add_reason(
                    item, said["use_case"], world=said["world"], table=table, client_key=form.sending_key()
                )
        except DemandRefusal as refusal:
            form.refuse(refusal)
        else:
            return render(request, "datalab/phone_thanks.html", {"table": table, "item": item, "is_reason": True})
    context = {"table": table, "item": item, "form": form}
    return render(request, "datalab/phone_reason.html", context, status=400 if form.errors else 200)


@require_safe
def alike(request: HttpRequest, code: str) -> JsonResponse:
    """What is in the basket of this edition already and is like the words being typed."""
    table = get_object_or_404(DatalabTable.objects.in_order(), join_code=code.upper())
    words = request.GET.get("q", "")[:200]
    if len(words.strip()) < _SHORTEST_QUESTION:
        return JsonResponse({"alike": []})
    found = most_alike(words, ((item, item.title) for item in _alive(table)), most=3)
    return JsonResponse(
        {
            "alike": [
                {
                    "number": one.thing.number,
                    "title": one.thing.title,
                    "url": reverse("table_reason", args=[table.join_code, one.thing.number]),
                }
                for one in found
            ]
        }
    )


@require_safe
def producers(request: HttpRequest) -> JsonResponse:
    """Names of bodies that hold the words being typed."""
    words = request.GET.get("q", "").strip()[:80]
    found = Agent.objects.active().filter(name__icontains=words).by_name() if len(words) > 1 else Agent.objects.none()
    return JsonResponse({"names": list(found.values_list("name", flat=True)[:8])})


def _table(code: str) -> DatalabTable | None:
    return DatalabTable.objects.in_order().filter(join_code=code.upper()).first()


def _alive(table: DatalabTable) -> WantedDatasetQuerySet:
    """The wishes of a table's edition that may get another reason."""
    wishes = WantedDataset.objects.shown().filter(basket=table.datalab.basket)
    return wishes.exclude(state__in=(State.MERGED, State.REFUSED)).select_related("basket")


def _beginning(table: DatalabTable) -> dict[str, str]:
    theme = table.themes[0] if len(table.themes) == 1 else ""
    return {"client_key": uuid4().hex, "theme": theme, "world": ""}


def _sent(request: HttpRequest, table: DatalabTable, form: WishForm) -> HttpResponse:
    """Keep the wish and say its number. Raises what the action refuses."""
    if form.is_a_program():
        return redirect("table_form", table.join_code)
    item, _is_new = wish_at_table(table, form.wish(), client_key=form.sending_key())
    address = _thanks_address(table, item, signing.dumps(item.pk, salt=_SALT))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"number": item.number, "url": address})
    return redirect(address)


def _thanks_address(table: DatalabTable, item: WantedDataset, token: str) -> str:
    return f"{reverse('table_thanks', args=[table.join_code, item.number])}?c={token}"


def _item_of(token: str) -> WantedDataset | None:
    """The wish of a secret address that still holds."""
    try:
        number = signing.loads(token, salt=_SALT, max_age=CORRECTABLE_FOR)
    except signing.BadSignature:
        return None
    return WantedDataset.objects.select_related("table__datalab__basket").filter(pk=number).first()


def _closed(request: HttpRequest, table: DatalabTable, form: WishForm | None) -> HttpResponse:
    """When it was open; what was written stays on the page."""
    context = {
        "table": table,
        "datalab": table.datalab,
        "form": form,
        "is_early": timezone.now() < table.opens_at,
        "words": words_for(TableClosed()),
    }
    return render(request, "datalab/phone_closed.html", context, status=403 if form else 200)


def _not_a_table(request: HttpRequest, code: str) -> HttpResponse:
    """Perhaps the address of a datalab; otherwise a wrong code, and so many are not answered any more."""
    if Datalab.objects.filter(slug=code).exists():
        return datalab_page(request, code)
    if is_too_often(request, "datalab codes", times=_WRONG_CODES, seconds=600):
        return render(request, "datalab/phone_wait.html", {}, status=429)
    return render(request, "datalab/phone_wrong.html", {"code": code}, status=404)
