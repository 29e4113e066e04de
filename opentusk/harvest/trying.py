"""Tries a source before it is one: asks for its first page, reads a few records, writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from opentusk.catalog.records import iris, text_in
from opentusk.harvest.defaults import defaults_of
from opentusk.harvest.documents import RemoteDocuments
from opentusk.harvest.errors import SourceFault
from opentusk.harvest.gathering import query_of
from opentusk.harvest.models import HarvestSource
from opentusk.harvest.sources import source_kinds
from opentusk.kit.errors import Unreadable
from opentusk.kit.harmonise import harmonise_dataset
from opentusk.kit.items import Item
from opentusk.kit.problems import Problem, blocking, problem_to_json
from opentusk.kit.quality.rulebook import OF_OTHERS
from opentusk.kit.verdict import judge_dataset

SHOWN = 5
# Somebody waits for the page.
_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class TriedRecord:
    """One record as a run would take it, and what would keep it out, as problems are shown."""

    title: str
    identifier: str
    holder: str
    formats: Sequence[str]
    problems: Sequence[Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The first records of a source; `total` is what the source itself counts, `found` how many its first page has."""

    records: Sequence[TriedRecord]
    found: int
    total: int | None


def try_source(source: HarvestSource) -> Trial:
    """The first records of a source that need not be saved. Raises SourceFault."""
    kind = source_kinds()[source.kind]
    get = RemoteDocuments(kind.accept, {}, seconds=_SECONDS)
    try:
        page = next(iter(kind.fetch(source.url, query_of(source), get)), None)
    except Unreadable as fault:
        raise SourceFault(fault.reason, fault.detail[:400]) from fault
    reading = page.reading if page else None
    items = reading.items if reading else ()
    publisher = reading.catalog.publisher.name if reading and reading.catalog and reading.catalog.publisher else ""
    return Trial(
        records=[_tried(item, source, publisher) for item in items[:SHOWN]],
        found=len(items),
        total=reading.total if reading else None,
    )


def _tried(item: Item, source: HarvestSource, publisher: str) -> TriedRecord:
    if item.record is None:
        return TriedRecord(title=item.source_id, identifier="", holder="", formats=(), problems=_shown(item.problems))
    record, _repairs = harmonise_dataset(item.record, defaults_of(source, publisher=publisher), iris())
    formats = dict.fromkeys((part.format or "?").rpartition("/")[2] for part in record.distribution)
    return TriedRecord(
        title=text_in(record.title),
        identifier=record.identifier,
        holder=record.rights_holder.name if record.rights_holder else "",
        formats=list(formats),
        problems=_shown(blocking(judge_dataset(record, today=timezone.localdate(), severities=OF_OTHERS))),
    )


def _shown(problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [problem_to_json(problem) for problem in problems]
