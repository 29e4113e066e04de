"""Registering, and the ticket by its secret address."""

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.people.actors import actor_of
from opentusk.programme import actions
from opentusk.programme.errors import ProgrammeRefusal, UnknownTicket
from opentusk.programme.forms import RegisterForm
from opentusk.programme.letters import ticket_address
from opentusk.programme.models import Event, Registration
from opentusk.programme.permissions import can_check_in
from opentusk.programme.refusals import words_for
from opentusk.programme.states import RegistrationState
from opentusk.ui.gates import is_too_often


@never_cache
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to come. The answer is the same whether the address was there or not: the letter says the rest."""
    event = get_object_or_404(Event.objects.public().select_related("edition"), slug=slug)
    initial = {"email": request.user.email, "world": request.user.world} if request.user.is_authenticated else {}
    form = RegisterForm(request.POST if request.method == "POST" else None, event=event, initial=initial)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "register", times=10, seconds=600):
            form.add_error(None, _("Troppe iscrizioni da qui: riprova fra dieci minuti."))
        else:
            try:
                ticket = actions.register(event, form.person(get_language() or "it"), by=actor_of(request.user))
            except ProgrammeRefusal as refusal:
                form.add_error(None, words_for(refusal))
            else:
                is_own = request.user.is_authenticated and ticket.registration.user_id == request.user.pk
                if is_own:
                    return redirect("ticket", secret=ticket.secret)
                return render(request, "programme/registered.html", {"event": event})
    context = {"form": form, "event": event, "is_open": event.takes_registrations(timezone.now())}
    return render(request, "programme/register.html", context, status=400 if form.errors else 200)


@never_cache
def ticket(request: HttpRequest, secret: str) -> HttpResponse:
    """For its owner the ticket; for who stands at the door, the way to let its owner in."""
    found = ticket_of(secret)
    by, now = actor_of(request.user), timezone.now()
    context = {
        "event": found.event,
        "registration": found,
        "secret": secret,
        "picture": segno.make(ticket_address(found), error="m").svg_inline(scale=5, omitsize=False),
        "is_door": can_check_in(by, found.event) and found.user_id != by.user_id,
        "position": _position(found),
        "lets_in": found.event.lets_in(now) and found.event.join_policy == "private_link",
        "has_begun": found.event.starts_at is not None and now >= found.event.starts_at,
        "may_give_feedback": actions.may_give_feedback(found),
    }
    return render(request, "programme/ticket.html", context)


@require_POST
@never_cache
def change(request: HttpRequest, secret: str, what: str) -> HttpResponse:
    """Confirm, take the seat that was offered, not come after all, be let in."""
    found = ticket_of(secret)
    by = actor_of(request.user)
    try:
        match what:
            case "conferma":
                actions.confirm(found)
                said = _("Fatto: qui sotto vedi il tuo posto.")
            case "prendi":
                actions.take_offer(found)
                said = _("Il posto è tuo.")
            case "annulla":
                actions.cancel_registration(found, by=by)
                said = _("Grazie di averlo detto: il posto va a chi è in lista.")
            case "ingresso":
                came, is_first = actions.check_in(found.event, secret, by=by)
                when = timezone.localtime(came.checked_in_at)
                said = _("È dentro.") if is_first else _("Era già entrato alle %(time)s.") % {"time": f"{when:%H:%M}"}
            case _:
                raise Http404
    except ProgrammeRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, said)
    return redirect("ticket", secret=secret)


@never_cache
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """The personal way into the online room: the true address is only in the redirect."""
    found = ticket_of(secret)
    if request.session.session_key is None:
        request.session.create()
    try:
        address = actions.join_online(found, session=request.session.session_key or "")
    except ProgrammeRefusal as refusal:
        messages.error(request, words_for(refusal))
        return redirect("ticket", secret=secret)
    answer = HttpResponseRedirect(address)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def ticket_of(secret: str) -> Registration:
    """The registration of a secret address, or a page that is not there."""
    try:
        return actions.find_ticket(secret)
    except UnknownTicket as refusal:
        raise Http404 from refusal


def _position(found: Registration) -> int | None:
    """The place in the line, counted among those who still wait."""
    if found.state != RegistrationState.WAITING:
        return None
    return found.event.registrations.in_the_line().filter(position__lte=found.position or 0).count()
