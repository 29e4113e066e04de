"""What a producer decides about a table: proposals, how it is read, its dictionary, a change of its columns."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from opentusk.catalog.actions import lift_hold
from opentusk.catalog.models import Hold
from opentusk.catalog.permissions import can_edit, require
from opentusk.files.models import FileVersion
from opentusk.journal.actions import enqueue, record
from opentusk.journal.actors import Actor
from opentusk.kit.tables.shapes import ColumnType
from opentusk.tables.actions.counting import count_dictionary
from opentusk.tables.errors import UnknownColumn, UnknownProposal
from opentusk.tables.events import TablesEvent
from opentusk.tables.models import FileReading, Table, TableVersion, file_of

_LONGEST = {"title": 200, "description": 2_000, "unit": 60}


@transaction.atomic
def accept_proposals(version: TableVersion, codes: Collection[str], *, by: Actor) -> None:
    """Have these proposals applied, now and to the next files. Raises UnknownProposal.

    The file is read anew and its original stays as it is.
    """
    offered = {proposal["code"] for proposal in version.examination["proposals"]}
    if unknown := set(codes) - offered:
        raise UnknownProposal(tuple(sorted(unknown)))
    _choose(version, by, accepted={*version.table.accepted, *codes})


@transaction.atomic
def revoke_proposals(version: TableVersion, codes: Collection[str], *, by: Actor) -> None:
    """Have these proposals applied no longer."""
    _choose(version, by, accepted=set(version.table.accepted) - set(codes))


@transaction.atomic
def overrule_reading(
    version: TableVersion, *, encoding: str, delimiter: str, types: Mapping[str, str], by: Actor
) -> None:
    """Say how the file is written, where the portal guessed otherwise. Raises UnknownColumn."""
    names = {column.name for column in version.columns()}
    if unknown := types.keys() - names:
        raise UnknownColumn(tuple(sorted(unknown)))
    choices = {
        "encoding": encoding,
        "delimiter": delimiter,
        "types": {name: ColumnType(value).value for name, value in types.items() if value},
    }
    _choose(version, by, choices={name: value for name, value in choices.items() if value})


def _choose(version: TableVersion, by: Actor, **chosen: Any) -> None:
    table = Table.objects.select_for_update(of=("self",), no_key=True).get(pk=version.table_id)
    dataset = table.distribution.dataset
    require(can_edit(by, dataset), "edit", dataset)
    changes = {}
    for name, value in chosen.items():
        new = sorted(value) if isinstance(value, set) else value
        if new != getattr(table, name):
            changes[name] = [getattr(table, name), new]
            setattr(table, name, new)
    if not changes:
        return
    table.save(update_fields=list(changes))
    _read_again(version.file_version, table)
    record(TablesEvent.READING_CHANGED, dataset, by=by, changes=changes, facts={"table": str(table.uuid)})


def _read_again(file_version: FileVersion, table: Table) -> None:
    reading = FileReading.objects.select_for_update(no_key=True).get(file_version=file_version)
    if reading.is_over:
        reading.state, reading.only, reading.attempts = FileReading.State.WAITING, [table.key], 0
    elif reading.only and table.key not in reading.only:
        reading.only = [*reading.only, table.key]
    reading.save(update_fields=["state", "only", "attempts"])
    enqueue(EXAMINE, key=f"tables.examine:{file_version.pk}", version=file_version.pk)


EXAMINE = "opentusk.tables.tasks.examine"


@transaction.atomic
def describe_columns(table: Table, dictionary: Mapping[str, Mapping[str, str]], *, by: Actor) -> None:
    """Say what the columns are: title, description, unit. They are kept for the next versions. Raises UnknownColumn."""
    dataset = table.distribution.dataset
    require(can_edit(by, dataset), "edit", dataset)
    newest = table.versions.newest_first().first()
    names = {column.name for column in newest.columns()} if newest else set()
    if unknown := dictionary.keys() - names:
        raise UnknownColumn(tuple(sorted(unknown)))
    stored = Table.objects.select_for_update(of=("self",), no_key=True).get(pk=table.pk)
    after = {**stored.dictionary, **{name: _clean(words) for name, words in dictionary.items()}}
    changed = sorted(name for name, words in after.items() if words != stored.dictionary.get(name, {}))
    if not changed:
        return
    stored.dictionary = table.dictionary = after
    stored.save(update_fields=["dictionary"])
    count_dictionary(table.distribution)
    facts = {"table": str(table.uuid), "columns": changed}
    record(TablesEvent.COLUMNS_DESCRIBED, dataset, by=by, facts=facts, is_public=dataset.is_published)


def _clean(words: Mapping[str, str]) -> dict[str, str]:
    cut = {name: words.get(name, "").strip()[:most] for name, most in _LONGEST.items()}
    return {name: text for name, text in cut.items() if text}


@transaction.atomic
def confirm_schema_change(file_version: FileVersion, *, by: Actor) -> None:
    """Let a version out whose columns are not those of the version before."""
    distribution = file_of(file_version)
    if distribution is None:
        return
    require(can_edit(by, distribution.dataset), "edit", distribution.dataset)
    for hold in Hold.objects.still_open().filter(version=file_version, kind=Hold.Kind.SCHEMA_CHANGE):
        lift_hold(hold, by=by, reason="")
