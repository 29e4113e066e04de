"""What follows from the journal: a draft that a program wants public becomes so when nothing keeps it any more."""

from collections.abc import Sequence

from opentusk.ckan.actions import publish_waiting
from opentusk.journal.models import Entry


def follow(entries: Sequence[Entry]) -> None:
    """Try again the datasets of which somebody lifted a hold or changed the description."""
    publish_waiting({entry.subject_id for entry in entries})
