"""What people read when the hackathon room refuses something: what happened and the way out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.hackathon import errors

LACKING: Mapping[str, Any] = {
    "abstract": gettext_lazy("Scrivi che cos'è e a chi serve."),
    "category": gettext_lazy("Scegli la categoria."),
    "portal_dataset": gettext_lazy("Aggiungi almeno un dataset di questo portale."),
    "dataset_gone": gettext_lazy("Un dataset che avevi scelto non è più pubblico: toglilo o scegline un altro."),
    "main_dataset": gettext_lazy("Segna qual è il dataset principale: deve essere di questo portale."),
    "reason": gettext_lazy("Scrivi il motivo."),
    "note": gettext_lazy("Scrivi perché."),
    "minutes": gettext_lazy("Scrivi il verbale."),
    "rules": gettext_lazy("Manca il regolamento: scrivilo nelle impostazioni."),
    "criteria": gettext_lazy("Mancano i criteri, o i pesi non fanno 100."),
    "jurors": gettext_lazy("Non c'è nessun giurato: invitane uno."),
    "decisions": gettext_lazy("Ci sono progetti consegnati da ammettere o escludere."),
}
_WORDS: Mapping[type[errors.HackathonRefusal], Any] = {
    errors.Unconfirmed: gettext_lazy("Non c'è un account attivo con questo indirizzo."),
    errors.IllegalMove: gettext_lazy("Nel frattempo lo stato è cambiato: guarda che cosa si può fare adesso."),
    errors.Frozen: gettext_lazy("Non si può più cambiare: la valutazione è cominciata."),
    errors.NotNow: gettext_lazy("Non è il momento: guarda i tempi sulla pagina dell'hackathon."),
    errors.WrongCode: gettext_lazy("Il codice non torna: controlla di averlo copiato bene."),
    errors.InATeam: gettext_lazy("In questo hackathon sei già in una squadra."),
    errors.NameTaken: gettext_lazy("C'è già una squadra con questo nome: scegline un altro."),
    errors.NotAdult: gettext_lazy("Per partecipare devi dichiarare di essere maggiorenne."),
    errors.OnTheOtherSide: gettext_lazy("Chi giudica o fa da mentore non può stare in una squadra."),
    errors.InConflict: gettext_lazy("Con questa squadra c'è un conflitto: non la giudichi."),
}


def words_for(refusal: errors.HackathonRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case errors.Missing(fields=fields):
            words = " ".join(str(LACKING[name]) for name in fields)
        case errors.BadWeights(total=total):
            words = _("I pesi devono fare 100 e nessuno può essere zero: adesso fanno %(total)s.") % {"total": total}
        case errors.TeamFull(most=most):
            words = _("La squadra è al completo: al massimo %(most)s persone.") % {"most": most}
        case errors.TeamTooSmall(fewest=fewest):
            words = _("La squadra è troppo piccola: servono almeno %(fewest)s persone.") % {"fewest": fewest}
        case errors.BadMark():
            words = _("Manca un voto, o un voto non è tra quelli ammessi.")
        case errors.Incomplete(entries=entries, sheets=sheets):
            words = _incomplete(entries, sheets)
        case _other:
            words = str(_WORDS.get(type(refusal), _("Non hai il permesso di farlo.")))
    return words


def _incomplete(entries: tuple[str, ...], sheets: int) -> str:
    parts = []
    if entries:
        parts.append(_("Hanno troppo poche schede: %(names)s.") % {"names": ", ".join(entries)})
    if sheets:
        parts.append(_("Schede né consegnate né con astensione: %(number)s.") % {"number": sheets})
    return " ".join(parts)
