"""Datasets as they look in a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from opentusk.catalog.models import Dataset
from opentusk.ui.speech import text_and_language


@dataclass(frozen=True)
class Card:
    """What `ui/dataset_card.html` draws. `formats` and `themes` are IRIs."""

    slug: str
    title: str
    summary: str
    holder: str
    formats: tuple[str, ...]
    themes: tuple[str, ...]
    modified: str
    is_demo: bool


def cards_of(datasets: Iterable[Dataset]) -> list[Card]:
    """The cards of rows that have their titolare at hand."""
    return [_card(dataset) for dataset in datasets]


def _card(dataset: Dataset) -> Card:
    record = dataset.record
    formats = dict.fromkeys(part["format"] for part in record.get("distribution", []) if part.get("format"))
    return Card(
        slug=dataset.slug,
        title=text_and_language(record.get("title", {}))[0] or dataset.identifier,
        summary=text_and_language(record.get("description", {}))[0],
        holder=dataset.rights_holder.name,
        formats=tuple(formats),
        themes=tuple(record.get("theme", [])),
        modified=dataset.modified,
        is_demo=dataset.is_demo,
    )
