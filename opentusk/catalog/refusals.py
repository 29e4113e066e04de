"""What people read when the catalogue refuses something."""

from django.utils.translation import gettext as _

from opentusk.catalog.errors import (
    CatalogRefusal,
    EditedMeanwhile,
    IdentifierTaken,
    NotPublishable,
    OnHold,
    TooLong,
    WrongState,
)
from opentusk.catalog.models import Hold


def words_for(refusal: CatalogRefusal) -> str:
    """What happened and the way out."""
    return _of_state(refusal) or _of_content(refusal) or _("Non hai il permesso di farlo per questo ente.")


def _of_content(refusal: CatalogRefusal) -> str:
    match refusal:
        case NotPublishable(problems=problems):
            return _("Non si può pubblicare: correggi prima questi punti (%(count)s).") % {"count": len(problems)}
        case OnHold(holds=holds):
            return " ".join(dict.fromkeys(way_out(hold) for hold in holds))
        case IdentifierTaken(identifier=identifier):
            return _("L'identificativo %(identifier)s esiste già: scegli un altro nome nell'indirizzo.") % {
                "identifier": identifier
            }
        case TooLong(field=field, limit=limit):
            return _("«%(field)s» è troppo lungo: al massimo %(limit)s caratteri. Accorcialo e salva di nuovo.") % {
                "field": field,
                "limit": limit,
            }
    return ""


def _of_state(refusal: CatalogRefusal) -> str:
    match refusal:
        case EditedMeanwhile():
            return _(
                "Un'altra persona ha salvato questo dataset mentre lo modificavi. Quello che hai scritto è ancora qui "
                "sotto: apri la pagina in un'altra scheda, confronta, e salva di nuovo solo ciò che serve."
            )
        case WrongState():
            return _("Il dataset non è più nello stato in cui era quando hai aperto la pagina: ricaricala.")
    return ""


def way_out(hold: Hold) -> str:
    """Why a hold is there, and who must do what."""
    name = hold.version.name if hold.version else hold.dataset.title
    match hold.kind:
        case Hold.Kind.EXAMINATION:
            words = _("«%(name)s» è ancora in lettura: aspetta qualche secondo e riprova.")
        case Hold.Kind.PERSONAL_DATA:
            words = _(
                "«%(name)s» potrebbe contenere dati personali: il responsabile della protezione dei dati del tuo ente "
                "(o, se non c'è, il referente) deve decidere nella pagina Privacy."
            )
        case Hold.Kind.DECLARATION:
            words = _("«%(name)s» aspetta la dichiarazione su diritti, privacy e segreti: compilala e firmala.")
        case Hold.Kind.REVIEW:
            words = _("«%(name)s» aspetta la revisione di una seconda persona del tuo ente: chiedila o sollecitala.")
        case Hold.Kind.UPDATE:
            words = _(
                "Guarda che cosa cambia in «%(name)s» e conferma: finché non lo fai tutti vedono i dati di prima."
            )
        case _:
            words = _(
                "In «%(name)s» sono cambiate le colonne: chi usa i dati se ne accorgerà. Conferma il cambiamento, "
                "oppure carica un file con le colonne di prima."
            )
    return words % {"name": name}
