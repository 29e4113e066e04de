"""What people read when the feeding room refuses something."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opentusk.feeding.errors import (
    AlreadyFed,
    CallFailed,
    FeedingRefusal,
    NotAllowed,
    NothingMapped,
    UnknownDataset,
    UnknownFile,
)
from opentusk.kit.messages import sentence
from opentusk.kit.sentences import SENTENCES
from opentusk.outbound.errors import Reason


def words_for(refusal: FeedingRefusal) -> str:
    """What happened and the way out."""
    return _of_feeds(refusal) or _of_programs(refusal) or _("Non hai il permesso di farlo per questo ente.")


def _of_feeds(refusal: FeedingRefusal) -> str:
    match refusal:
        case CallFailed(code=code, detail=detail):
            return _words_of(code, detail)
        case NothingMapped(columns=()):
            return _("Scegli almeno un campo: dai un nome alla sua colonna.")
        case NothingMapped(columns=columns):
            return _("Due colonne hanno lo stesso nome (%(names)s): cambiane uno.") % {"names": ", ".join(columns)}
        case AlreadyFed():
            return _("Questa distribuzione è già alimentata: scollega prima quello che c'è.")
    return ""


def _of_programs(refusal: FeedingRefusal) -> str:
    match refusal:
        case UnknownDataset(identifier=identifier):
            return _(
                "Nessun dataset «%(identifier)s» fra quelli che questa chiave può scrivere: controlla l'identificativo "
                "(codice IPA:nome) e l'ente della chiave."
            ) % {"identifier": identifier}
        case UnknownFile(name=name):
            return _("Nessun file «%(name)s» in questo dataset, oppure il caricamento non è completo.") % {"name": name}
        case NotAllowed(action="token_prepares_only"):
            return _("Questa chiave prepara e non pubblica: creane una che pubblica, oppure pubblica dalla scrivania.")
        case NotAllowed(action="token_of_another_body"):
            return _("Questa chiave vale per un altro ente.")
    return ""


def _words_of(code: str, detail: str) -> str:
    if code in Reason.values:
        return str(Reason(code).label)
    return sentence(code, (get_language() or "it")[:2], {"detail": detail}) if code in SENTENCES else code
