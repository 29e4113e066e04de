"""What the examined tables tell: their columns with their profiles, taken together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opentusk.kit.suggesting.words import folded_words
from opentusk.kit.tables.shapes import Column, ColumnProfile, ColumnType, Examination


@dataclass(frozen=True)
class Found:
    """One column with its profile."""

    column: Column
    profile: ColumnProfile

    @property
    def label(self) -> str:
        """What people call it."""
        return self.column.title or " ".join(self.column.label.split()) or self.column.name

    @property
    def words(self) -> list[str]:
        """The words of the label, comparable."""
        return folded_words(self.column.label)

    @property
    def values(self) -> tuple[str, ...]:
        """The most frequent values: all of them when the column has few."""
        return tuple(value for value, _count in self.profile.top) or self.column.codes

    def day(self, text: str | None) -> date | None:
        """A bound of the profile as a day; None when it is none."""
        try:
            return date.fromisoformat((text or "")[:10])
        except ValueError:
            return None

    def is_of(self, *types: ColumnType) -> bool:
        """Whether the column is stored as one of these."""
        return self.column.type in types


def columns_of(tables: Sequence[Examination]) -> Iterator[Found]:
    """Every column of the tables that holds something and is not suspected of personal data."""
    for table in tables:
        profiles = {profile.name: profile for profile in table.profiles}
        suspected = {name for finding in table.personal for name in (finding.column, *finding.columns)}
        for column in table.columns:
            profile = profiles.get(column.name, ColumnProfile(name=column.name))
            if not column.is_personal and column.name not in suspected and not _is_empty(profile):
                yield Found(column, profile)


def _is_empty(profile: ColumnProfile) -> bool:
    return bool(profile.nulls) and profile.distinct == 0
