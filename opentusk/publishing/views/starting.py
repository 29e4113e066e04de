"""Step one: what one has in hand."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opentusk.bodies.permissions import writable_agents
from opentusk.catalog.permissions import editable_datasets
from opentusk.publishing import actions
from opentusk.publishing.actions.beginning import Service
from opentusk.publishing.errors import BadAddress
from opentusk.publishing.forms.starting import AddressForm, NewFileForm, ServiceForm
from opentusk.publishing.models import Guide
from opentusk.publishing.refusals import words_for
from opentusk.publishing.views.framing import actor

_FORMS: dict[str, type[NewFileForm | AddressForm | ServiceForm]] = {
    "file": NewFileForm,
    "address": AddressForm,
    "service": ServiceForm,
}
_SHOWN = 5


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """A file, an address or a service; and what was begun before."""
    by, way = actor(request), request.POST.get("way", "file")
    way = way if way in _FORMS else "file"
    agents = writable_agents(by)
    sent: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    chosen = {"agent": request.GET.get("ente")}
    shown = {
        name: kind(*(sent if name == way else ()), agents=agents, initial=chosen, auto_id=f"{name}_%s")
        for name, kind in _FORMS.items()
    }
    form = shown[way]
    if form.is_valid() and (guide := _begin(request, way, form)):
        return redirect("guide_step", guide.dataset_id, "lettura")
    unfinished = Guide.objects.with_dataset().about(editable_datasets(by)).unfinished().order_by("-created_at")
    context = {
        "forms": shown,
        "way": way,
        "form": form,
        "has_bodies": agents.exists(),
        "unfinished": unfinished[:_SHOWN],
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Pubblica un file"), "")],
    }
    return render(request, "publishing/start.html", context, status=400 if form.errors else 200)


def _begin(request: HttpRequest, way: str, form: forms.Form) -> Guide | None:
    """The guide; None with the reason in the form."""
    by, typed = actor(request), form.cleaned_data
    holder = typed["agent"]
    if isinstance(form, NewFileForm):
        upload = form.take(agent=holder, by=by)
        if upload is None or upload.stored is None:
            return None
        return actions.begin_with_file(upload.stored, name=upload.name, holder=holder, by=by)
    if way == "service":
        service = Service(**{name: typed[name] for name in ("title", "endpoint", "page", "format")})
        return actions.begin_with_service(service, holder=holder, by=by)
    try:
        return actions.begin_with_address(typed["address"], holder=holder, is_copied=typed["is_copied"], by=by)
    except BadAddress as refusal:
        form.add_error("address", words_for(refusal))
    return None
