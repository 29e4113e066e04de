"""Turns what was read into rows: which table it is, whether its data are new, and which columns changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Max

from opentusk.catalog.models import Distribution
from opentusk.kit.tables.json_shapes import from_json
from opentusk.kit.tables.shapes import Column, Examination, PersonalFinding
from opentusk.tables.folders import keep
from opentusk.tables.models import FileReading, Table, TableVersion, table_uuid
from opentusk.tables.running import Answer


@dataclass(frozen=True)
class Kept:
    """A table of the file and the version its data are in now; not new when the same data were public already.

    `breaking` are the columns that whoever uses the data would miss: {removed, retyped, renamed: names}.
    """

    table: Table
    version: TableVersion
    is_new: bool
    personal: tuple[PersonalFinding, ...]
    breaking: dict[str, list[str]]


def keep_tables(reading: FileReading, distribution: Distribution, answer: Answer, scratch: Path) -> list[Kept]:
    """Write the rows of everything that was read, and move the folders to their place."""
    known = list(
        Table.objects.of_file(distribution).select_for_update(of=("self",), no_key=True).select_related("latest")
    )
    is_sole = len(answer.sources) == 1 == len(known)
    kept = []
    for position, source in enumerate(answer.sources):
        if source["key"] not in answer.read:
            continue
        table = known[0] if is_sole else next((one for one in known if one.key == source["key"]), None)
        table = _named(table or Table(distribution=distribution), source, position, known)
        kept.append(_keep(table, reading, answer.read[source["key"]], scratch))
    return kept


def _named(table: Table, source: Mapping[str, str], position: int, known: Sequence[Table]) -> Table:
    """The row of a table with its place in the file as it is now; the number of a table never changes."""
    table.key, table.position, table.title = source["key"], position, source["label"][:300]
    if table.pk is None:
        is_free = all(other.uuid != table.distribution.uuid for other in known)
        table.uuid = table_uuid(table.distribution.uuid, table.key, is_first=position == 0 and is_free)
        table.save()
    else:
        table.save(update_fields=["key", "position", "title"])
    return table


def _keep(table: Table, reading: FileReading, read: Mapping[str, Any], scratch: Path) -> Kept:
    examination = read["examination"]
    found = from_json(examination, folder=scratch / read["folder"])
    before, mine = table.latest, table.versions.filter(file_version=reading.file_version).newest_first().first()
    says_the_same = before is not None and _is_same(before, found)
    if says_the_same and before is not None and before != mine:
        return Kept(table, before, False, found.personal, {})
    version = mine if mine and (says_the_same or not mine.is_public) else _new_version(table, reading)
    version.steps = [step for step in reading.steps if step["table"] in {"", table.key}]
    version.examination, version.rows = examination, found.rows
    version.content_hash, version.schema_hash = found.content_hash, found.schema_hash
    version.accepted, version.choices = table.accepted, table.choices
    version.changes = _without_personal(
        read.get("changes", {}), (*(before.columns() if before else ()), *found.columns)
    )
    version.folder = keep(scratch / read["folder"], table.uuid)
    version.save()
    # What a producer chose for a file that is public needs no second confirmation.
    breaking = (
        breaking_changes(before.columns(), found.columns)
        if before and before.file_version_id != reading.file_version_id
        else {}
    )
    return Kept(table, version, not says_the_same, found.personal, breaking)


def _without_personal(changes: Mapping[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """The differences, which everybody may read, without the names of columns that nobody may."""
    hidden = {column.name for column in columns if column.is_personal}
    kept = dict(changes)
    for name in ("added_columns", "removed_columns", "retyped"):
        if name in kept:
            kept[name] = [column for column in kept[name] if column not in hidden]
    if "per_column" in kept:
        kept["per_column"] = {column: cells for column, cells in kept["per_column"].items() if column not in hidden}
    return kept


def _is_same(before: TableVersion, found: Examination) -> bool:
    return (before.content_hash, before.schema_hash) == (found.content_hash, found.schema_hash)


def _new_version(table: Table, reading: FileReading) -> TableVersion:
    last = table.versions.aggregate(last=Max("number"))["last"] or 0
    return TableVersion(table=table, number=last + 1, file_version=reading.file_version)


def breaking_changes(before: Sequence[Column], after: Sequence[Column]) -> dict[str, list[str]]:
    """The columns that a program written for the version before would miss, under the names it knows."""
    now = {column.name: column for column in after}
    changes = {
        "removed": [column.name for column in before if column.name not in now],
        "retyped": [column.name for column in before if column.name in now and now[column.name].type != column.type],
        "renamed": [column.name for column in before if column.name in now and now[column.name].label != column.label],
    }
    return {kind: names for kind, names in changes.items() if names}
