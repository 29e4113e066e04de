"""The description of a dataset: judged, and written in its rows."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.errors import NotPublishable
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import PROJECTED, facts_of_part, iris, put_record, row_of_part
from opentusk.files import actions as files
from opentusk.journal.actors import SYSTEM
from opentusk.kit import records as kit
from opentusk.kit.problems import Problem, blocking, problem_to_json
from opentusk.kit.quality.rulebook import AS_WRITTEN, OF_OTHERS
from opentusk.kit.record_json import Json
from opentusk.kit.verdict import judge_dataset

_NO_LONGER_OFFERED = "Il dataset non offre più questo file."


def judge(record: kit.Dataset, dataset: Dataset) -> list[Problem]:
    """Every problem of a record as the record of this row."""
    others = Dataset.objects.exclude(pk=dataset.pk)
    return judge_dataset(
        record,
        today=timezone.localdate(),
        is_taken=lambda identifier: others.filter(identifier__iexact=identifier).exists(),
        severities=OF_OTHERS if dataset.is_harvested else AS_WRITTEN,
    )


def save_record(dataset: Dataset, record: kit.Dataset, holder: Agent, *, written: Json | None = None) -> None:
    """Write a changed record and its distribution rows; those that are still there keep their numbers.

    `written` is the record as JSON, if it is at hand.
    """
    put_record(dataset, record, holder, written=written)
    dataset.metadata_modified_at = timezone.now()
    dataset.save(update_fields=[*PROJECTED, "metadata_modified_at", "corrections", "problems"])
    _write_rows(dataset, record)


def write_new_rows(rows: Sequence[Distribution]) -> None:
    """Write rows of distributions; one whose address here holds a number has that number, unless it is taken."""
    start = iris().distribution("")
    for row in rows:
        row.uuid = _number_in(row.iri, start) or row.uuid
    wanted = {row.uuid for row in rows}
    taken = set(Distribution.objects.filter(uuid__in=wanted).values_list("uuid", flat=True)) if rows else set()
    for row in rows:
        if row.uuid in taken:
            row.uuid = Distribution().uuid
    Distribution.objects.bulk_create(rows)


def _write_rows(dataset: Dataset, record: kit.Dataset) -> None:
    """Write what is new and what has changed: one more file among hundreds costs as much as the first."""
    listed = dataset.distributions.values_list("iri", "pk", "position", "access_url", "format")
    known = {iri: (pk, facts) for iri, pk, *facts in listed}
    if gone := known.keys() - {part.iri or "" for part in record.distribution}:
        _drop_rows(dataset, gone)
    changed: list[Distribution] = []
    new: list[Distribution] = []
    for position, part in enumerate(record.distribution):
        pk, facts = known.get(part.iri or "", (None, None))
        if facts == [position, *facts_of_part(part)]:
            continue
        row = row_of_part(dataset, position, part)
        row.pk = pk
        (new if pk is None else changed).append(row)
    Distribution.objects.bulk_update(changed, ["position", "access_url", "format"])
    write_new_rows(new)


def _number_in(iri: str, start: str) -> UUID | None:
    if not iri.startswith(start):
        return None
    try:
        return UUID(iri.removeprefix(start))
    except ValueError:
        return None


def _drop_rows(dataset: Dataset, iris_gone: Iterable[str]) -> None:
    """Delete the rows of files that the record names no longer, and let go of the copies that fed their tables.

    A file kept here leaves by `remove_file`, which says to its readers that it is gone.
    """
    gone = dataset.distributions.filter(iri__in=list(iris_gone)).filter(Q(series__isnull=True) | Q(is_copy=True))
    copies = [row.series for row in gone.with_series() if row.series]
    gone.delete()
    for series in copies:
        if series.versions.filter(released_at__isnull=False).exists():
            files.close_series(series, reason=_NO_LONGER_OFFERED, by=SYSTEM)
        else:
            files.delete_series(series, by=SYSTEM)


def require_publishable(problems: list[Problem], dataset: Dataset) -> None:
    """Note the problems in the row. Raises NotPublishable with those that block."""
    dataset.problems = [problem_to_json(problem) for problem in problems]
    if blockers := blocking(problems):
        raise NotPublishable(blockers)
