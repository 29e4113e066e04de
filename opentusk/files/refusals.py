"""What people and programs read when a file is refused."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from opentusk.files import errors


def words_for(refusal: errors.FileRefusal) -> str:
    """What happened and the way out."""
    return (
        _of_content(refusal)
        or _of_pieces(refusal)
        or _of_uploading(refusal)
        or _("Non hai il permesso di farlo per questo ente.")
    )


def _of_content(refusal: errors.FileRefusal) -> str:
    match refusal:
        case errors.TooLarge(limit=limit):
            return _(
                "Il file supera la dimensione massima di %(limit)s: dividilo (per esempio per anno), comprimilo in "
                "zip, oppure pubblicalo sul tuo sito e indica qui il suo indirizzo."
            ) % {"limit": filesizeformat(limit)}
        case errors.EmptyFile(name=name):
            return _("Il file «%(name)s» è vuoto: controlla di aver scelto quello giusto.") % {"name": name}
        case errors.SameBytes(number=number):
            return _(
                "È lo stesso file della versione %(number)s: non è cambiato nulla, quindi non serve caricarlo."
            ) % {"number": number}
    return ""


def _of_pieces(refusal: errors.FileRefusal) -> str:
    match refusal:
        case errors.WrongSize(declared=declared, received=received):
            return _(
                "Il file annunciato era di %(declared)s byte, ma ne sono arrivati %(received)s: forse è cambiato "
                "durante il caricamento. Sceglilo di nuovo."
            ) % {"declared": declared, "received": received}
        case errors.WrongOffset(expected=expected):
            return _("Il pezzo non segue l'ultimo arrivato: riprendi dal byte %(expected)s.") % {"expected": expected}
        case errors.ChunkTooLarge(limit=limit):
            return _("Il pezzo è troppo grande: al massimo %(limit)s alla volta.") % {"limit": filesizeformat(limit)}
    return ""


def _of_uploading(refusal: errors.FileRefusal) -> str:
    match refusal:
        case errors.NoRoom():
            return _(
                "In questo momento il portale non ha spazio per il file. Non hai perso nulla: riprova più tardi, e se "
                "succede ancora scrivi alla redazione regionale."
            )
        case errors.OverQuota(limit=limit, used=used, size=size):
            return _(
                "Il file è di %(size)s e il tuo ente ha già occupato %(used)s dei suoi %(limit)s sul portale. Annulla "
                "i caricamenti che non finirai, oppure lascia il file sul tuo sito e indica il suo indirizzo; per "
                "avere più spazio scrivi a %(email)s."
            ) % {
                "size": filesizeformat(size),
                "used": filesizeformat(used),
                "limit": filesizeformat(limit),
                "email": settings.PORTAL_EMAIL,
            }
        case errors.NoUpload():
            return _("Questo caricamento non c'è più: scegli di nuovo il file.")
        case errors.TooManyUploads(limit=limit):
            return _("Hai già %(limit)s caricamenti iniziati e non finiti: completane o annullane uno.") % {
                "limit": limit
            }
        case errors.WrongState():
            return _("Il file non è più nello stato in cui era quando hai aperto la pagina: ricaricala.")
    return ""


_STATUS: dict[type[errors.FileRefusal], int] = {
    errors.NotAllowed: 403,
    errors.NoUpload: 404,
    errors.WrongOffset: 409,
    errors.WrongState: 409,
    errors.SameBytes: 409,
    errors.TooLarge: 413,
    errors.ChunkTooLarge: 413,
    errors.EmptyFile: 422,
    errors.WrongSize: 422,
    errors.TooManyUploads: 429,
    errors.OverQuota: 507,
    errors.NoRoom: 507,
}


def status_for(refusal: errors.FileRefusal) -> int:
    """The HTTP status that says the same to programs."""
    return _STATUS.get(type(refusal), 400)
