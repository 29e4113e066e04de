"""A store is begun, given other columns, names and keys, or closed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from opentusk.catalog.models import Distribution
from opentusk.catalog.permissions import can_edit, require
from opentusk.datastore.actions.turning import Change, change_store, rehearse
from opentusk.datastore.errors import AliasTaken
from opentusk.datastore.events import DatastoreEvent
from opentusk.datastore.models import Store, StoreAlias
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.kit.datastore.errors import BadAsk, bad
from opentusk.kit.datastore.kinds import guess_kind, kind_named
from opentusk.kit.datastore.segments import Contents, Workbench
from opentusk.kit.datastore.shapes import ID, LONGEST_ID, SourceField
from opentusk.kit.datastore.staging import check_records, names_in, stage

_MOST_FIELDS = 2_000
_ALIAS = re.compile(r'[^"%\s][^"%]{0,62}')
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBERED = re.compile(r"c(\d+)")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a store shall be; what is None stays as it is. `fields` are {id, type?, info?}.

    With `wants_rows` the answer of the change are the new rows.
    """

    fields: Sequence[Mapping[str, Any]] = ()
    records: Sequence[Mapping[str, Any]] = field(default_factory=list)
    key: Sequence[str] | None = None
    indexes: Sequence[str] | None = None
    aliases: Sequence[str] | None = None
    deletes_fields: bool = False
    wants_rows: bool = False


def create_store(distribution: Distribution, wanted: Wanted, *, by: Actor) -> tuple[Store, Change]:
    """Begin a store, or change the columns of one, and append rows, all or nothing. Raises BadAsk, AliasTaken."""
    require(can_edit(by, distribution.dataset), "write", distribution.dataset)
    records = check_records(wanted.records)
    for alias in wanted.aliases or ():
        _check_alias(alias, distribution)
    store, is_new = Store.objects.get_or_create(distribution=distribution)
    try:
        change = change_store(
            store,
            lambda bench, contents: _shaped(bench, contents, wanted, records),
            by=by,
            begins=store.head_id is None,
        )
    except BaseException:
        if is_new:
            Store.objects.filter(pk=store.pk, head__isnull=True).delete()
        raise
    _name(store, wanted)
    return Store.objects.with_states().get(pk=store.pk), change


def check_new_store(wanted: Wanted) -> None:
    """Refuse what `create_store` would refuse of a new store, before there is one. Raises BadAsk, AliasTaken."""
    records = check_records(wanted.records)
    for alias in wanted.aliases or ():
        _check_alias(alias, None)
    rehearse(lambda bench, contents: _shaped(bench, contents, wanted, records))


@transaction.atomic
def drop_store(store: Store, *, by: Actor) -> None:
    """Close a store: its rows are gone; what became versions of the file stays."""
    dataset = store.distribution.dataset
    require(can_edit(by, dataset), "write", dataset)
    store = Store.objects.select_for_update(of=("self",), no_key=True).get(pk=store.pk)
    number = str(store.distribution.uuid)
    store.delete()
    record(DatastoreEvent.STORE_DROPPED, dataset, by=by, facts={"table": number})


@transaction.atomic
def _name(store: Store, wanted: Wanted) -> None:
    if wanted.indexes is not None:
        Store.objects.filter(pk=store.pk).update(indexes=list(wanted.indexes))
    if wanted.aliases is not None:
        store.aliases.exclude(name__in=wanted.aliases).delete()
        for alias in wanted.aliases:
            StoreAlias.objects.get_or_create(store=store, name=alias)


def _check_alias(alias: str, distribution: Distribution | None) -> None:
    if not _ALIAS.fullmatch(alias) or alias.startswith("_"):
        raise bad("alias", f'"{alias}" is not a valid alias name')
    # A name that looks like the number of a resource would hide that resource.
    is_other = StoreAlias.objects.filter(name=alias).exclude(store__distribution=distribution).exists()
    if is_other or _UUID.fullmatch(alias):
        raise AliasTaken(alias)


def _shaped(bench: Workbench, contents: Contents, wanted: Wanted, records: Sequence[Mapping[str, Any]]) -> Change:
    fields = _fields(contents, wanted, records)
    is_looser = len(fields) < len(contents.fields) or bool({one.id for one in contents.fields} - {f.id for f in fields})
    if [(one.id, one.name, one.kind) for one in fields] != [(one.id, one.name, one.kind) for one in contents.fields]:
        contents = bench.reshape(contents, fields)
    contents = bench.begin(replace(contents, fields=fields, key=_key(contents, wanted, fields)))
    if wanted.key is not None and contents.key and contents.rows:
        bench.require_unique(contents)
    _check_indexes(wanted, fields)
    if not records:
        return Change(contents, is_looser=is_looser)
    batch = stage(bench.connection, records, fields, bench.folder)
    if batch.has_ids:
        raise bad("records", f'"{ID}" is given by the portal')
    after = bench.insert(contents, batch)
    rows = bench.rows_written(contents, after, by_key=False) if wanted.wants_rows else None
    return Change(after, batch=batch, answer=rows)


def _fields(contents: Contents, wanted: Wanted, records: Sequence[Mapping[str, Any]]) -> tuple[SourceField, ...]:
    """The fields that there are, changed and added to as was said; types that were not said are guessed."""
    _check_fields(wanted.fields)
    known = {one.id: one for one in contents.fields}
    said = {str(one["id"]): one for one in wanted.fields}
    names = [*said, *(name for name in names_in(records) if name not in said and name != ID)]
    if not wanted.deletes_fields or not said:
        names = [*known, *(name for name in names if name not in known)]
    if len(names) > _MOST_FIELDS:
        raise bad("fields", f"Too many fields: at most {_MOST_FIELDS}")
    free = max((int(found[1]) for one in contents.fields if (found := _NUMBERED.fullmatch(one.name))), default=-1) + 1
    fields = []
    for name in names:
        given = said.get(name, {})
        info = given.get("info")
        old = known.get(name)
        if old is not None:
            fields.append(replace(old, info=info) if isinstance(info, Mapping) else old)
            continue
        _check_name(name)
        kind = kind_named(str(given["type"])) if given.get("type") else _guessed(name, records)
        assert kind is not None
        fields.append(SourceField(name, kind, f"c{free}", dict(info) if isinstance(info, Mapping) else {}))
        free += 1
    return tuple(fields)


def _guessed(name: str, records: Sequence[Mapping[str, Any]]) -> Any:
    if not any(name in record for record in records):
        raise bad("fields", f'"{name}" type not guessable')
    return guess_kind(record.get(name) for record in records)


def _check_fields(fields: Sequence[Mapping[str, Any]]) -> None:
    """What is wrong with fields, told field by field. Raises BadAsk."""
    faults: list[dict[str, list[str]]] = []
    for one in fields:
        fault: dict[str, list[str]] = {}
        if not isinstance(one.get("id"), str) or not one["id"]:
            fault["id"] = ["Missing value"]
        elif sentence := _fault_of_name(one["id"]):
            fault["id"] = [sentence]
        if one.get("type") and kind_named(str(one["type"])) is None:
            fault["type"] = [f'"{one["type"]}" is not a valid field type']
        faults.append(fault)
    if any(faults):
        raise BadAsk({"fields": faults})
    ids = [str(one["id"]) for one in fields]
    if len(set(ids)) < len(ids):
        raise bad("field", "Duplicate column names are not supported")


def _check_name(name: str) -> None:
    if sentence := _fault_of_name(name):
        raise bad("fields", sentence)


def _fault_of_name(name: str) -> str:
    if len(name) > LONGEST_ID:
        return f'Column heading "{name}" exceeds limit of {LONGEST_ID} characters.'
    is_valid = name and name == name.strip() and not name.startswith("_") and '"' not in name and "\x00" not in name
    return "" if is_valid else f'"{name}" is not a valid field name'


def _key(contents: Contents, wanted: Wanted, fields: Sequence[SourceField]) -> tuple[str, ...]:
    ids = {one.id for one in fields}
    key = contents.key if wanted.key is None else tuple(dict.fromkeys(wanted.key))
    if missing := [name for name in key if name not in ids]:
        raise bad("index", f'The field "{missing[0]}" is not a valid column name.')
    return key


def _check_indexes(wanted: Wanted, fields: Sequence[SourceField]) -> None:
    ids = {one.id for one in fields}
    for name in wanted.indexes or ():
        if name not in ids:
            raise bad("index", f'The field "{name}" is not a valid column name.')
