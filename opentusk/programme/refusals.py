"""What people read when the programme room refuses something: what happened and the way out."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.programme.errors import (
    ForBodies,
    IllegalMove,
    InUse,
    Missing,
    NotCounted,
    NotYet,
    OfferExpired,
    OnInvitation,
    Over,
    ProgrammeRefusal,
    RegistrationsClosed,
    TooManyQuestions,
    UnknownTicket,
)

_WORDS = {
    RegistrationsClosed: gettext_lazy("Le iscrizioni non sono aperte: guarda le date nella pagina dell'evento."),
    ForBodies: gettext_lazy(
        "Questo evento è per chi lavora in un ente che ha aderito: entra con il tuo account, o chiedi al tuo referente."
    ),
    OnInvitation: gettext_lazy(
        "A questo evento si partecipa su invito: scrivi alla redazione se pensi di doverci essere."
    ),
    UnknownTicket: gettext_lazy("Nessuna iscrizione a questo evento ha questo codice: controllalo, o cerca per nome."),
    NotCounted: gettext_lazy(
        "L'attestato è per chi è stato contato all'ingresso, finché il suo nome è qui: un anno dall'evento."
    ),
    Over: gettext_lazy("L'evento è finito, o è stato annullato."),
    InUse: gettext_lazy(
        "Con questo indirizzo personale è già entrato qualcuno: se sei tu da altrove, riprova fra dieci minuti."
    ),
    OfferExpired: gettext_lazy("Il posto non è più tenuto per te: sei di nuovo in lista."),
    TooManyQuestions: gettext_lazy("Le domande sono al massimo cinque."),
    IllegalMove: gettext_lazy("Adesso non si può: ricarica la pagina e guarda a che punto è."),
}
_MISSING = {
    "starts_at": gettext_lazy("Manca il giorno e l'ora di inizio."),
    "captions": gettext_lazy(
        "Una registrazione si pubblica con i sottotitoli o con la trascrizione: aggiungi l'una o l'altra."
    ),
    "minutes": gettext_lazy("Per concludere l'evento aggiungi prima il resoconto, pubblico."),
    "reason": gettext_lazy("Scrivi il motivo: lo legge chi si è iscritto."),
    "answers": gettext_lazy("Rispondi a tutte le domande."),
    "account": gettext_lazy("Nessun account ha questo indirizzo: la persona si registra prima, poi la aggiungi."),
    "join_url": gettext_lazy("Manca l'indirizzo della stanza online."),
}


def words_for(refusal: ProgrammeRefusal) -> str:
    """What happened and the way out."""
    if isinstance(refusal, NotYet):
        opens = localtime(refusal.opens_at)
        return _("Si entra dalle %(time)s del %(day)s.") % {
            "time": f"{opens:%H:%M}",
            "day": f"{opens:%d/%m/%Y}",
        }
    if isinstance(refusal, Missing):
        return str(_MISSING.get(refusal.field, refusal.field))
    return str(_WORDS.get(type(refusal), _("Non hai il permesso di farlo.")))
