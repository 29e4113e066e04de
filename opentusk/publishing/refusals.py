"""What people read when the guide refuses something."""

from django.utils.translation import gettext as _

from opentusk.outbound.errors import Reason
from opentusk.publishing.errors import BadAddress, PublishingRefusal
from opentusk.publishing.models import Guide


def words_for(refusal: PublishingRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case BadAddress(status=status, code=code):
            return _of_address(status, code)
    return _("Non hai il permesso di farlo per questo ente.")


def words_of_fetch(guide: Guide) -> str:
    """Why the file was not copied from its address."""
    return _of_address(0, guide.fault)


def _of_address(status: int, code: str) -> str:
    if code == "publishing.web_page":
        return _(
            "A questo indirizzo c'è una pagina web, non un file. Apri la pagina, premi col destro sul collegamento "
            "che scarica il file e scegli «Copia indirizzo»."
        )
    if code in Reason.values:
        return str(Reason(code).label)
    if code.startswith("files."):
        return _("Il file che c'è a questo indirizzo è vuoto o troppo grande: scaricalo e caricalo da qui.")
    if status in {401, 403}:
        return _("Il server non ci lascia leggere questo indirizzo: scarica il file e caricalo da qui.")
    if status == 404:
        return _("A questo indirizzo non c'è nulla: controlla di averlo copiato tutto.")
    return _("Il server ha risposto con un errore (%(status)s): riprova più tardi, oppure carica il file da qui.") % {
        "status": status or "–"
    }
