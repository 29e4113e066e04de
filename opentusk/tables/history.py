"""What changed from one version of a table to the next, in words and numbers."""

from dataclasses import dataclass

from opentusk.files.addresses import version_path
from opentusk.kit.tables.changes import TableDiff, read_diff
from opentusk.tables.models import Table, TableVersion


@dataclass(frozen=True)
class Past:
    """A version, the address of its file, and what differs from the version before; None when nobody counted."""

    version: TableVersion
    file_address: str
    diff: TableDiff | None
    is_first: bool

    @property
    def cells_by_column(self) -> list[tuple[str, int]]:
        """In how many of the changed rows each column differs, the most first."""
        found = self.diff.per_column.items() if self.diff else ()
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def versions_of(table: Table) -> list[Past]:
    """The public versions, the newest first."""
    found = table.versions.public().newest_first().select_related("file_version__series", "file_version__stored")
    versions = list(found)
    return [
        Past(version, version_path(version.file_version), read_diff(version.changes), is_first=version is versions[-1])
        for version in versions
    ]
