"""Public packages as they were written last, in the memory of this process, for as long as nothing changes in them.

What a package shows changes with an entry of the journal about its dataset or its body, or when a table of its files is
first let out; so the newest entry of each, and the tables, say whether what is remembered still holds. One transaction
at a time appends to the journal: no entry ever appears behind a newer one.
"""

import json
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import CharField, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.ckan.finding import as_uuid
from opentusk.ckan.protocol import Written
from opentusk.ckan.showing import package_dicts
from opentusk.journal.models import Entry
from opentusk.journal.prepared import Prepared
from opentusk.tables.models import Table

_MOST = 256  # packages, of some 10 kB; one with 300 resources has 300


class _State(NamedTuple):
    """What is another one after every change of a public package."""

    number: int
    uuid: UUID
    own_entry: int
    body_entry: int
    tables: frozenset[UUID]


def public_package(ref: str) -> Written | None:
    """The public dataset of this UUID, name or identifier, as anybody sees it; None when there is none."""
    number = as_uuid(ref)
    rows = _STATE_BY_UUID(_in_rows(number)) if number else []
    rows = rows or _STATE_BY_NAME(ref.lower())
    if not rows:
        return None
    pk, uuid, own, body = rows[0]
    tables = frozenset(_read_uuid(table) for (table,) in _TABLES(pk))
    return _written(_State(pk, _read_uuid(uuid), own or 0, body or 0, tables))


def forget() -> None:
    """Forget everything: for tests, where the same numbers come again."""
    _written.cache_clear()


@lru_cache(maxsize=_MOST)
def _written(state: _State) -> Written | None:
    dataset = Dataset.objects.published().with_holder().filter(pk=state.number).first()
    if dataset is None:
        return None
    package = package_dicts([dataset], tables=state.tables)[0]
    return Written(json.dumps(package, ensure_ascii=False))


def _state(rows: DatasetQuerySet) -> QuerySet[Any, Any]:
    subjects = rows.alias(own=_reference(Dataset, "pk"), body=_reference(Agent, "rights_holder_id"))
    return subjects.values_list("pk", "uuid", _newest_entry("own"), _newest_entry("body"))


def _reference(model: type[Model], number: str) -> Concat:
    """What the journal calls the row of this number."""
    return Concat(Value(f"{model._meta.label_lower}:"), Cast(number, CharField()))


def _newest_entry(reference: str) -> Subquery:
    return Subquery(Entry.objects.filter(subject=OuterRef(reference)).newest_first().values("seq")[:1])


def _in_rows(uuid: UUID) -> Any:
    """A UUID as this database is given it."""
    return Dataset._meta.get_field("uuid").get_db_prep_value(uuid, connection)


def _read_uuid(found: object) -> UUID:
    """A UUID as this database gives it."""
    return found if isinstance(found, UUID) else UUID(str(found))


def _tables(number: int) -> QuerySet[Any, Any]:
    found = Table.objects.public().filter(distribution__dataset=number, uuid=F("distribution__uuid"))
    return found.order_by().values_list("uuid")


_STATE_BY_UUID = Prepared(lambda uuid: _state(Dataset.objects.published().filter(uuid=uuid)), _in_rows(UUID(int=0)))
_STATE_BY_NAME = Prepared(lambda name: _state(Dataset.objects.published().named(name)), "\x00")
_TABLES = Prepared(_tables, -1)
