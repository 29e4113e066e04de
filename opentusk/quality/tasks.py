"""What the journal and the clock ask of the quality room."""

from collections.abc import Sequence

from opentusk.journal.models import Entry
from opentusk.quality import actions

# A batch a minute keeps 10,000 addresses fresh within a week and never holds the worker for long.
_LINKS_AT_ONCE = 20


def follow(entries: Sequence[Entry]) -> None:
    """Score the datasets that entries are about."""
    actions.score_datasets({entry.subject_id for entry in entries})


def check_links() -> None:
    """Ask a few addresses."""
    actions.check_links(limit=_LINKS_AT_ONCE)
