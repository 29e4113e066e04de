"""What the journal and the clock ask of the store."""

from collections.abc import Sequence

from opentusk.journal.actions import enqueue
from opentusk.journal.models import Entry
from opentusk.sparql.actions import catch_up


def follow(entries: Sequence[Entry]) -> None:
    """Ask for the store to be brought up to the journal: a burst of changes is one piece of work."""
    enqueue("opentusk.sparql.tasks.bring_up", key="sparql:store")


def bring_up() -> None:
    """Bring the store up to the journal; make it when there is none."""
    catch_up()
