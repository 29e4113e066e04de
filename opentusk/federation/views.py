"""The pages of federation: of the whole portal for the desk, of one body for its people."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opentusk.bodies.models import Agent
from opentusk.federation import taking
from opentusk.federation.actions import ask_for_reading
from opentusk.federation.comparing import DUPLICATED, EXTRA, MISSING, OLDER
from opentusk.federation.errors import SwitchedOff, TooSoon
from opentusk.federation.forms import RegistrationForm
from opentusk.federation.models import NationalReading, Visit
from opentusk.federation.permissions import can_see_body, can_see_everything, own_bodies
from opentusk.federation.registering import VALIDATOR, WHERE, Contact, message_of, subject_of
from opentusk.people.actors import account_of, actor_of

_VISITS = 30
_LISTED = 20
_HOME = "/scrivania/federazione"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def federation(request: HttpRequest) -> HttpResponse:
    """The whole portal for the desk; everybody else is led to the own body."""
    by = actor_of(request.user)
    if can_see_everything(by):
        return _page(request, None)
    bodies = list(own_bodies(by))
    if len(bodies) == 1:
        return redirect("federation_body", bodies[0].slug)
    return render(request, "federation/choose.html", {"bodies": bodies, "crumbs": _crumbs(None)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body."""
    return _page(request, _visible_body(request, slug))


@login_required
@require_POST
def read_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the national catalogue asked about a body."""
    agent = _visible_body(request, slug)
    try:
        ask_for_reading(agent, by=actor_of(request.user), now=timezone.now())
    except TooSoon as refusal:
        words = _("Il catalogo nazionale è stato interrogato da poco: riprova fra %(minutes)s minuti.")
        messages.warning(request, words % {"minutes": refusal.minutes})
    except SwitchedOff:
        messages.warning(request, _("La lettura del catalogo nazionale non è attiva in questo portale."))
    else:
        messages.success(request, _("La lettura è partita: ricarica la pagina fra qualche secondo."))
    return redirect("federation_body", slug)


def _visible_body(request: HttpRequest, slug: str) -> Agent:
    agent = get_object_or_404(Agent, slug=slug)
    if not can_see_body(actor_of(request.user), agent):
        raise PermissionDenied("federation")
    return agent


def _page(request: HttpRequest, agent: Agent | None) -> HttpResponse:
    bodies = [] if agent else taking.bodies_in_feed()
    visits = Visit.objects.to_body(agent) if agent else Visit.objects.all()
    context = {
        "agent": agent,
        "count": taking.fragments_of(agent).count(),
        "pages": taking.page_count(agent),
        "kept_out": taking.kept_out(agent, listed=None if agent else _LISTED),
        "report": taking.report_of(agent),
        "scores": taking.scores_of(agent),
        "build": taking.last_build(),
        "visits": visits.newest_first()[:_VISITS],
        "visit_count": visits.count(),
        "bodies": bodies,
        "validator": VALIDATOR,
        "where": WHERE,
        "crumbs": _crumbs(agent),
    }
    return render(request, "federation/federation.html", context | _message(request, agent, bodies) | _national(agent))


def _message(request: HttpRequest, agent: Agent | None, bodies: Sequence[tuple[Agent, int]]) -> dict[str, object]:
    """The form of the contact and the message, with gaps until somebody fills them. Nothing is kept."""
    user = account_of(request.user)
    usual = {"name": user.name, "email": agent.contact_email if agent else settings.PORTAL_EMAIL}
    usual |= {"phone": agent.contact_phone if agent else ""}
    form = RegistrationForm(request.POST or None, initial=usual, bodies=bodies)
    is_filled = request.method == "POST" and form.is_valid()
    contact = form.contact() if is_filled else Contact(**usual)
    alone = set(form.cleaned_data.get("alone", ())) if is_filled else set()
    ours = [(body, count) for body, count in bodies if body.slug not in alone]
    address = taking.feed_address(agent, without=[body for body, _count in bodies if body.slug in alone])
    datasets = sum(count for _body, count in ours) if ours else taking.fragments_of(agent).count()
    text = message_of(agent, contact, address=address, datasets=datasets, bodies=ours)
    return {"form": form, "is_filled": is_filled, "address": address, "subject": subject_of(agent), "message": text}


def _national(agent: Agent | None) -> dict[str, object]:
    """What the national catalogue shows: of a body the differences, of the portal one line a body."""
    context: dict[str, object] = {"is_national_on": bool(settings.NATIONAL_API)}
    if agent is None:
        readings = NationalReading.objects.tried().select_related("agent").order_by("agent__name")
        counted = [(row, [(name, row.count_of(kind)) for kind, name in _kinds()]) for row in readings]
        return context | {"readings": counted}
    reading = NationalReading.objects.filter(agent=agent).first()
    findings = reading.findings if reading else []
    groups = [(name, [one for one in findings if one["kind"] == kind]) for kind, name in _kinds()]
    return context | {"reading": reading, "groups": [(name, found) for name, found in groups if found]}


def _kinds() -> list[tuple[str, str]]:
    """The kinds of differences, in the order in which they matter."""
    return [(MISSING, _("Mancano")), (EXTRA, _("In più")), (DUPLICATED, _("Doppi")), (OLDER, _("Non aggiornati"))]


def _crumbs(agent: Agent | None) -> list[tuple[str, str]]:
    last = [(agent.name, "")] if agent else []
    return [(_("Scrivania"), "/scrivania"), (_("Federazione"), _HOME if agent else ""), *last]
