"""What one works on, and beginning something new."""

from itertools import islice

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opentusk.bodies.models import Membership
from opentusk.bodies.permissions import writable_agents
from opentusk.catalog import actions
from opentusk.catalog.beginnings import first_record
from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.forms.steps import NewDatasetForm
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.catalog.refusals import words_for
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
        "is_member": Membership.objects.valid().filter(user=by.user_id).exists(),
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
            identifier = f"{holder.ipa_code}:{form.cleaned_data['local_part']}"
            record = first_record(holder, identifier=identifier, title=form.cleaned_data["title"])
            dataset = actions.create_draft(record, holder=holder, by=by)
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
