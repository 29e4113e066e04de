"""What people read when the editorial room refuses something."""

from django.utils.translation import gettext as _

from opentusk.editorial.errors import ChangedMeanwhile, EditorialRefusal, NobodyAsks, NoPeriod, Unanswered


def words_for(refusal: EditorialRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case Unanswered(missing=missing, unexplained=unexplained, forbidding=forbidding):
            if forbidding:
                return _("Con queste risposte i dati non si possono pubblicare: accanto a ogni domanda trovi che fare.")
            count = len(missing) + len(unexplained)
            return _("Mancano ancora %(count)s risposte o spiegazioni: le trovi segnate sotto.") % {"count": count}
        case ChangedMeanwhile(signer=signer):
            return _of_change(signer)
        case NobodyAsks():
            return _("Questo dataset non aspetta nessuna revisione.")
        case NoPeriod():
            return _("Scrivi prima il periodo a cui si riferiscono i dati: serve per sapere qual è quello dopo.")
    return _("Non si può fare.")


def _of_change(signer: str) -> str:
    if signer:
        return _(
            "Mentre rispondevi l'ha già firmata un'altra persona del tuo ente: la tua firma non è stata registrata. "
            "Se le sue risposte vanno bene non devi fare altro; altrimenti correggile e firma di nuovo."
        )
    return _(
        "Mentre rispondevi sono cambiati i file, gli indirizzi o le colonne: non abbiamo registrato nessuna firma. "
        "Guarda che cosa firmi adesso, rileggi le risposte e firma di nuovo."
    )
