"""Letters to who registered. Each is written by the worker when it is sent: the secret address is kept nowhere."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from opentusk.programme.actions import secret_of
from opentusk.programme.calendars import calendar_of
from opentusk.programme.models import Registration
from opentusk.programme.states import EventState


@dataclass(frozen=True)
class Words:
    """What a letter of one kind says before the facts of the event."""

    subject: str
    first: str
    action: str


def send_letter_to(registration: Registration, kind: str) -> bool:
    """Write and send one letter in the reader's language; whether there was an address to send it to."""
    if not registration.email:
        return False
    with translation.override(registration.language):
        words = _words(kind, registration)
        context = {
            "words": words,
            "event": registration.event,
            "registration": registration,
            "starts": localtime(registration.event.starts_at) if registration.event.starts_at else None,
            "expires": localtime(registration.expires_at) if registration.expires_at else None,
            "address": ticket_address(registration),
            "portal": settings.PORTAL_TITLE,
        }
        message = EmailMultiAlternatives(
            words.subject,
            render_to_string("programme/letter.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [registration.email],
        )
        message.attach_alternative(render_to_string("programme/letter.html", context), "text/html")
    if kind in {"ticket", "changed", "cancelled"} and registration.event.starts_at:
        method = "CANCEL" if registration.event.state == EventState.CANCELLED else "PUBLISH"
        message.attach("evento.ics", calendar_of([registration.event], method=method).decode(), "text/calendar")
    message.send()
    return True


def ticket_address(registration: Registration) -> str:
    """The secret address of the registration: for its owner the ticket, for who stands at the door the way in."""
    return f"{settings.SITE_URL}/biglietto/{secret_of(registration)}"


def _words(kind: str, registration: Registration) -> Words:
    """What a letter of this kind says, in the language that is active."""
    title = registration.event.title
    reason = registration.event.cancel_reason
    written = {
        "confirm": (
            _("Conferma l'iscrizione: %(title)s"),
            _("Manca un passo: conferma che l'indirizzo è tuo. Se non hai chiesto nulla, ignora questa e-mail."),
            _("Conferma l'iscrizione"),
        ),
        "ticket": (
            _("Il tuo biglietto: %(title)s"),
            _("Il tuo posto è confermato. All'ingresso mostra il codice che trovi qui."),
            _("Apri il biglietto"),
        ),
        "waiting": (
            _("Sei in lista d'attesa: %(title)s"),
            _("I posti sono finiti: appena se ne libera uno ti scriviamo, nell'ordine della lista."),
            _("Guarda a che punto sei"),
        ),
        "offer": (
            _("Si è liberato un posto: %(title)s"),
            _("C'è un posto per te: confermalo prima che scada, altrimenti passa a chi viene dopo."),
            _("Prendi il posto"),
        ),
        "expired": (
            _("Il posto non è più tenuto: %(title)s"),
            _("Il tempo per confermare è passato: sei di nuovo in lista, in fondo."),
            _("Guarda a che punto sei"),
        ),
        "reminder": (
            _("Fra due giorni: %(title)s"),
            _("Ti aspettiamo. Se non puoi venire dillo adesso: il posto va a chi è in lista."),
            _("Biglietto, o «non posso venire»"),
        ),
        "changed": (
            _("È cambiato qualcosa: %(title)s"),
            _("Giorno, ora o luogo sono cambiati: qui sotto ci sono quelli nuovi."),
            _("Apri il biglietto"),
        ),
        "cancelled": (
            _("Annullato: %(title)s"),
            _("L'evento è annullato. %(reason)s"),
            _("Leggi la pagina dell'evento"),
        ),
    }
    subject, first, action = written[kind]
    return Words(subject % {"title": title}, first % {"reason": reason}, action)
