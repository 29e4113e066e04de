"""`datastore_create`, `_upsert`, `_delete`: rows written by programs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Distribution
from opentusk.ckan.actions import add_resource, remove_resource
from opentusk.ckan.admitting import admit_resource, require_key
from opentusk.ckan.describing import new_number
from opentusk.ckan.errors import NotFoundFault, ValidationFault
from opentusk.ckan.finding import package_to_change, resource_to_change
from opentusk.ckan.protocol import Call
from opentusk.ckan.stores import dump_address
from opentusk.datastore.actions import (
    Wanted,
    check_new_store,
    create_store,
    delete_rows,
    drop_store,
    give_version,
    write_rows,
)
from opentusk.datastore.actions.rows import Method
from opentusk.datastore.actions.turning import Change
from opentusk.datastore.api.searching import resource_ref
from opentusk.datastore.models import Store
from opentusk.datastore.sources import find_table
from opentusk.kit.datastore.asking import decoded, listed
from opentusk.kit.datastore.shapes import ROW
from opentusk.kit.datastore.values import records as as_records

_READ_ONLY = (
    "Cannot edit read-only resource because changes made may be lost. "
    'Use a resource created for editing e.g. with datastore_create or use "force=True" to ignore this warning.'
)
_OF_FILE = (
    "These rows are read from the file of the resource: send a new file, or begin rows of your own with "
    'datastore_create and "force=True".'
)
_NO_FUNCTIONS = (
    "This portal keeps rows as they are written: it has no functions and no triggers. "
    "Compute the values in the program that writes them."
)


def datastore_create(call: Call) -> Any:
    """Begin a table for a resource, change its columns, or append rows; all or nothing.

    :param resource_id: the resource; or `resource` with its `package_id`, to make a new one
    :param fields: `[{id, type, info}]`; types that are not given are guessed from all the records
    :param records, primary_key, indexes, aliases, force, include_records, delete_fields
    """
    if call.data.get("triggers"):
        raise ValidationFault({"triggers": [_NO_FUNCTIONS]})
    wanted = Wanted(
        fields=_objects(call, "fields"),
        records=_records(call),
        key=_names(call, "primary_key"),
        indexes=_names(call, "indexes"),
        aliases=_names(call, "aliases"),
        deletes_fields=call.boolean("delete_fields", False),
        wants_rows=call.boolean("include_records", False),
    )
    # No transaction is open here: who holds the database's lock must not wait for the turn to write to a store.
    distribution, is_new = _resource_to_write(call, wanted)
    try:
        store, change = create_store(distribution, wanted, by=call.actor)
    except BaseException:
        if is_new:
            with suppress(CatalogRefusal):
                remove_resource(distribution, by=call.actor, token=require_key(call, "create resources"))
        raise
    result: dict[str, Any] = {
        "resource_id": str(distribution.uuid),
        "package_id": str(distribution.dataset.uuid),
        "method": "insert",
        "fields": [
            {"id": field.id, "type": field.kind.name} | ({"info": dict(field.info)} if field.info else {})
            for field in (store.head.columns if store.head else ())
        ],
        "primary_key": list(store.key),
    }
    result |= {name: call.data[name] for name in ("aliases", "indexes") if name in call.data}
    return result | ({"records": _rows_of(change)} if wanted.wants_rows else {})


def datastore_upsert(call: Call) -> Any:
    """Write rows into a table.

    :param records: the rows
    :param include_records: tell the rows as they are now, with their `_id`
    :param method: `upsert` (by `primary_key` or `_id`; new rows are added), `insert`, or `update`
    :param dry_run: check everything, and write nothing
    """
    method = call.text("method") or "upsert"
    if method not in list(Method):
        raise ValidationFault({"method": [f'"{method}" is not defined']})
    store = _store_to_change(call)
    rows = _records(call)
    is_dry = call.boolean("dry_run", False)
    told: dict[str, Any] = {"resource_id": str(store.distribution.uuid), "method": method}
    told |= {"dry_run": True} if is_dry else {}
    wants_rows = call.boolean("include_records", False)
    if not rows:
        return told | ({"records": []} if wants_rows else {})
    change = write_rows(store, rows, Method(method), by=call.actor, is_dry=is_dry, wants_rows=wants_rows)
    return told | ({"records": _rows_of(change)} if wants_rows else {})


def datastore_delete(call: Call) -> Any:
    """Delete the rows that `filters` finds; without `filters`, the whole table."""
    return _delete(call, keeps_table=False)


def datastore_records_delete(call: Call) -> Any:
    """Delete the rows that `filters` finds; the table stays, even when every row goes."""
    if "filters" not in call.data:
        raise ValidationFault({"filters": ["Missing value"]})
    return _delete(call, keeps_table=True)


def datastore_function_create(call: Call) -> Any:
    """Refused: there are no functions here."""
    raise ValidationFault({"definition": [_NO_FUNCTIONS]})


def datastore_function_delete(call: Call) -> Any:
    """Refused: there are no functions here."""
    raise NotFoundFault(f"Function {call.required('name')} was not found.")


def datastore_run_triggers(call: Call) -> Any:
    """Refused: there are no triggers here."""
    raise ValidationFault({"triggers": [_NO_FUNCTIONS]})


def opentusk_datastore_version_create(call: Call) -> Any:
    """Make a version of the resource's file from the newest rows now, without waiting for the daily one."""
    version = give_version(_store_to_write(call))
    return {"version": version.number if version else None}


def _delete(call: Call, *, keeps_table: bool) -> Any:
    store = _store_to_change(call)
    told: dict[str, Any] = {"resource_id": str(store.distribution.uuid)}
    given = call.data.get("filters")
    if given is None and not keeps_table:
        drop_store(store, by=call.actor)
        return told
    filters = decoded("filters", given)
    # A form whose filter was left empty must not take every row with it: `{}` says so.
    if not isinstance(filters, Mapping):
        words = "Must be a dict" if keeps_table else "filters must be either a dict or null."
        raise ValidationFault({"filters": [words]})
    wants_rows = call.boolean("include_deleted_records", False)
    change = delete_rows(store, filters, by=call.actor, wants_rows=wants_rows)
    told["filters"] = filters
    return told | ({"deleted_records": _rows_of(change)} if wants_rows else {})


def _resource_to_write(call: Call, wanted: Wanted) -> tuple[Distribution, bool]:
    """The resource of `datastore_create`: one that is there, or a new one; and whether it is new."""
    number, described = call.text("resource_id"), decoded("resource", call.data.get("resource"))
    if number and described:
        raise ValidationFault({"resource": ["resource cannot be used with resource_id"]})
    if described is not None:
        return _new_resource(call, described, wanted), True
    if not number:
        raise ValidationFault({"resource_id": ["resource_id or resource required"]})
    return _writable(call, number), False


def _new_resource(call: Call, described: object, wanted: Wanted) -> Distribution:
    """A resource whose address is that of its rows; nothing is made when the rows are refused."""
    if not isinstance(described, Mapping):
        raise ValidationFault({"resource": ["Must be a dict"]})
    if described.get("url"):
        raise ValidationFault(
            {"resource": ["A resource with a url is read from there: create it with resource_create"]}
        )
    token = require_key(call, "create resources")
    dataset = package_to_change(call, str(described.get("package_id") or "") or _no_package())
    number = new_number(described)
    given = {"format": "CSV", **described, "id": str(number), "url": dump_address(number)}
    admit_resource(given, dataset)
    check_new_store(wanted)
    return add_resource(dataset, given, number=number, file=None, by=call.actor, token=token)


def _no_package() -> str:
    raise ValidationFault({"package_id": ["Missing value"]})


def _writable(call: Call, number: str) -> Distribution:
    distribution = _of_number(call, number)
    _require_open(call, distribution)
    return distribution


def _of_number(call: Call, number: str) -> Distribution:
    try:
        return resource_to_change(call, number)
    except NotFoundFault:
        raise NotFoundFault(f'Resource "{number}" was not found.') from None


def _require_open(call: Call, distribution: Distribution) -> None:
    """Raises ValidationFault where rows are not all that the resource is, unless the client insists."""
    if not (distribution.access_url == dump_address(distribution.uuid) or call.boolean("force", False)):
        raise ValidationFault({"read-only": [_READ_ONLY]})


def _store_to_change(call: Call) -> Store:
    store = _store_to_write(call)
    _require_open(call, store.distribution)
    return store


def _store_to_write(call: Call) -> Store:
    number = resource_ref(call)
    distribution = _of_number(call, number)
    store = Store.objects.with_states().filter(distribution=distribution, head__isnull=False).first()
    if store is None:
        find_table(call, number)
        raise ValidationFault({"read-only": [_OF_FILE]})
    return store


def _records(call: Call) -> Sequence[Mapping[str, Any]]:
    found = decoded("records", call.data.get("records"))
    if found is not None and not isinstance(found, list):
        raise ValidationFault({"records": ["Records has to be a list of dicts"]})
    return found or []


def _objects(call: Call, name: str) -> Sequence[Mapping[str, Any]]:
    found = decoded(name, call.data.get(name))
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise ValidationFault({name: ["Must be a list of dicts"]})
    return found


def _names(call: Call, name: str) -> list[str] | None:
    return listed(call.data[name]) if call.data.get(name) is not None else None


def _rows_of(change: Change) -> Any:
    """The rows that a change answers with, as a search would show them."""
    rows = change.answer if isinstance(change.answer, list) else []
    return as_records(rows, (ROW, *change.contents.fields), (), "objects")
