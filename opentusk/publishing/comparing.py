"""What changes from the data that everybody sees to the new ones, in a few lines."""

from dataclasses import dataclass

from opentusk.kit.tables.changes import TableDiff, read_diff
from opentusk.publishing.given import GivenFile, GivenTable


@dataclass(frozen=True)
class TableChange:
    """One table: rows before and after, and what the comparison found, None when nothing was compared."""

    title: str
    before: int
    after: int
    diff: TableDiff | None
    is_same: bool


@dataclass(frozen=True)
class Comparison:
    """Every table of a file."""

    tables: tuple[TableChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether no value changes: the same data in another file."""
        return bool(self.tables) and all(change.is_same for change in self.tables)


def comparison_of(file: GivenFile) -> Comparison:
    """The newest version of each table against the public one."""
    return Comparison(tuple(_change(file, given) for given in file.tables))


def _change(file: GivenFile, given: GivenTable) -> TableChange:
    table, newest = given.table, given.version
    public = table.latest
    return TableChange(
        title=table.title or table.key,
        before=public.rows if public else 0,
        after=newest.rows,
        diff=read_diff(newest.changes),
        # The reading makes no new version of a table whose values are all the same.
        is_same=newest.file_version_id != file.version.pk,
    )
