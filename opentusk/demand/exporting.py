"""Wishes as CSV and JSON: the same rows as the pages, without anything about a person."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse

from opentusk.demand.models import WantedDataset, WantedDatasetQuerySet
from opentusk.demand.states import Proponent
from opentusk.kit.vocabularies import THEMES
from opentusk.people.models import World
from opentusk.search.lists import csv_text

COLUMNS = (
    "edizione", "numero", "dato", "descrizione", "a_cosa_serve", "tema", "altri_temi", "produttori", "proponente",
    "origine", "evento", "tavolo", "stato", "ente", "entro_il", "termine_di_legge", "unita_a", "motivo", "risposta",
    "dataset", "proposta_il", "pubblicata_il", "dimostrativo", "indirizzo",
)  # fmt: skip


def row_of(item: WantedDataset) -> dict[str, Any]:
    """One wish, by the names of the columns; codes where there are codes."""
    producers = [agent.name for agent in item.producers.all()]
    values = (
        item.basket.edition, item.number, item.title, item.description, item.use_case, item.primary_theme,
        " ".join(item.extra_themes), item.producers_text or "; ".join(producers), proponent_of(item), item.origin,
        item.event_title, item.table.number if item.table else "", item.state,
        item.assigned_body.name if item.assigned_body else "", _day(item.due_on), _day(item.legal_due_on),
        item.merged_into.number if item.merged_into else "", item.refusal_reason, item.public_answer,
        " ".join(link.dataset_uri for link in item.links.all() if link.broken_at is None),
        item.created_at.date().isoformat(), _day(item.published_at.date() if item.published_at else None),
        "sì" if item.is_demo else "", f"{settings.SITE_URL}/paniere/{item.basket.edition}/{item.number}",
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def proponent_of(item: WantedDataset) -> str:
    """Who wished it, as everybody may know: a table, a body, or the world of a person."""
    if item.proponent_label:
        return item.proponent_label
    is_person = item.proponent_kind == Proponent.PERSON
    return str(World(item.proponent_world).label) if is_person and item.proponent_world in World.values else ""


def rows_of(wishes: WantedDatasetQuerySet) -> Iterator[dict[str, Any]]:
    """Every wish, by number."""
    found = wishes.in_order().select_related("table").prefetch_related("producers", "links")
    yield from map(row_of, found.iterator(chunk_size=500))


def csv_lines(wishes: WantedDatasetQuerySet) -> Iterator[str]:
    """The CSV, line by line, with a mark at the beginning by which spreadsheets know that it is UTF-8."""
    yield "\ufeff" + line_of(COLUMNS)
    for row in rows_of(wishes):
        yield line_of(tuple(row.values()))


def line_of(cells: tuple[Any, ...]) -> str:
    """One line, in which no cell is a formula."""
    return csv_text([cells])


def csv_answer(wishes: WantedDatasetQuerySet, *, name: str) -> StreamingHttpResponse:
    """A file to download."""
    answer = StreamingHttpResponse(csv_lines(wishes), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def theme_label(code: str) -> str:
    """The Italian name of a theme, for files."""
    term = THEMES.by_code(code)
    return term.it if term else code


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
