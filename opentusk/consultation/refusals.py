"""What people read when something of a consultation is refused: what happened and the way out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.comments import refusals as comments
from opentusk.comments.errors import CommentsRefusal
from opentusk.consultation.errors import ConsultationRefusal, IllegalMove, Missing, NotHere, NotOpen
from opentusk.demand import refusals as demand
from opentusk.demand.errors import DemandRefusal

Refusal = ConsultationRefusal | CommentsRefusal | DemandRefusal

_WORDS = {
    NotOpen: gettext_lazy("La consultazione in questo momento non è aperta per questo: nulla è cambiato."),
    NotHere: gettext_lazy("Questa voce non fa più parte della consultazione: forse è stata unita a un'altra."),
    IllegalMove: gettext_lazy("Nello stato in cui è ora la consultazione questo non si può fare: ricarica la pagina."),
}
_FIELDS = {
    "opens_at": gettext_lazy("il giorno e l'ora di apertura"),
    "closes_at": gettext_lazy("il giorno e l'ora di chiusura"),
}


def words_for(refusal: Refusal) -> str:
    """What happened and the way out."""
    if isinstance(refusal, CommentsRefusal):
        return comments.words_for(refusal)
    if isinstance(refusal, DemandRefusal):
        return demand.words_for(refusal)
    if isinstance(refusal, Missing):
        lacking = ", ".join(str(_FIELDS.get(name, name)) for name in refusal.fields)
        return _("Manca ancora: %(lacking)s.") % {"lacking": lacking}
    return str(_WORDS.get(type(refusal), _("Non hai il permesso di farlo.")))
