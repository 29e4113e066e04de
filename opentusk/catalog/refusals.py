"""What people read when the catalogue refuses something."""

from django.utils.translation import gettext as _

from opentusk.catalog.errors import CatalogRefusal, EditedMeanwhile, IdentifierTaken, NotPublishable, WrongState


def words_for(refusal: CatalogRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case NotPublishable(problems=problems):
            return _("Non si può pubblicare: correggi prima questi punti (%(count)s).") % {"count": len(problems)}
        case IdentifierTaken(identifier=identifier):
            return _("L'identificativo %(identifier)s esiste già: scegli un altro nome nell'indirizzo.") % {
                "identifier": identifier
            }
        case EditedMeanwhile():
            return _(
                "Un'altra persona ha salvato questo dataset mentre lo modificavi. Quello che hai scritto è ancora qui "
                "sotto: apri la pagina in un'altra scheda, confronta, e salva di nuovo solo ciò che serve."
            )
        case WrongState():
            return _("Il dataset non è più nello stato in cui era quando hai aperto la pagina: ricaricala.")
    return _("Non hai il permesso di farlo per questo ente.")
