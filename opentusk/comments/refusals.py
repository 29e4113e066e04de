"""What people read when the comments room refuses something: what happened and the way out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.comments.errors import (
    CommentsRefusal,
    Empty,
    IllegalMove,
    NamesSomebody,
    TooDeep,
    TooLate,
    TooLong,
    Unconfirmed,
)

_WORDS = {
    Unconfirmed: gettext_lazy("Per scrivere entra con il tuo account: basta un collegamento che ricevi per e-mail."),
    NamesSomebody: gettext_lazy(
        "Nel testo c'è un dato personale (codice fiscale, IBAN, e-mail privata o numero di cellulare): toglilo,"
        " perché lo leggerebbero tutti."
    ),
    Empty: gettext_lazy("Il commento è vuoto: scrivi che cosa ne pensi."),
    TooDeep: gettext_lazy("A questo commento non si può rispondere: rispondi al primo della discussione."),
    TooLate: gettext_lazy("Il tempo per modificarlo è passato: puoi cancellarlo e scriverne un altro."),
    IllegalMove: gettext_lazy("Qualcuno l'ha già nascosto, cancellato o reso visibile: ricarica la pagina."),
}


def words_for(refusal: CommentsRefusal) -> str:
    """What happened and the way out."""
    if isinstance(refusal, TooLong):
        return _("Il commento è troppo lungo: al massimo %(most)s caratteri.") % {"most": refusal.most}
    return str(_WORDS.get(type(refusal), _("Non hai il permesso di farlo.")))
