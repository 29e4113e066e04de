"""The template: a spreadsheet with an example row, the allowed values and a word on each column; or a plain CSV."""

import csv
from io import BytesIO, StringIO

import xlsxwriter  # type: ignore[import-untyped]

from opentusk.kit.sheets.columns import COLUMNS, EXAMPLE_KEY, allowed_values

_ROWS_WITH_LISTS = 500
_LISTED = {"Tema": 0, "Frequenza": 1, "Licenza": 2}


def write_xlsx() -> bytes:
    """The template as a spreadsheet, with a list to choose from in the cells that have one."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#e5f0fb", "border": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet, values, help_sheet = (book.add_worksheet(name) for name in ("Dataset", "Valori ammessi", "Istruzioni"))
        for number, column in enumerate(COLUMNS):
            sheet.set_column(number, number, 34 if column.name == "description" else 22, text)
            sheet.write_string(0, number, column.header + (" *" if column.is_required else ""), bold)
            sheet.write_string(1, number, _example(column.name, column.example), text)
        sheet.freeze_panes(1, 1)
        for place, (header, words) in enumerate(allowed_values()):
            values.set_column(place, place, 40)
            values.write_string(0, place, header, bold)
            values.write_column(1, place, words)
        _add_lists(sheet)
        help_sheet.set_column(0, 0, 24)
        help_sheet.set_column(1, 1, 100)
        for line, (name, said) in enumerate(_instructions()):
            help_sheet.write_string(line, 0, name, bold)
            help_sheet.write_string(line, 1, said, text)
    return buffer.getvalue()


def write_csv() -> bytes:
    """The template as a CSV that Italian spreadsheets open."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow([column.header for column in COLUMNS])
    writer.writerow([_example(column.name, column.example) for column in COLUMNS])
    return buffer.getvalue().encode("utf-8-sig")


def _example(name: str, example: str) -> str:
    return EXAMPLE_KEY if name == "key" else example


def _add_lists(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    """Choices in the cells; other words may be typed all the same, because a theme cell may hold two."""
    lists = allowed_values()
    for number, column in enumerate(COLUMNS):
        if column.header in _LISTED:
            place = _LISTED[column.header]
            letter = "ABCD"[place]
            source = f"='Valori ammessi'!${letter}$2:${letter}${len(lists[place][1]) + 1}"
            sheet.data_validation(
                1, number, _ROWS_WITH_LISTS, number, {"validate": "list", "source": source, "error_type": "warning"}
            )


def _instructions() -> list[tuple[str, str]]:
    """What to do, then a word on each column."""
    return [
        ("Come si usa", "Una riga per ogni dataset. Cancella la riga di esempio. Le colonne con * sono obbligatorie."),
        ("I file", "Mettili tutti in uno ZIP, o caricali insieme: il nome nella colonna «File» deve essere lo stesso."),
        (
            "Poi",
            "Caricando foglio e file vedi prima che cosa succederà, riga per riga. Niente cambia finché non confermi.",
        ),
        ("Se lo ricarichi", "Le righe già fatte non si ripetono: la chiave dice quale dataset aggiornare."),
        *((column.header, f"{column.help} Esempio: {column.example}") for column in COLUMNS),
    ]
