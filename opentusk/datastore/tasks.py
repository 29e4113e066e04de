"""What the journal and the clock ask of the datastore."""

from collections.abc import Sequence

from opentusk.catalog.events import CatalogEvent
from opentusk.datastore import actions
from opentusk.datastore.models import Store
from opentusk.journal.models import Entry
from opentusk.quality.events import QualityEvent
from opentusk.quality.models import PrivacyCase


def follow(entries: Sequence[Entry]) -> None:
    """Let the public read the states whose files were released, or that a person decided about."""
    for entry in entries:
        if entry.event == CatalogEvent.FILE_RELEASED:
            actions.follow_release(entry.facts["version"])
        elif case := PrivacyCase.objects.filter(pk=entry.facts.get("case", 0)).first():
            follow = actions.follow_suspicion if entry.event == QualityEvent.CASE_OPENED else actions.follow_decision
            follow(case)


def give(store: int) -> None:
    """Make a version of the file from a store; nothing when it was closed meanwhile."""
    if found := Store.objects.filter(pk=store).first():
        actions.give_version(found)


def give_due() -> None:
    """Ask for the files of the stores that rest."""
    actions.give_due()


def prepare(store: int) -> None:
    """Make what a large store will be asked for, once it rests."""
    actions.prepare(store)


def tidy() -> None:
    """Delete the files that no state names."""
    actions.tidy()
