"""What people read when the joining room refuses something: what happened and the way out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.bodies.errors import BodiesRefusal
from opentusk.bodies.models import Agent
from opentusk.bodies.refusals import words_for as words_of_bodies
from opentusk.joining.errors import AlreadyAsked, AlreadyJoined, FileRefused, StepRefused, WrongMove

# The codes of `steps`, in words.
FAULTS: Mapping[str, Any] = {
    "missing": gettext_lazy("Scrivilo: senza non si va avanti."),
    "not_in_ipa": gettext_lazy("Non c'è nessun ente con questo codice nell'indice IPA: cercalo di nuovo."),
    "wrong_vat": gettext_lazy("La partita IVA ha undici cifre e questa non torna: controlla di averla copiata bene."),
    "public_mailbox": gettext_lazy(
        "Questa casella è di un fornitore aperto a tutti: usa quella dell'ente, o togli la spunta e scrivi chi ti "
        "incarica."
    ),
    "no_delegator": gettext_lazy("Se la casella non è dell'ente, scrivi chi ti incarica di chiedere l'adesione."),
    "in_future": gettext_lazy("Questa data non è ancora arrivata."),
    "before_act": gettext_lazy("Lo schema non può essere firmato prima dell'atto che lo autorizza: controlla le date."),
    "before_signature": gettext_lazy("La trasmissione non può venire prima della firma: controlla le date."),
    "obligations_missing": gettext_lazy("Per aderire servono tutti gli impegni: spuntali uno per uno."),
    "checks_missing": gettext_lazy("Servono tutti i controlli: fai quelli che mancano, poi spuntali."),
    "people_missing": gettext_lazy("Mancano referente, RTD o punto di contatto: indica prima le persone."),
}
_FILES: Mapping[str, Any] = {
    "empty": gettext_lazy("Il file è vuoto: scegline un altro."),
    "too_large": gettext_lazy("Il file supera %(megabytes)s MB: riducilo, per esempio abbassando la risoluzione."),
    "wrong_type": gettext_lazy("Il contenuto del file non è tra quelli ammessi (%(types)s), o il file è incompleto."),
}


def fault_words(code: str) -> str:
    """The sentence of one fault."""
    return str(FAULTS[code])


def words_for(refusal: BodiesRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case StepRefused(faults=faults):
            return " ".join(dict.fromkeys(fault_words(code) for code in faults.values()))
        case FileRefused(code=code, facts=facts):
            return str(_FILES[code]) % facts
        case AlreadyJoined() | AlreadyAsked():
            return _words_of_joining(refusal)
        case WrongMove():
            return _("Nel frattempo lo stato è cambiato: guarda che cosa si può fare adesso.")
        case _other:
            return words_of_bodies(refusal)


def _words_of_joining(refusal: AlreadyJoined | AlreadyAsked) -> str:
    values = {"name": refusal.name}
    if isinstance(refusal, AlreadyAsked):
        return _("Per %(name)s c'è già una richiesta aperta: chiedi ai colleghi, o scrivi alla redazione.") % values
    if refusal.status == Agent.Status.SUSPENDED:
        return _("%(name)s ha già aderito ed è sospeso: per riattivarlo scrivi alla redazione.") % values
    return _("%(name)s ha già aderito: chiedi al suo referente open data di invitarti.") % values
