"""What a row would do, without doing it: a new dataset, a change, nothing; or what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from uuid import UUID

from opentusk.bodies.models import Agent
from opentusk.bulk.models import BatchRow
from opentusk.bulk.sheets.describing import CellProblem, RowReader
from opentusk.bulk.sheets.folder import find_file, names_given
from opentusk.catalog.actions import judge
from opentusk.catalog.beginnings import first_record
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import changes_between, to_record
from opentusk.kit import records as kit
from opentusk.kit.problems import Severity
from opentusk.kit.record_json import write_record

_KEY = re.compile(r"[a-z0-9_-]{1,80}")
_NAMES_SHOWN = 6


@dataclass(frozen=True)
class Plan:
    """What a row would do. `record` is the description without its file, `path` the file, `address` where it is."""

    outcome: BatchRow.Outcome
    problems: Sequence[CellProblem]
    dataset: Dataset | None
    record: kit.Dataset
    licence: kit.LicenseDocument | None
    path: Path | None
    address: str


def plan_row(cells: Mapping[str, str], *, holder: Agent, batch: UUID, earlier_keys: frozenset[str]) -> Plan:
    """Read a row against what the catalogue holds now. `earlier_keys` are those of the rows above it."""
    reader = RowReader(cells)
    key = cells.get("key", "")
    dataset = _dataset_of(holder, key)
    stored = to_record(dataset) if dataset else first_record(holder, identifier=f"{holder.ipa_code}:{key}", title="")
    record, licence = reader.record(stored), reader.licence()
    path, address = _file_of(batch, cells.get("file", ""))
    problems = [
        *_key_problems(key, earlier_keys, dataset),
        *_file_problems(cells, path, address, batch, dataset),
        *reader.problems,
    ]
    if not cells.get("title"):
        problems.append(CellProblem(column="title", code="batch.no_title"))
    if any(problem.severity is Severity.BLOCKS for problem in problems):
        return Plan(BatchRow.Outcome.WRONG, problems, dataset, record, licence, path, address)
    outcome = _outcome(dataset, stored, record, path, address)
    hints = _hints(record, licence, dataset, stored)
    return Plan(outcome, [*problems, *hints], dataset, record, licence, path, address)


def kept_here(dataset: Dataset) -> Distribution | None:
    """The first file of the dataset that is kept in the portal."""
    return Distribution.objects.with_file().filter(dataset=dataset).first()


def _dataset_of(holder: Agent, key: str) -> Dataset | None:
    return Dataset.objects.with_holder().filter(identifier__iexact=f"{holder.ipa_code}:{key}").first() if key else None


def _file_of(batch: UUID, said: str) -> tuple[Path | None, str]:
    if said.startswith(("http://", "https://")):
        return None, said
    return (find_file(batch, said) if said else None), ""


def _key_problems(key: str, earlier: frozenset[str], dataset: Dataset | None) -> list[CellProblem]:
    if not key:
        return [CellProblem(column="key", code="batch.no_key")]
    if not _KEY.fullmatch(key):
        return [CellProblem(column="key", code="batch.bad_key", values={"value": key[:80]})]
    if key in earlier:
        return [CellProblem(column="key", code="batch.repeated_key", values={"value": key})]
    if dataset and dataset.is_harvested:
        return [CellProblem(column="key", code="batch.harvested", values={"value": key})]
    if dataset and dataset.is_withdrawn:
        return [CellProblem(column="key", code="batch.withdrawn", values={"value": key})]
    return []


def _file_problems(
    cells: Mapping[str, str], path: Path | None, address: str, batch: UUID, dataset: Dataset | None
) -> list[CellProblem]:
    said = cells.get("file", "")
    if not said:
        # An update of the words alone needs no file.
        return [] if dataset and dataset.distributions.exists() else [CellProblem(column="file", code="batch.no_file")]
    if path is None and not address:
        names = ", ".join(names_given(batch)[:_NAMES_SHOWN]) or "–"
        return [CellProblem(column="file", code="batch.file_not_found", values={"value": said, "names": names})]
    if path is not None and path.stat().st_size == 0:
        return [CellProblem(column="file", code="batch.empty_file", values={"value": said})]
    return []


def _outcome(
    dataset: Dataset | None, stored: kit.Dataset, record: kit.Dataset, path: Path | None, address: str
) -> BatchRow.Outcome:
    if dataset is None:
        return BatchRow.Outcome.CREATE
    same_words = not changes_between(write_record(stored), write_record(record))
    same = same_words and _is_same_file(dataset, path) and _is_same_address(stored, address)
    return BatchRow.Outcome.SAME if same else BatchRow.Outcome.UPDATE


def _is_same_file(dataset: Dataset, path: Path | None) -> bool:
    if path is None:
        return True
    row = kept_here(dataset)
    newest = row.series.versions.with_file().newest_first().first() if row and row.series else None
    if newest is None:
        return False
    with path.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest() == newest.stored.sha256


def _is_same_address(stored: kit.Dataset, address: str) -> bool:
    return not address or any(address in (part.access_url, *part.download_url) for part in stored.distribution)


def _hints(
    record: kit.Dataset, licence: kit.LicenseDocument | None, dataset: Dataset | None, stored: kit.Dataset
) -> list[CellProblem]:
    """What would still forbid publication: told now, mended in the guide or in the next upload of the spreadsheet."""
    parts = stored.distribution or (kit.Distribution(access_url="https://esempio.it/", license=licence),)
    judged = judge(replace(record, distribution=parts), dataset or Dataset())
    columns = {"dct:description": "description", "dcat:theme": "theme", "dct:accrualPeriodicity": "frequency",
               "vcard:hasEmail": "email", "vcard:fn": "office"}  # fmt: skip
    found = {columns.get(problem.where.rpartition(" › ")[2]): problem for problem in judged if problem.blocks}
    return [
        CellProblem(column=column, code="batch.to_complete", severity=Severity.MINOR)
        for column in columns.values()
        if column in found
    ]
