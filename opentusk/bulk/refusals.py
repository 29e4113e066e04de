"""What people read when a bulk run is refused."""

from django.utils.translation import gettext as _

from opentusk.bulk.errors import BulkRefusal, NoTemplate, WrongState
from opentusk.kit.messages import sentence
from opentusk.ui.speech import is_english


def words_for(refusal: BulkRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case NoTemplate(code=code, detail=detail):
            return sentence(code, "en" if is_english() else "it", {"detail": detail})
        case WrongState():
            return _("Questo caricamento è già stato avviato o è finito: ricarica la pagina.")
    return _("Non hai il permesso di farlo per questo ente.")
