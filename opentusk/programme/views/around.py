"""What goes with an event at the desk: materials, who helps, who registered."""

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from opentusk.bodies.doors import for_the_desk
from opentusk.files.errors import FileRefusal
from opentusk.files.refusals import words_for as words_of_files
from opentusk.people.actors import actor_of
from opentusk.programme import actions
from opentusk.programme.desk_forms import InviteForm, MaterialForm
from opentusk.programme.errors import ProgrammeRefusal
from opentusk.programme.models import Event, Material
from opentusk.programme.refusals import words_for
from opentusk.programme.views.desk import desk_page
from opentusk.search.lists import harmless_cell


@require_POST
@for_the_desk
def add_material(request: HttpRequest, slug: str) -> HttpResponse:
    """A file, an address or a transcript for the class that is chosen."""
    found = get_object_or_404(Event.objects.select_related("edition"), slug=slug)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        said = dict(form.cleaned_data)
        given = said.pop("upload")
        try:
            actions.give_material(found, by=actor_of(request.user), given=given, **said)
        except ProgrammeRefusal as refusal:
            form.add_error(None, words_for(refusal))
        except FileRefusal as refusal:
            form.add_error("upload", words_of_files(refusal))
        else:
            messages.success(request, _("Il materiale c'è."))
            return redirect("desk_event", slug=slug)
    return desk_page(request, found, form=form)


@require_POST
@for_the_desk
def remove_material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a material away."""
    actions.remove_material(get_object_or_404(Material, pk=pk, event__slug=slug), by=actor_of(request.user))
    messages.success(request, _("Il materiale non c'è più."))
    return redirect("desk_event", slug=slug)


@require_POST
@for_the_desk
def helper(request: HttpRequest, slug: str, pk: int = 0) -> HttpResponse:
    """Let somebody stand at the door, or no more."""
    found, by = get_object_or_404(Event, slug=slug), actor_of(request.user)
    try:
        if pk:
            actions.remove_helper(found, pk, by=by)
        else:
            actions.add_helper(found, email=request.POST.get("email", ""), by=by)
    except ProgrammeRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Fatto."))
    return redirect("desk_event", slug=slug)


@require_POST
@for_the_desk
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Register somebody, who confirms from the letter: also where one comes by invitation only."""
    found, form = get_object_or_404(Event, slug=slug), InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Scrivi il nome e un indirizzo e-mail valido."))
        return redirect("desk_event", slug=slug)
    try:
        actions.register(found, actions.Person(**form.cleaned_data), by=actor_of(request.user))
    except ProgrammeRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Invito mandato: il posto è suo quando lo conferma."))
    return redirect("desk_event", slug=slug)


@require_safe
@never_cache
@for_the_desk
def participants_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Who registered, for the desk alone."""
    found = get_object_or_404(Event, slug=slug)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="iscritti-{slug}.csv"'
    writer = csv.writer(answer)
    for row in _rows(found):
        writer.writerow([harmless_cell(cell) for cell in row])
    return answer


def _rows(event: Event) -> Iterator[list[object]]:
    """The header, and a line for each registration."""
    yield [
        *(_("nome e cognome"), _("e-mail"), _("mondo"), _("ente o organizzazione"), _("stato"), _("codice")),
        *(_("iscritto"), _("entrato"), _("esigenze di accessibilità"), *event.questions),
    ]
    for one in event.registrations.order_by("name", "pk"):
        came = f"{localtime(one.checked_in_at):%Y-%m-%d %H:%M}" if one.checked_in_at else ""
        yield [
            *(one.name, one.email, one.get_world_display(), one.body_name, one.get_state_display(), one.short_code),
            *(f"{localtime(one.created_at):%Y-%m-%d %H:%M}", came, one.needs, *one.answers),
        ]
