"""Which table a client means, and what of it the client may see.

A resource with a store is read from the store; any other from the table of its file. Whoever may write for the body
reads the newest rows, everybody else the last public ones, and never a column that is hidden from everybody.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from opentusk.catalog.models import Dataset
from opentusk.ckan.errors import NotFoundFault
from opentusk.ckan.finding import as_uuid, require_seeing, resource
from opentusk.ckan.permissions import may_edit
from opentusk.ckan.protocol import Call
from opentusk.ckan.stores import tells_stores
from opentusk.datastore.models import Store, called
from opentusk.kit.datastore.kinds import kind_of_column
from opentusk.kit.datastore.shapes import Source, SourceField
from opentusk.kit.queries.encoding import shown_names
from opentusk.kit.queries.engine import Engine, numbered_sql
from opentusk.kit.queries.shapes import Heading, TableRef
from opentusk.kit.tables.shapes import ROW_NUMBER
from opentusk.querying.subjects import Subject, public_tables
from opentusk.tables.engine import engine
from opentusk.tables.models import Table


@tells_stores
def stores_of(numbers: Collection[UUID]) -> Collection[UUID]:
    """The resources whose store may be asked by whoever sees them."""
    stores = Store.objects.filter(distribution__uuid__in=numbers, head__isnull=False)
    shown = stores.exclude(public__isnull=True, distribution__dataset__status=Dataset.Status.PUBLISHED)
    return list(shown.values_list("distribution__uuid", flat=True))


@dataclass(frozen=True)
class Subjected:
    """A table that was found: its rows, its number, and the store when it is one."""

    source: Source
    number: UUID
    dataset: Dataset
    store: Store | None = None

    @property
    def aliases(self) -> list[str]:
        """The other names of a store."""
        return list(self.store.aliases.order_by("name").values_list("name", flat=True)) if self.store else []


def find_table(call: Call, ref: str, *, word: str = "Resource") -> Subjected:
    """The table of this number or other name. Raises NotFoundFault, NotAuthorizedFault."""
    missing = NotFoundFault(f'{word} "{ref}" was not found.')
    number = as_uuid(ref)
    stores = Store.objects.to_read()
    if number is None:
        store = stores.filter(aliases__name=ref).first()
        if store is None:
            raise missing
        require_seeing(call, store.distribution)
        return _of_store(call, store, missing)
    store = stores.filter(distribution__uuid=number).first()
    try:
        if store is None:
            resource(call, ref)
        else:
            require_seeing(call, store.distribution)
    except NotFoundFault:
        return _of_other_table(call, number, missing)
    return _of_store(call, store, missing) if store else _of_other_table(call, number, missing)


def _of_store(call: Call, store: Store, missing: NotFoundFault) -> Subjected:
    is_of_body = may_edit(call, store.distribution.dataset)
    state = store.head if is_of_body else store.public
    if state is None:
        raise missing
    state.store = store
    source = state.source(for_public=not is_of_body)
    return Subjected(source, store.distribution.uuid, store.distribution.dataset, store)


def _of_other_table(call: Call, number: UUID, missing: NotFoundFault) -> Subjected:
    """The table of a file; one of the later tables of a file has a number of its own."""
    table = public_tables().filter(uuid=number).first()
    if table is not None and table.latest is not None:
        ref = Subject(table, table.latest, is_latest=True).ref
        return Subjected(source_of(engine(), ref), number, table.distribution.dataset)
    table = Table.objects.select_related("distribution__dataset__rights_holder").filter(uuid=number).first()
    if table is None or not may_edit(call, table.distribution.dataset):
        raise missing
    version = table.versions.made().newest_first().select_related("file_version", "table").first()
    if version is None:
        raise missing
    return Subjected(source_of(engine(), version.ref()), number, table.distribution.dataset)


def source_of(engine: Engine, ref: TableRef) -> Source:
    """The table of a file under the labels that its columns have in the file."""
    headings = [Heading(column.name, column.label or column.name, column.type) for column in ref.shown]
    fields = tuple(
        SourceField(label, kind_of_column(column.type), column.name, _info(column.title, column.description))
        for column, label in zip(ref.shown, shown_names(headings, labels=True), strict=True)
    )
    rows, is_dense, is_ordered = _COUNTS.of(engine, ref)
    named = TableRef(key=ref.key, parquet=ref.parquet, columns=ref.columns, parts=ref.parts, called=called(fields))
    return Source(ref=named, fields=fields, rows=rows, is_dense=is_dense, is_ordered=is_ordered)


def _info(title: str, description: str) -> dict[str, str]:
    return {name: text for name, text in (("label", title), ("notes", description)) if text}


class _Counts:
    """How many rows the versions asked last have, and whether they are numbered without gaps, and stand in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[int, bool, bool]] = OrderedDict()

    def of(self, engine: Engine, ref: TableRef) -> tuple[int, bool, bool]:
        with self._lock:
            known = self._known.get(ref.key)
        if known is None:
            ends = f"count(*), min({ROW_NUMBER}), max({ROW_NUMBER}), bool_and({ROW_NUMBER} = file_row_number + 1)"
            asked = f"SELECT {ends} FROM {numbered_sql(ref.parquet)}"  # noqa: S608 - a file of ours
            rows, first, last, is_ordered = engine.fetch(ref, asked, seconds=5)[0]
            is_dense = first == 1 and last == rows
            known = int(str(rows)), is_dense, is_dense and bool(is_ordered)
            with self._lock:
                self._known[ref.key] = known
                while len(self._known) > 1_000:
                    self._known.popitem(last=False)
        return known


_COUNTS = _Counts()
