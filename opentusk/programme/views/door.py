"""The door on the day: search by name or code, let in, the list to print."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opentusk.people.actors import actor_of
from opentusk.programme import actions
from opentusk.programme.errors import ProgrammeRefusal
from opentusk.programme.models import Event
from opentusk.programme.permissions import can_check_in
from opentusk.programme.refusals import words_for
from opentusk.programme.states import TAKING_A_SEAT

_MOST = 50


@never_cache
@login_required
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Find somebody by name or code and let them in; paper lists are typed here later."""
    event = _guarded(request, slug)
    if request.method == "POST":
        by, name = actor_of(request.user), request.POST.get("name", "").strip()[:200]
        try:
            if name:
                came, is_first = actions.walk_in(event, name, by=by), True
            else:
                came, is_first = actions.check_in(event, request.POST.get("code", ""), by=by)
        except ProgrammeRefusal as refusal:
            messages.error(request, words_for(refusal))
        else:
            when = timezone.localtime(came.checked_in_at)
            said = {"name": came.name or came.short_code, "time": f"{when:%H:%M}"}
            if is_first:
                messages.success(request, _("%(name)s è dentro.") % said)
            else:
                messages.warning(request, _("%(name)s era già entrato alle %(time)s.") % said)
        return redirect("event_door", slug=slug)
    text = request.GET.get("q", "").strip()
    rows = event.registrations.filter(state__in=TAKING_A_SEAT)
    found = rows.filter(Q(name__icontains=text) | Q(short_code__iexact=text)).order_by("name", "pk") if text else None
    context = {
        "event": event,
        "wanted": text,
        "found": found[:_MOST] if found is not None else None,
        "came": rows.came().count(),
        "seated": rows.count(),
        "latest": rows.came().order_by("-checked_in_at")[:5],
        "crumbs": [(event.title, f"/eventi/{slug}"), (_("Ingresso"), "")],
    }
    return render(request, "programme/door.html", context)


@require_safe
@never_cache
@login_required
def door_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list to print, when the network is not to be trusted."""
    event = _guarded(request, slug)
    rows = event.registrations.filter(state__in=TAKING_A_SEAT).order_by("name", "pk")
    crumbs = [(_("Ingresso"), f"/scrivania/eventi/{slug}/ingresso"), (_("Elenco"), "")]
    return render(request, "programme/door_list.html", {"event": event, "rows": rows, "crumbs": crumbs})


def _guarded(request: HttpRequest, slug: str) -> Event:
    event = get_object_or_404(Event.objects.select_related("edition"), slug=slug)
    if not can_check_in(actor_of(request.user), event):
        raise PermissionDenied("check_in")
    return event
