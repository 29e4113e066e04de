"""What people read of an import: why it cannot be read, what became of things, what is left to them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.consultation.actions import ImportReport
from opentusk.kit.decidim.shapes import DecidimFault

_FAULTS = {
    "missing_column": gettext_lazy("Manca una colonna senza cui il file non si può leggere"),
    "broken_csv": gettext_lazy("Il CSV è rovinato"),
    "too_many_rows": gettext_lazy("Il CSV ha troppe righe"),
    "too_large": gettext_lazy("Il file è troppo grande: al massimo 200 MB"),
    "too_many_entries": gettext_lazy("Lo ZIP ha troppi file: al massimo 200"),
    "zip_bomb": gettext_lazy("Lo ZIP si gonfia oltre misura"),
    "unsafe_name": gettext_lazy("Lo ZIP ha un nome di file che esce dalla sua cartella"),
    "link_in_zip": gettext_lazy("Lo ZIP ha un collegamento al posto di un file"),
    "broken_zip": gettext_lazy("Lo ZIP è rovinato"),
    "not_utf8": gettext_lazy("Il file non è in UTF-8"),
    "broken_json": gettext_lazy("Il JSON è rovinato"),
    "nothing_found": gettext_lazy("Nei file non c'è nulla di Decidim"),
    "graphql_errors": gettext_lazy("L'interfaccia GraphQL ha risposto con un errore"),
    "no_answer": gettext_lazy("La risposta non è di un'interfaccia GraphQL"),
    "no_process": gettext_lazy("Là non c'è un processo con questo indirizzo"),
    "too_many_requests": gettext_lazy("Servirebbero troppe richieste"),
    "unreachable": gettext_lazy("La piattaforma non risponde"),
    "not_json": gettext_lazy(
        "La piattaforma risponde con una pagina: forse l'interfaccia è spenta o chiede di entrare"
    ),
}
_LINES = {
    "theme_unknown": gettext_lazy("il tema non si riconosce: dallo a mano"),
    "no_list": gettext_lazy("nel testo non c'è un elenco di dati"),
    "comment_without_place": gettext_lazy("commento di una cosa che non è qui"),
    "kind_of_meetings": gettext_lazy("scegli di che genere sono gli incontri"),
    "edition_missing": gettext_lazy("l'edizione non è nel programma: creala prima"),
    "result_without_wish": gettext_lazy("risultato di una voce che qui non c'è"),
    "confirm_first": gettext_lazy("la voce va prima confermata"),
    "to_verify": gettext_lazy("là è compiuto: da verificare, serve un dataset collegato"),
    "body_missing": gettext_lazy("scegli l'ente che se ne occupa"),
    "reason_missing": gettext_lazy("là non è stata accolta: scegli qui il motivo e scrivi la risposta"),
    "cursor_repeats": gettext_lazy("la piattaforma ripete sempre la stessa pagina: la lettura si è fermata"),
    "component_left_out": gettext_lazy("parte del processo che non si importa"),
    "older_fields": gettext_lazy("versione di Decidim con i nomi vecchi dei campi"),
    "nothing_in_answer": gettext_lazy("una risposta senza proposte né incontri"),
    "NamesSomebody": gettext_lazy("contiene un dato personale: inseriscila a mano, senza"),
    "WordsTooLong": gettext_lazy("il testo è troppo lungo per una voce: inseriscila a mano"),
    "TooLong": gettext_lazy("il commento è troppo lungo"),
    "Empty": gettext_lazy("il commento è vuoto"),
    "WordsMissing": gettext_lazy("manca il titolo"),
    "IllegalMove": gettext_lazy("da qui non si arriva a quello stato"),
}
_KINDS = {
    "proposal": gettext_lazy("proposte"),
    "item": gettext_lazy("voci negli elenchi"),
    "comment": gettext_lazy("commenti"),
    "meeting": gettext_lazy("incontri"),
    "result": gettext_lazy("risultati"),
}
OUTCOMES = {
    "new": gettext_lazy("nuove"),
    "same": gettext_lazy("già qui"),
    "changed": gettext_lazy("cambiate là"),
    "waiting": gettext_lazy("in attesa"),
    "refused": gettext_lazy("non prese"),
    "left_out": gettext_lazy("ritirate là"),
    "vanished": gettext_lazy("sparite là"),
}


def fault_words(fault: DecidimFault) -> str:
    """Why nothing could be read, and that nothing was written."""
    words = str(_FAULTS.get(fault.code, fault.code))
    detail = f" ({fault.detail})" if fault.detail else ""
    return _("%(words)s%(detail)s: nulla è stato scritto.") % {"words": words, "detail": detail}


def line_words(lines: Iterable[tuple[str, str]]) -> list[str]:
    """What a person must see to, one sentence each."""
    return [f"{detail}: {_LINES.get(code, code)}" for code, detail in lines]


def count_rows(report: ImportReport) -> list[tuple[str, list[int]]]:
    """The counts as a table: one row for each kind, one column for each of `OUTCOMES`."""
    return [(str(label), [report.counts[kind, outcome] for outcome in OUTCOMES]) for kind, label in _KINDS.items()]
