"""What the producer sees of a table, gathered for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import duckdb
from django.core.paginator import Page, Paginator

from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.kit.tables.semantics import label_of
from opentusk.kit.tables.shapes import CellException, Column, Examination, Proposal
from opentusk.tables.display import TYPE_WORDS
from opentusk.tables.models import FileReading, Table, TableVersion
from opentusk.tables.words import ProblemWords, Step, problems_of, steps_of, why

_PER_PAGE = 100


@dataclass(frozen=True)
class Desk:
    """One table of a file, or a file without any. `version` is the newest, public or not."""

    uuid: UUID
    dataset: Dataset
    distribution: Distribution
    reading: FileReading | None
    siblings: tuple[Table, ...]
    version: TableVersion | None
    found: Examination | None
    columns: tuple[Column, ...]
    steps: tuple[Step, ...]
    problems: tuple[ProblemWords, ...]
    proposals: tuple[Proposal, ...]
    schema_hold: Hold | None
    why: str

    @property
    def is_busy(self) -> bool:
        """Whether the file is being read, or will be."""
        return self.reading is not None and not self.reading.is_over

    @property
    def has_open_proposals(self) -> bool:
        """Whether some proposal was not accepted yet."""
        return any(not proposal.accepted for proposal in self.proposals)

    @property
    def column_rows(self) -> list[tuple[Column, str, str]]:
        """Each column with its type and its meaning in words."""
        return [
            (column, str(TYPE_WORDS.get(column.type, "")), label_of(column.semantic) if column.semantic else "")
            for column in self.columns
        ]


def desk_of(uuid: UUID) -> Desk | None:
    """The table with this number, or the file."""
    table = Table.objects.select_related("distribution__dataset__rights_holder").filter(uuid=uuid).first()
    files = Distribution.objects.select_related("dataset__rights_holder", "series")
    distribution = table.distribution if table else files.filter(uuid=uuid).first()
    if distribution is None:
        return None
    reading = FileReading.objects.of_file(distribution).first()
    siblings = tuple(Table.objects.of_file(distribution))
    table = table or next(iter(siblings), None)
    version = table.versions.newest_first().select_related("table", "file_version").first() if table else None
    return _desk(uuid, distribution, reading, siblings, version)


def _desk(
    uuid: UUID,
    distribution: Distribution,
    reading: FileReading | None,
    siblings: tuple[Table, ...],
    version: TableVersion | None,
) -> Desk:
    found = version.found() if version else None
    key = version.table.key if version else ""
    is_out = bool(version and version.is_public and reading and reading.is_over)
    steps = tuple(steps_of(reading, key, is_public=is_out)) if reading else ()
    return Desk(
        uuid=uuid,
        dataset=distribution.dataset,
        distribution=distribution,
        reading=reading,
        siblings=siblings if len(siblings) > 1 else (),
        version=version,
        found=found,
        columns=version.columns() if version else (),
        steps=steps,
        problems=tuple(problems_of(version.examination["problems"])) if version else (),
        proposals=_proposals(version, found),
        schema_hold=_schema_hold(version),
        why=why(reading.code, reading.detail) if reading else "",
    )


def _proposals(version: TableVersion | None, found: Examination | None) -> tuple[Proposal, ...]:
    """What is offered and what was accepted; a choice of a moment ago counts before the file is read again.

    Examples from columns that hold personal data are left out.
    """
    if version is None or found is None:
        return ()
    wanted, hidden = set(version.table.accepted), _hidden(found.columns)
    return tuple(
        replace(
            proposal,
            accepted=proposal.code in wanted,
            examples=tuple(example for example in proposal.examples if example.column not in hidden),
        )
        for proposal in found.proposals
    )


def _hidden(columns: Sequence[Column]) -> set[str]:
    """Under which names values must not be shown; "" (whole lines) as soon as one column is personal."""
    personal = [column for column in columns if column.is_personal]
    return {name for column in personal for name in (column.name, column.label, "")}


def _schema_hold(version: TableVersion | None) -> Hold | None:
    if version is None:
        return None
    held = Hold.objects.still_open().of_kind(Hold.Kind.SCHEMA_CHANGE)
    return held.filter(version=version.file_version_id).first()


def exceptions_of(version: TableVersion, page: str) -> "Page[CellException]":
    """The exceptions of a version; texts that may hold personal data are left out."""
    found = version.found()
    hidden = _hidden(found.columns)
    with duckdb.connect() as connection:
        rows = connection.execute(
            'SELECT "row", "column", "text" FROM read_parquet(?) ORDER BY "row", "column"',
            [str(found.exceptions_parquet)],
        ).fetchall()
    shown = [CellException(row=row, column=column, text="" if column in hidden else text) for row, column, text in rows]
    return Paginator(shown, _PER_PAGE).get_page(page)
