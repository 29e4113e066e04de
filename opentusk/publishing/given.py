"""The files that were given for a dataset: the newest version of each, how far its reading is, what holds it."""

from dataclasses import dataclass

from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.files.models import FileVersion
from opentusk.kit.vocabularies import FILE_TYPES
from opentusk.tables.models import FileReading, Table, TableVersion

_ENOUGH = 3  # stars


@dataclass(frozen=True)
class GivenTable:
    """A table of a file with what was found in its newest version."""

    table: Table
    version: TableVersion


@dataclass(frozen=True)
class GivenFile:
    """One file kept here, with its newest version that was not refused."""

    distribution: Distribution
    version: FileVersion
    reading: FileReading | None
    tables: tuple[GivenTable, ...]
    holds: tuple[Hold, ...]

    @property
    def is_being_read(self) -> bool:
        """Whether the reading is still going on."""
        return self.hold(Hold.Kind.EXAMINATION) is not None

    @property
    def personal(self) -> Hold | None:
        """The hold for a suspicion of personal data."""
        return self.hold(Hold.Kind.PERSONAL_DATA)

    @property
    def changed_columns(self) -> Hold | None:
        """The hold for columns that are not those of the version before."""
        return self.hold(Hold.Kind.SCHEMA_CHANGE)

    @property
    def unsigned(self) -> Hold | None:
        """The hold for a declaration that somebody has to sign for this file."""
        return self.hold(Hold.Kind.DECLARATION)

    @property
    def is_unseen(self) -> bool:
        """Whether nobody could look into all of it, so that a person answers for what is in it."""
        return self.unsigned is not None and self.unsigned.facts.get("because") == "unread"

    @property
    def is_confirmed(self) -> bool:
        """Whether the person who gave it has said that these are the new data."""
        return not self.hold(Hold.Kind.UPDATE) and not self.changed_columns

    @property
    def is_unreadable(self) -> bool:
        """Whether it was looked at and is no table."""
        return self.reading is not None and self.reading.state == FileReading.State.UNREADABLE

    @property
    def stars(self) -> int:
        """How open its format is, from 1 to 4; 0 when the list does not know it."""
        found = FILE_TYPES.by_code(self.distribution.format)
        return found.stars if found else 0

    def hold(self, kind: Hold.Kind) -> Hold | None:
        """The open hold of one kind."""
        return next((hold for hold in self.holds if hold.kind == kind), None)


def given_files(dataset: Dataset) -> list[GivenFile]:
    """The files of a dataset, in their order."""
    return [file for row in dataset.distributions.with_file() if (file := _given(row))]


def lacks_open_format(dataset: Dataset) -> bool:
    """Whether every form in which the data are offered is one that cannot be reused (rule F1)."""
    found = [FILE_TYPES.by_code(code) for code in dataset.distributions.values_list("format", flat=True)]
    return bool(found) and all(term is not None and 0 < term.stars < _ENOUGH for term in found)


def _given(row: Distribution) -> GivenFile | None:
    if row.series is None:
        return None
    versions = row.series.versions.exclude(state=FileVersion.State.REFUSED)
    version = versions.with_file().newest_first().first()
    if version is None:
        return None
    holds = Hold.objects.still_open().filter(version=version).oldest_first()
    tables = [
        GivenTable(table, newest)
        for table in Table.objects.of_file(row)
        if (newest := table.versions.newest_first().first())
    ]
    reading = FileReading.objects.filter(file_version=version).first()
    return GivenFile(row, version, reading, tuple(tables), tuple(holds))
