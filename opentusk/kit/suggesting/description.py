"""A first description, true word by word: what the table is about, how long, which columns, which time, which place.

What only people know is asked beside it as questions; an unanswered question leaves no trace in the text.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from opentusk.kit.records import Text
from opentusk.kit.suggesting.shapes import Suggestion
from opentusk.kit.suggesting.spans import Span
from opentusk.kit.tables.shapes import Column, Examination

# Name of the question -> how its answer continues the description.
QUESTIONS: Mapping[str, str] = {
    "one_row": "Ogni riga descrive {answer}",
    "collected": "I dati sono stati raccolti così: {answer}",
    "limits": "Limiti da conoscere: {answer}",
}
_SEPARATORS = {";": "punto e virgola", ",": "virgola", "\t": "tabulazione", "|": "barra verticale"}
_MOST_COLUMNS = 8
_LONGEST_LABEL = 40
_MONTHS = ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
           "novembre", "dicembre")  # fmt: skip


def suggest_description(title: str, tables: Sequence[Examination], span: Span | None, place: str) -> Suggestion | None:
    """The skeleton; None without a table, because then there is nothing that we know."""
    if not tables:
        return None
    sentences = [_about(title, place), _size(tables), _contents(tables), _time(span)]
    return Suggestion(value=" ".join(filter(None, sentences)), code="suggest.description")


def complete_description(text: str, answers: Mapping[str, str]) -> str:
    """The description with the answers to the questions, each as a sentence; nothing for those left empty."""
    said = [
        _closed(form.format(answer=answer))
        for name, form in QUESTIONS.items()
        if (answer := answers.get(name, "").strip()) and answer not in text
    ]
    return "\n\n".join(filter(None, [text.strip(), " ".join(said)]))


def describe_file(tables: Sequence[Examination]) -> Text:
    """What one file is, in Italian: how large its tables are and how the text is written. Empty without a table."""
    if not tables:
        return {}
    first = tables[0]
    size = f"{len(tables)} tabelle" if len(tables) > 1 else f"Tabella di {_rows(first.rows)}"
    columns = "" if len(tables) > 1 else f" e {len(first.columns)} colonne"
    written = [f"codifica {first.dialect.encoding}"] if first.dialect.encoding else []
    if first.dialect.delimiter:
        written.append(f"separatore {_SEPARATORS.get(first.dialect.delimiter, first.dialect.delimiter)}")
    return {"it": f"{size}{columns}{'; ' if written else ''}{', '.join(written)}."}


def _about(title: str, place: str) -> str:
    subject = title[:1].lower() + title[1:] if title and not title.split()[0].isupper() else title
    where = "" if not place or place.casefold() in title.casefold() else f" – {place}"
    return f"I dati riguardano: {subject}{where}." if title else ""


def _size(tables: Sequence[Examination]) -> str:
    rows = sum(table.rows for table in tables)
    if len(tables) > 1:
        return f"Il file contiene {len(tables)} tabelle, con {_rows(rows)} in tutto."
    columns = len(tables[0].columns)
    return f"La tabella ha {_rows(rows)} e {'una colonna' if columns == 1 else f'{columns} colonne'}."


def _contents(tables: Sequence[Examination]) -> str:
    """The names of the columns; in a file without a header they would be somebody's data."""
    columns = (column for table in tables if table.dialect.header_row for column in table.columns)
    labels = list(dict.fromkeys(label for column in columns if (label := _plain_label(column))))
    if not labels:
        return ""
    said = ", ".join(labels[:_MOST_COLUMNS])
    more = len(labels) - _MOST_COLUMNS
    rest = "" if more <= 0 else " e un'altra informazione" if more == 1 else f" e altre {more} informazioni"
    return f"Per ogni riga sono indicati: {said}{rest}."


def _time(span: Span | None) -> str:
    if span is None:
        return ""
    if span.is_one_year:
        return f"I dati si riferiscono al {span.start.year}."
    if span.start == span.end:
        return f"I dati sono aggiornati al {_day(span.start)}."
    if (span.start.month, span.start.day, span.end.month, span.end.day) == (1, 1, 12, 31):
        return f"I dati vanno dal {span.start.year} al {span.end.year}."
    return f"I dati vanno dal {_day(span.start)} al {_day(span.end)}."


def _plain_label(column: Column) -> str:
    label = " ".join((column.title or column.label).replace("_", " ").split())
    return label.lower() if 1 < len(label) <= _LONGEST_LABEL else ""


def _day(day: date) -> str:
    return f"{'1º' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def _rows(number: int) -> str:
    return "una riga" if number == 1 else f"{_thousands(number)} righe"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _closed(sentence: str) -> str:
    return sentence if sentence[-1] in ".!?" else f"{sentence}."
