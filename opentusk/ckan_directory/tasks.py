"""What the directory follows."""

from collections.abc import Sequence

from opentusk.ckan_directory.actions.tagging import tag_datasets
from opentusk.journal.models import Entry


def follow(entries: Sequence[Entry]) -> None:
    """Bring the keywords in use up to date with the datasets that entries are about."""
    tag_datasets(entry.subject_id for entry in entries)
