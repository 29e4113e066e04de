"""What a list shows of each dataset, read from the rows: a result never shows more than they say now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import text_in
from opentusk.kit import records as kit
from opentusk.kit.record_json import read_record
from opentusk.kit.vocabularies import FREQUENCIES
from opentusk.quality.models import DatasetScore
from opentusk.search.schema import code_of, day_number


@dataclass(frozen=True, kw_only=True)
class Card:
    """A dataset in a list. Formats, themes, licences and frequency are codes; dates are ISO."""

    slug: str
    iri: str
    identifier: str
    title: str
    summary: str
    holder: str
    holder_code: str
    formats: tuple[str, ...]
    themes: tuple[str, ...]
    licences: tuple[str, ...]
    frequency: str
    modified: str
    metadata_modified: str
    band: str
    total: int | None
    is_late: bool
    is_hvd: bool
    is_demo: bool


def cards_of(ids: Sequence[int], *, today: date) -> list[Card]:
    """The cards of these datasets, in this order, without those that are not public any more."""
    rows = {row.pk: row for row in Dataset.objects.published().with_holder().filter(pk__in=ids)}
    scores = DatasetScore.objects.of_datasets(ids)
    return [_card(rows[pk], scores.get(pk), today) for pk in ids if pk in rows]


def is_late(modified: str, frequency: str, *, today: date) -> bool:
    """Whether the data are older than their declared frequency allows, half as much again forgiven."""
    declared = FREQUENCIES.by_code(frequency)
    day = day_number(modified)
    if declared is None or declared.days is None or not day:
        return False
    return today - date.fromordinal(day) > max(timedelta(days=declared.days * 1.5), timedelta(days=2))


def _card(dataset: Dataset, score: DatasetScore | None, today: date) -> Card:
    record = read_record(kit.Dataset, dataset.record)
    return Card(
        slug=dataset.slug,
        iri=record.iri or "",
        identifier=dataset.identifier,
        title=dataset.title,
        summary=text_in(record.description),
        holder=dataset.rights_holder.name,
        holder_code=dataset.rights_holder.ipa_code,
        formats=_codes(part.format for part in record.distribution),
        themes=_codes(record.theme),
        licences=_distinct(part.license.iri or "" for part in record.distribution if part.license),
        frequency=dataset.frequency,
        modified=dataset.modified,
        metadata_modified=dataset.metadata_modified_at.isoformat(timespec="seconds"),
        band=score.band if score else "",
        total=score.total if score else None,
        is_late=is_late(dataset.modified, dataset.frequency, today=today),
        is_hvd=bool(record.hvd_category),
        is_demo=dataset.is_demo,
    )


def _codes(iris: Iterable[str | None]) -> tuple[str, ...]:
    return _distinct(map(code_of, iris))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
