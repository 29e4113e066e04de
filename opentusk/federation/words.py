"""The codes of findings, faults and readers, in the words of whoever reads the page."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opentusk.ui.speech import spoken_day

_Say = Callable[[Mapping[str, str]], str]


def why_of(finding: Mapping[str, Any]) -> str:
    """The likely reason of a difference, and what to do."""
    return _WHY[finding["why"]](_spoken(finding["values"]))


def fault_words(fault: str) -> str:
    """Why the national catalogue could not be read. The row keeps the code and what was said, `status 503`."""
    code, _space, detail = fault.partition(" ")
    match code:
        case "status":
            return _("il catalogo nazionale ha risposto con il codice {}").format(detail)
        case "partial":
            return _("il catalogo nazionale ha dato solo una parte dei dataset ({}): non li confrontiamo").format(
                detail
            )
        case "no_json":
            return _("il catalogo nazionale ha risposto, ma non come un'API CKAN: controlla l'indirizzo")
    return _("il catalogo nazionale non si raggiunge ({})").format(detail.rstrip("."))


def reader_words(reader: str) -> str:
    """Who may be behind the name that a reader gives itself; "" where the name says it all."""
    known = (
        ("python-requests", _("programma in Python: così si presentano molte raccolte CKAN, forse anche dati.gov.it")),
        ("vert.x-webclient", _("programma Vert.x: forse piveau, il motore di data.europa.eu")),
        ("opentusk", _("un altro portale OpenTusk")),
        ("mozilla", _("un browser, o chi si presenta come tale")),
        ("curl", _("una persona o uno script, a mano")),
        ("wget", _("una persona o uno script, a mano")),
    )
    name = reader.lower()
    return next((words for start, words in known if name.startswith(start)), "")


def _spoken(values: Mapping[str, str]) -> dict[str, str]:
    """Dates as people say them."""
    return {name: _day(value) if name in ("since", "ours", "theirs") else value for name, value in values.items()}


def _day(value: str) -> str:
    return spoken_day(date.fromisoformat(value))


_WHY: dict[str, _Say] = {
    "on_the_way": lambda values: _(
        "È pubblico qui dal {since}: il catalogo nazionale legge una volta alla settimana, quindi sta arrivando."
    ).format(**values),
    "not_taken": lambda values: _(
        "È pubblico qui dal {since} e doveva essere già stato letto: controlla che la sorgente registrata sia il feed "
        "di questa pagina, e scrivi alla redazione di dati.gov.it."
    ).format(**values),
    "away_withdrawn": lambda values: _(
        "È stato ritirato qui il {since}: sparisce alla prossima lettura completa del feed."
    ).format(**values),
    "away_draft": lambda values: _(
        "Qui è una bozza: lo mostrano da un'altra fonte, la sorgente «{organization}»."
    ).format(**values),
    "away_duplicate": lambda values: _(
        "Qui è un doppione e non esce: lo prendono dall'altra fonte, la sorgente «{organization}»."
    ).format(**values),
    "away_territorial": lambda values: _(
        "È un dato territoriale: lo prendono dal RNDT (sorgente «{organization}»), come deve essere."
    ).format(**values),
    "away_demo": lambda values: _("È un dato dimostrativo di questo portale: non doveva arrivare là.").format(**values),
    "away_quarantine": lambda values: _(
        "Dal {since} è fuori dal nostro feed perché una descrizione non si può scrivere: correggila, o sparirà."
    ).format(**values),
    "no_prefix": lambda values: _(
        "È probabilmente una vecchia copia di «{twin}», senza il codice IPA davanti: chiedi a dati.gov.it di toglierla "
        "(sorgente «{organization}»)."
    ).format(**values),
    "unknown": lambda values: _(
        "Questo portale non lo conosce: arriva da un'altra sorgente, «{organization}». Se l'ente si è registrato anche "
        "per conto proprio, chiedi di togliere una delle due."
    ).format(**values),
    "same_identifier": lambda values: _(
        "È là {count} volte con lo stesso identificativo (sorgenti: {organizations}): arriva da due strade."
    ).format(**values),
    "same_title": lambda values: _(
        "Ci sono {count} dataset diversi con lo stesso titolo (sorgenti: {organizations}): se sono lo stesso dato, "
        "uno è di troppo; se sono diversi, dà loro titoli diversi."
    ).format(**values),
    "older": lambda values: _(
        "Mostrano ancora i dati del {theirs}, qui sono del {ours}: si aggiorna alla prossima lettura."
    ).format(**values),
}
