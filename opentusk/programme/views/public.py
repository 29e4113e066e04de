"""Events for everybody: the list, the page, the calendar, the materials."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.bodies.permissions import is_desk
from opentusk.journal.models import reference_of
from opentusk.people.actors import actor_of
from opentusk.programme.calendars import calendar_of
from opentusk.programme.models import Edition, Event, Material
from opentusk.programme.permissions import can_check_in, can_have
from opentusk.programme.states import EventKind, EventState

_A_PAGE = 20


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What is to come and what took place, of one edition or kind when asked."""
    shown = Event.objects.public().select_related("edition")
    asked = {"edizione": request.GET.get("edizione", ""), "genere": request.GET.get("genere", "")}
    if asked["edizione"]:
        shown = shown.of_edition(asked["edizione"])
    if asked["genere"] in EventKind.values:
        shown = shown.filter(kind=asked["genere"])
    now = timezone.now()
    context = {
        "coming": shown.to_come(now),
        "page": Paginator(shown.gone(now), _A_PAGE).get_page(request.GET.get("page")),
        "cancelled": shown.filter(state=EventState.CANCELLED, starts_at__gte=now).order_by("starts_at"),
        "editions": Edition.objects.exclude(state=Edition.State.DRAFT).order_by("-slug"),
        "kinds": EventKind.choices,
        "asked": asked,
    }
    return render(request, "programme/events.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, with the materials that the reader may have; a draft is the desk's."""
    found = _visible(request, slug)
    by, now = actor_of(request.user), timezone.now()
    materials = [(one, can_have(by, one)) for one in found.materials.select_related("event").order_by("kind", "pk")]
    context = {
        "event": found,
        "subject": reference_of(found),
        "is_door": can_check_in(by, found),
        "is_desk": is_desk(by),
        "materials": materials,
        "takes_registrations": found.takes_registrations(now),
        "lets_in": found.lets_in(now),
        "registered": found.registrations.standing().count(),
        "attendance": found.registrations.came().count(),
        "crumbs": [(_("Eventi"), "/eventi"), (found.title, "")],
    }
    return render(request, "programme/event.html", context)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every event with a known day, for calendars that ask again."""
    shown = Event.objects.public().filter(starts_at__isnull=False).order_by("-starts_at")[:500]
    return _calendar(calendar_of(shown), "eventi.ics")


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, for a calendar."""
    found = get_object_or_404(Event.objects.public(), slug=slug)
    method = "CANCEL" if found.state == EventState.CANCELLED else "PUBLISH"
    return _calendar(calendar_of([found], method=method), f"{slug}.ics")


@require_safe
def material(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """A material, for whom its class says, asked at every request."""
    found = get_object_or_404(Material.objects.select_related("event", "file"), event__slug=slug, key=key)
    if not can_have(actor_of(request.user), found):
        if request.user.is_anonymous:
            return redirect(f"/accedi?next={request.path}")
        raise PermissionDenied("material")
    if found.file is None:
        return redirect(found.url)
    answer = FileResponse(found.file.path.open("rb"), as_attachment=True, filename=found.file_name or found.title)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _visible(request: HttpRequest, slug: str) -> Event:
    everything = Event.objects.select_related("edition")
    shown = everything if is_desk(actor_of(request.user)) else everything.public()
    return get_object_or_404(shown, slug=slug)


def _calendar(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
