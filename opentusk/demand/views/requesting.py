"""Asking for data outside any campaign, with an account: the law gives whoever answers thirty days."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opentusk.demand import actions
from opentusk.demand.actions.wishing import LEGAL_DAYS
from opentusk.demand.errors import DemandRefusal
from opentusk.demand.forms.wishing import RequestForm
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import Origin
from opentusk.people.actors import actor_of
from opentusk.ui.gates import is_too_often

_REQUESTS = 10


@never_cache
@login_required
def request_data(request: HttpRequest) -> HttpResponse:
    """The form of a request; what is sent is a wish like any other, with the day of the law."""
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (item := _asked(request, form)):
        messages.success(
            request,
            _("La tua richiesta è la voce n. %(number)s. Ti avvisiamo quando cambia qualcosa.")
            % {"number": item.number},
        )
        return redirect("wish", item.basket.edition, item.number)
    context = {
        "form": form,
        "has_basket": form.fields["basket"].queryset.exists(),  # type: ignore[attr-defined]
        "days": LEGAL_DAYS,
        "legal_day": timezone.localdate() + timedelta(days=LEGAL_DAYS),
        "crumbs": [(_("Paniere"), "/paniere"), (_("Richiedi un dato"), "")],
    }
    return render(request, "demand/request.html", context, status=400 if form.errors else 200)


def _asked(request: HttpRequest, form: RequestForm) -> WantedDataset | None:
    """The wish, or nothing when something was refused: the form then says what."""
    if form.is_a_program() or form.came_too_fast():
        return None
    if is_too_often(request, "requests for data", times=_REQUESTS, seconds=3_600):
        form.add_error(None, _("Hai mandato molte richieste in poco tempo: riprova fra un'ora."))
        return None
    try:
        return actions.propose(
            form.cleaned_data["basket"], form.wish(), by=actor_of(request.user), origin=Origin.REQUEST
        )
    except DemandRefusal as refusal:
        form.refuse(refusal)
        return None
