"""What the journal and the clock ask of the tables room."""

from collections.abc import Sequence

from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.files.models import FileVersion
from opentusk.journal.actions import enqueue
from opentusk.journal.models import Entry
from opentusk.quality.events import QualityEvent
from opentusk.quality.models import PrivacyCase
from opentusk.tables import actions

_DECIDED = (QualityEvent.CASE_DECIDED, QualityEvent.DECISION_REPEATED)


def follow(entries: Sequence[Entry]) -> None:
    """Have new files read, and let the pointers follow what became public, or no longer is."""
    for entry in entries:
        if entry.event == CatalogEvent.FILE_ADDED:
            ask_for_reading(entry.facts["version"])
        elif entry.event in _DECIDED and entry.facts.get("decision") == PrivacyCase.Decision.EXCLUDE:
            case = entry.facts["case"]
            enqueue("opentusk.tables.tasks.give_without_columns", key=f"tables.copy:{case}", case=case)
    moved = {entry.subject_id for entry in entries if entry.event not in {CatalogEvent.FILE_ADDED, *_DECIDED}}
    for dataset in Dataset.objects.filter(pk__in=moved).with_holder():
        actions.settle(dataset)


def give_without_columns(case: int) -> None:
    """Make the copy of a file that a decision on personal data asks for."""
    actions.give_without_columns(PrivacyCase.objects.with_everything().get(pk=case))


def ask_for_reading(version: int) -> None:
    """Have the worker read a version of a file."""
    enqueue("opentusk.tables.tasks.examine", key=f"tables.examine:{version}", version=version)


def examine(version: int) -> None:
    """Read one version of a file; nothing when it was thrown away meanwhile."""
    if found := FileVersion.objects.with_file().filter(pk=version).first():
        actions.examine(found)


def tidy() -> None:
    """Drop old Parquet files and remains of readings that died."""
    actions.tidy()
