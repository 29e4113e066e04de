"""`_table_metadata`: the tables that may be asked, and their other names."""

from typing import Any

from opentusk.ckan.protocol import Call
from opentusk.datastore.models import Store, StoreAlias
from opentusk.querying.subjects import public_tables

METADATA = "_table_metadata"
_FIELDS = (("_id", "text"), ("name", "text"), ("oid", "int8"), ("alias_of", "text"))


def list_tables(call: Call, *, limit: int, offset: int) -> dict[str, Any]:
    """The public tables in the order of their numbers; `filters` on `name` and `alias_of` are obeyed."""
    rows = [{"_id": f"{number:016x}", "oid": number, **row} for number, row in enumerate(_rows(), start=1)]
    wanted = call.decoded("filters")
    for name, value in wanted.items() if isinstance(wanted, dict) else ():
        values = value if isinstance(value, list) else [value]
        rows = [row for row in rows if row.get(name) in values]
    page = rows[offset : offset + limit]
    return {
        "resource_id": METADATA,
        "limit": limit,
        **({"offset": offset} if offset else {}),
        "fields": [{"id": name, "type": kind} for name, kind in _FIELDS],
        "records": page,
        "records_format": "objects",
        "include_total": True,
        "total": len(rows),
        "total_was_estimated": False,
    }


def _rows() -> list[dict[str, Any]]:
    tables = {str(number) for number in public_tables().values_list("uuid", flat=True)}
    stores = Store.objects.filter(public__isnull=False, distribution__dataset__status="published")
    tables |= {str(number) for number in stores.values_list("distribution__uuid", flat=True)}
    aliases = StoreAlias.objects.filter(store__in=stores).values_list("name", "store__distribution__uuid")
    rows = [{"name": name, "alias_of": None} for name in sorted(tables)]
    return rows + [{"name": name, "alias_of": str(number)} for name, number in sorted(aliases)]
