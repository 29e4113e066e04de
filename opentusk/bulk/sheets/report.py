"""The report of a bulk run, row by row."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from opentusk.bulk.models import Batch
from opentusk.kit.sheets.columns import HEADERS
from opentusk.ui.speech import is_english


def report_lines(batch: Batch) -> Iterator[list[str]]:
    """Header and rows: number, key, what it did, dataset and how it stands, problems with their column."""
    yield [
        _("Riga"), _("Chiave"), _("Titolo"), _("Che cosa farà"), _("Stato"), _("Dataset"), _("Stato del dataset"),
        _("Problemi"),
    ]  # fmt: skip
    words = "message_en" if is_english() else "message_it"
    for row in batch.rows.in_order().select_related("dataset"):
        problems = " | ".join(f"{_column(problem)}{problem[words]}" for problem in row.problems)
        yield [
            str(row.number),
            _harmless(row.key),
            _harmless(row.values.get("title", "")),
            str(row.get_outcome_display()),
            str(row.get_state_display()),
            row.dataset.identifier if row.dataset else "",
            str(row.dataset.get_status_display()) if row.dataset else "",
            _harmless(problems),
        ]


def _column(problem: dict[str, str]) -> str:
    return f"{HEADERS[problem['column']]}: " if problem["column"] in HEADERS else ""


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
