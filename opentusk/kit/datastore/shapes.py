"""A table as CKAN's clients see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from opentusk.kit.datastore.kinds import Kind
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.queries.tree import Field
from opentusk.kit.tables.shapes import ROW_NUMBER, ColumnType

ID = "_id"  # what CKAN calls the number of a row
LONGEST_ID = 63  # characters of a name, as in PostgreSQL


@dataclass(frozen=True)
class SourceField:
    """A column under its CKAN name; `name` is what the files call it, `info` the dictionary that was given."""

    id: str
    kind: Kind
    name: str
    info: Mapping[str, Any] = field(default_factory=dict)

    @property
    def column(self) -> Field:
        """The column in a condition."""
        return Field(self.name, self.kind.column)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A table: its files, its fields in order, how many rows.

    `is_dense` when the rows are numbered 1 to `rows`, `is_ordered` when they stand in the files in that order.
    """

    ref: TableRef
    fields: tuple[SourceField, ...]
    rows: int
    is_dense: bool = False
    is_ordered: bool = False

    @cached_property
    def by_id(self) -> Mapping[str, SourceField]:
        """The fields by name; the name that the data API has for a column is understood too."""
        named = {one.name: one for one in self.fields}
        return {ID: ROW, **named, **{one.id: one for one in self.fields}}

    @property
    def all_fields(self) -> tuple[SourceField, ...]:
        """The number of the row, then every field."""
        return (ROW, *self.fields)


ROW = SourceField(ID, Kind("int", ColumnType.INTEGER, "BIGINT"), ROW_NUMBER)
