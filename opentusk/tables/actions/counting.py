"""Tells quality how much of the data dictionary is written (rule F9)."""

from opentusk.catalog.models import Distribution
from opentusk.quality.actions import note_dictionary
from opentusk.tables.models import Table


def count_dictionary(distribution: Distribution) -> None:
    """Count the columns of a file's tables, as they are now, and those that have a description."""
    newest = [table.versions.newest_first().first() for table in Table.objects.of_file(distribution)]
    columns = [column for version in newest if version for column in version.columns()]
    described = sum(1 for column in columns if column.description)
    note_dictionary(distribution, described=described, total=len(columns))
