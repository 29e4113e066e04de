"""What people read when the demand room refuses something: what happened and the way out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.demand import errors

_MISSING: Mapping[str, Any] = {
    "title": gettext_lazy("Scrivi quale dato vorresti: bastano poche parole."),
    "use_case": gettext_lazy("Scrivi a che cosa ti serve."),
    "theme": gettext_lazy("Scegli prima un tema."),
    "reason": gettext_lazy("Scegli il motivo."),
    "answer": gettext_lazy("Scrivi la risposta che tutti leggeranno."),
    "note": gettext_lazy("Scrivi una nota: senza non si capisce che cosa è successo."),
    "due_on": gettext_lazy("Scrivi entro quale giorno."),
    "dataset": gettext_lazy("Scegli il dataset che risponde già."),
    "edition": gettext_lazy("Questo evento non è in nessuna edizione: mettilo prima in una."),
    "body": gettext_lazy("Non si sa più quale ente se ne occupa: assegna la voce a un ente."),
}
_WORDS: Mapping[type[errors.DemandRefusal], Any] = {
    errors.TableClosed: gettext_lazy("In questo momento il tavolo non raccoglie proposte."),
    errors.NamesSomebody: gettext_lazy(
        "Nel testo c'è un dato personale (codice fiscale, IBAN, e-mail privata o numero di cellulare): toglilo,"
        " perché lo leggerebbero tutti."
    ),
    errors.UnknownTheme: gettext_lazy("Questo tema non è fra i tredici: scegline uno."),
    errors.CannotMerge: gettext_lazy(
        "Queste due voci non si possono unire: serve un'altra voce della stessa edizione, non unita e non respinta."
    ),
    errors.TooLate: gettext_lazy("Il tempo per farlo è passato."),
    errors.IllegalMove: gettext_lazy("Nel frattempo lo stato della voce è cambiato: guarda che cosa si può fare ora."),
    errors.DatasetNotPublic: gettext_lazy(
        "Questo dataset non è pubblico adesso: scegline uno che tutti possono leggere."
    ),
    errors.Unconfirmed: gettext_lazy("Per farlo entra con il tuo account."),
    errors.NotAllowed: gettext_lazy("Non hai il permesso di farlo."),
}


def words_for(refusal: errors.DemandRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case errors.WordsMissing(field=field):
            return str(_MISSING.get(field, _("Manca qualcosa: riempi i campi obbligatori.")))
        case errors.WordsTooLong(most=most):
            return _("Il testo è troppo lungo: al massimo %(most)s caratteri.") % {"most": most}
        case errors.AnotherHolder(holder=holder):
            return _(
                "Il dataset è di %(holder)s, non dell'ente incaricato: solo la redazione può collegarlo, e dice perché."
            ) % {"holder": holder}
        case _other:
            return str(_WORDS[type(refusal)])


def field_of(refusal: errors.DemandRefusal) -> str | None:
    """The field of a form that the refusal is about, if it is about one."""
    name = getattr(refusal, "field", None)
    return "theme" if isinstance(refusal, errors.UnknownTheme) else name
