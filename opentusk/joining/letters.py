"""The letters about a request to join: to its requester, with the secret address, and to the desk."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.bodies.letters import Letter
from opentusk.bodies.tokens import token_of
from opentusk.joining.machine import Party
from opentusk.joining.models import Accreditation

CONFIRM, PAGE = "accreditation.confirm", "accreditation.page"


def confirm_address(accreditation: Accreditation) -> str:
    """Where a requester proves the e-mail address."""
    return f"{settings.SITE_URL}/adesione/conferma/{token_of(CONFIRM, accreditation.key)}"


def page_address(accreditation: Accreditation) -> str:
    """The secret page of a request."""
    return f"{settings.SITE_URL}/adesione/domanda/{token_of(PAGE, accreditation.key)}"


def about_accreditation(name: str, accreditation: Accreditation) -> Letter:
    """The letter of this name about a request to join."""
    if name in {"to_desk", f"reminder_to_{Party.DESK}"}:
        return _to_desk(accreditation, is_reminder=name != "to_desk")
    return _to_requester(name, accreditation)


def _to_desk(accreditation: Accreditation, *, is_reminder: bool) -> Letter:
    values = {"name": accreditation.name, "state": accreditation.get_status_display()}
    subject = _("Adesione di %(name)s: %(state)s") % values
    words = _("La richiesta di adesione di %(name)s è nello stato «%(state)s».") % values
    waits = _("Aspetta un passo della redazione da molti giorni.") if is_reminder else ""
    address = f"{settings.SITE_URL}/redazione/adesioni/{accreditation.pk}"
    return Letter((settings.PORTAL_EMAIL,), subject, (words, waits, address))


_KEEP = gettext_lazy("Conserva questo indirizzo: è il solo modo di seguire la richiesta, e vale per chiunque lo abbia.")
# What the requester is told, before the address of the request: subject, then paragraphs.
_TO_REQUESTER = {
    "confirm": (
        gettext_lazy("Conferma la richiesta di adesione a %(portal)s"),
        gettext_lazy("Hai chiesto che %(name)s aderisca a %(portal)s."),
        gettext_lazy("Se non sei stato tu, non serve fare nulla: fra sette giorni la richiesta viene cancellata."),
        gettext_lazy("Per confermare apri questo indirizzo:"),
    ),
    "received": (
        gettext_lazy("Richiesta di adesione ricevuta: %(name)s"),
        gettext_lazy("La redazione ha ricevuto la richiesta di %(name)s e ti scriverà a ogni passo."),
        _KEEP,
    ),
    "under_review": (
        gettext_lazy("Richiesta in istruttoria: %(name)s"),
        gettext_lazy(
            "La redazione ha preso in carico la richiesta. Ora serve l'atto dell'organo di governo dell'ente."
        ),
        gettext_lazy("Caricalo da qui, insieme al suo numero e alla sua data:"),
    ),
    "integration_requested": (
        gettext_lazy("Serve un'integrazione: %(name)s"),
        "%(message)s",
        gettext_lazy("Rispondi da qui:"),
    ),
    "act_uploaded": (
        gettext_lazy("Atto ricevuto: %(name)s"),
        gettext_lazy("L'atto è arrivato. Ora serve lo schema di adesione firmato. Caricalo da qui:"),
    ),
    "scheme_signed": (
        gettext_lazy("Schema firmato ricevuto: %(name)s"),
        gettext_lazy("Ora trasmetti atto e schema per PEC, come spiega la pagina dell'adesione."),
        gettext_lazy("Qui intanto indica le persone che lavoreranno ai dati:"),
    ),
    "transmitted": (
        gettext_lazy("Trasmissione protocollata: %(name)s"),
        gettext_lazy("La trasmissione è protocollata con il numero %(number)s."),
        gettext_lazy("Controlla qui di aver indicato le persone:"),
    ),
    "active": (
        gettext_lazy("%(name)s è su %(portal)s"),
        gettext_lazy("%(name)s ha aderito: da oggi può pubblicare i suoi dati."),
        gettext_lazy(
            "Il collegamento per entrare è andato al referente open data, che può invitare le altre persone. Lo storico"
            " della richiesta resta qui:"
        ),
    ),
    "rejected": (
        gettext_lazy("Richiesta di adesione non accolta: %(name)s"),
        "%(message)s",
        gettext_lazy("Puoi presentarne un'altra quando vuoi. Lo storico resta qui:"),
    ),
    f"reminder_to_{Party.BODY}": (
        gettext_lazy("Promemoria: l'adesione di %(name)s aspetta te"),
        gettext_lazy("La richiesta di %(name)s non si muove da molti giorni: il prossimo passo è tuo."),
        _KEEP,
    ),
}


def _to_requester(name: str, accreditation: Accreditation) -> Letter:
    values = {
        "name": accreditation.name,
        "portal": settings.PORTAL_TITLE,
        "number": accreditation.protocol_number,
        "message": accreditation.message,
    }
    subject, *paragraphs = (str(words) % values for words in _TO_REQUESTER[name])
    address = confirm_address(accreditation) if name == "confirm" else page_address(accreditation)
    return Letter((accreditation.requester_email,), subject, (*paragraphs, address))
