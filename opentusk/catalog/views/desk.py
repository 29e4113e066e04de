"""What one works on, and beginning something new."""

from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import writable_agents
from opentusk.catalog import actions
from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.forms.steps import NewDatasetForm
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.catalog.records import agent_record, iris
from opentusk.catalog.refusals import words_for
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.vocabularies import LANGUAGES
from opentusk.kit.vocabularies.spelling import spelling_key
from opentusk.kit.vocabularies.territory import all_municipalities, all_provinces, all_regions
from opentusk.people.actors import actor_of

_PER_PAGE = 30
_SUGGESTED = 12


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """One's bodies and their datasets, drafts first."""
    by = actor_of(request.user)
    found = editable_datasets(by).with_holder().latest_work_first()
    status, text = request.GET.get("stato", ""), request.GET.get("q", "").strip()
    if status in Dataset.Status.values:
        found = found.filter(status=status)
    if text:
        found = found.filter(title__icontains=text)
    context = {
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "has_bodies": writable_agents(by).exists(),
        "statuses": Dataset.Status.choices,
        "status": status,
        "text": text,
        "crumbs": [(_("Scrivania"), "")],
    }
    return render(request, "catalog/desk.html", context)


@login_required
def new_dataset(request: HttpRequest) -> HttpResponse:
    """A draft from a body and a title."""
    by = actor_of(request.user)
    form = NewDatasetForm(
        request.POST or None, holders=writable_agents(by), initial={"holder": request.GET.get("ente")}
    )
    if request.method == "POST" and form.is_valid():
        holder = form.cleaned_data["holder"]
        try:
            dataset = actions.create_draft(_first_record(holder, form.cleaned_data), holder=holder, by=by)
        except CatalogRefusal as refusal:
            form.add_error("local_part", words_for(refusal))
        else:
            messages.success(request, _("La bozza è pronta: completa la descrizione, poi pubblicala."))
            return redirect("edit_dataset", dataset.pk)
    context = {"form": form, "crumbs": [(_("Scrivania"), "/scrivania"), (_("Nuovo dataset"), "")]}
    return render(request, "catalog/new.html", context, status=400 if form.errors else 200)


@login_required
def places(request: HttpRequest) -> HttpResponse:
    """Names of Italian places that begin like the text, for the suggestions under the field."""
    wanted = spelling_key(request.GET.get("place", ""))
    known = (place.name for group in (all_regions(), all_provinces(), all_municipalities()) for place in group)
    found = islice((name for name in known if len(wanted) > 1 and spelling_key(name).startswith(wanted)), _SUGGESTED)
    return render(request, "catalog/places.html", {"places": list(dict.fromkeys(found))})


def _first_record(holder: Agent, typed: dict[str, str]) -> kit.Dataset:
    """A record with what the body's own row already tells."""
    contact = holder.contact_record()
    italian = LANGUAGES.by_code("ITA")
    record = kit.Dataset(
        identifier=f"{holder.ipa_code}:{typed['local_part']}",
        title={"it": typed["title"]},
        rights_holder=agent_record(holder),
        publisher=agent_record(holder),
        contact_point=(contact,) if contact else (),
        language=(italian.iri,) if italian else (),
    )
    return harmonise_dataset(record, Defaults(), iris())[0]
