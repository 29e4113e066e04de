"""The list of results for programs: JSON, CSV, Atom. The same question gives the same datasets in the same order."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from io import StringIO
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from opentusk.catalog.records import iris
from opentusk.search.cards import Card, cards_of
from opentusk.search.finding import Counts, Found, find_all
from opentusk.search.question import Question

_ROWS_AT_ONCE = 500
# What a spreadsheet would run as a formula; see OWASP, "CSV injection".
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_COLUMNS = (
    "identificativo", "titolo", "titolare", "codice_ipa", "descrizione", "temi", "formati", "licenze", "frequenza",
    "data_dei_dati", "data_dei_metadati", "punteggio", "elevato_valore", "dimostrativo", "pagina",
)  # fmt: skip


def list_json(found: Found, cards: Sequence[Card], counts: Counts, *, path: str) -> dict[str, Any]:
    """One page as a JSON value: total, datasets, counts by facet, and the addresses of the pages beside it."""
    question = found.question
    return {
        "total": found.total,
        "page": question.page,
        "pages": found.pages,
        "next": page_address(question, question.page + 1, path) if question.page < found.pages else None,
        "previous": page_address(question, question.page - 1, path) if question.page > 1 else None,
        "datasets": [{**asdict(card), "page": iris().dataset_page(card.slug)} for card in cards],
        "facets": {facet: _ordered(values) for facet, values in counts.items()},
    }


def csv_lines(question: Question, *, today: date) -> Iterator[str]:
    """The whole list as CSV, line by line: UTF-8 with its mark, so that spreadsheets read the accents."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(_COLUMNS)
    ids = iter(find_all(question))
    while batch := list(islice(ids, _ROWS_AT_ONCE)):
        for card in cards_of(batch, today=today):
            yield writer.writerow(map(harmless_cell, _cells(card)))


def atom_feed(found: Found, cards: Iterable[Card], *, path: str) -> str:
    """One page as an Atom feed."""
    here = f"{settings.SITE_URL}{path}?{found.question.query()}"
    feed = Atom1Feed(
        title=f"{gettext('Catalogo')} · {settings.PORTAL_TITLE}",
        link=f"{settings.SITE_URL}/catalogo?{found.question.query()}",
        description=settings.PORTAL_DESCRIPTION,
        feed_url=here,
        language="it",
    )
    for card in cards:
        page = iris().dataset_page(card.slug)
        feed.add_item(
            title=_printable(card.title),
            link=page,
            description=_printable(card.summary),
            unique_id=card.iri or page,
            author_name=_printable(card.holder),
            updateddate=datetime.fromisoformat(card.metadata_modified),
            categories=card.themes,
        )
    return str(feed.writeString("utf-8"))


def page_address(question: Question, page: int, path: str) -> str:
    """The absolute address of another page of a list."""
    return f"{settings.SITE_URL}{path}?{question.at_page(page).query()}"


def harmless_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: such a text gets an apostrophe before it."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV for spreadsheets and programs; no cell is a formula."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([harmless_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cells(card: Card) -> tuple[object, ...]:
    return (
        card.identifier,
        card.title,
        card.holder,
        card.holder_code,
        card.summary,
        " ".join(card.themes),
        " ".join(card.formats),
        " ".join(card.licences),
        card.frequency,
        card.modified,
        card.metadata_modified,
        "" if card.total is None else card.total,
        "sì" if card.is_hvd else "no",
        "sì" if card.is_demo else "no",
        iris().dataset_page(card.slug),
    )


def _ordered(values: Mapping[str, int]) -> list[dict[str, Any]]:
    frequent = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"value": value, "count": count} for value, count in frequent]


def _printable(text: str) -> str:
    """Without the control characters that XML forbids: one of them would make the whole feed unreadable."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


class _Line:
    """A file that gives back what is written to it, so that `csv` works line by line."""

    def write(self, line: str) -> str:
        return line
