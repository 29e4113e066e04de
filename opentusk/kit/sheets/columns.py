"""The columns of the spreadsheet, in one table: the template is written from it, and rows are read by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from opentusk.kit.vocabularies import FREQUENCIES, LICENCES, SUBTHEMES, THEMES, Term, Vocabulary
from opentusk.kit.vocabularies.spelling import spelling_key

T = TypeVar("T", bound=Term)
# Rows with this key are the example of the template.
EXAMPLE_KEY = "esempio-da-cancellare"


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """One column: its name for programs, its header, whether it must be filled, what it is, and an example."""

    name: str
    header: str
    help: str
    example: str
    is_required: bool = False


_LINES = (
    ("key", "Chiave", True, "alberi-monumentali",
     "Il nome nell'indirizzo: minuscole, cifre e trattini. Non cambierà mai: con la stessa chiave aggiorni lo stesso "
     "dataset."),
    ("title", "Titolo", True, "Alberi monumentali", "Come lo chiameresti parlando con un cittadino."),
    ("description", "Descrizione", False,
     "Gli alberi monumentali del comune, uno per riga, con specie, altezza e posizione.",
     "Almeno 80 caratteri. Se la lasci vuota la proponiamo noi, leggendo il file."),
    ("file", "File", True, "alberi.csv", "Il nome del file nello ZIP o nella cartella, oppure il suo indirizzo (https://…)."),
    ("theme", "Tema", False, "Ambiente", "Uno o più temi del foglio «Valori ammessi», separati da punto e virgola."),
    ("subtheme", "Sottotema", False, "ambiente naturale", "Facoltativo: una voce EuroVoc del foglio «Valori ammessi»."),
    ("keyword", "Parole chiave", False, "alberi, verde pubblico", "Separate da virgole."),
    ("frequency", "Frequenza", False, "annuale", "Ogni quanto li aggiornate: una voce del foglio «Valori ammessi»."),
    ("start", "Periodo: inizio", False, "2025-01-01", "Il primo giorno di cui parlano i dati: anno, mese o giorno."),
    ("end", "Periodo: fine", False, "2025-12-31", "L'ultimo giorno. Vuoto se continuano."),
    ("place", "Territorio", False, "Lecce", "Comune, provincia o regione. Vuoto: il territorio dell'ente."),
    ("office", "Ufficio", False, "Ufficio ambiente", "Chi risponde. Vuoto: il punto di contatto dell'ente."),
    ("email", "E-mail dell'ufficio", False, "ambiente@comune.esempio.it", "Sarà pubblica."),
    ("license", "Licenza", False, "CC BY 4.0", "Vuoto: CC BY 4.0, come chiedono le regole nazionali."),
    ("modified", "Dati aggiornati al", False, "2025-12-31", "Quando sono cambiati i dati. Vuoto: oggi."),
)  # fmt: skip

COLUMNS: tuple[SheetColumn, ...] = tuple(
    SheetColumn(name=name, header=header, is_required=required, example=example, help=words)
    for name, header, required, example, words in _LINES
)
HEADERS: Mapping[str, str] = {column.name: column.header for column in COLUMNS}
_BY_KEY = {spelling_key(text): column.name for column in COLUMNS for text in (column.header, column.name)}


def column_named(header: str) -> str | None:
    """The column that a header means, however it is spelt."""
    return _BY_KEY.get(spelling_key(header))


def allowed_values() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lists of the sheet "Valori ammessi": header and words."""
    licences = [term for term in LICENCES.terms if term.openness == "A"]
    preferred = sorted(licences, key=lambda term: (term.code != "CC_BY_4_0", not term.mqa_known, term.it))
    return (
        (HEADERS["theme"], _words(THEMES)),
        (HEADERS["frequency"], _words(FREQUENCIES)),
        (HEADERS["license"], tuple(term.it for term in preferred)),
        (HEADERS["subtheme"], _words(SUBTHEMES)),
    )


def _words(vocabulary: Vocabulary[T]) -> tuple[str, ...]:
    return tuple(term.it for term in vocabulary.terms if term.code not in {"OP_DATPRO", "UNKNOWN"})
