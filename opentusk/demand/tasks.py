"""What the journal and the clock ask of the demand room."""

from collections.abc import Sequence

from django.utils import timezone

from opentusk.demand import actions
from opentusk.demand.archiving import archive_basket
from opentusk.journal.models import Entry

_PUBLIC_AGAIN = frozenset({"catalog.dataset_published", "catalog.dataset_restored"})


def follow(entries: Sequence[Entry]) -> None:
    """Datasets that came are proposed for the wishes that wait; those that went reopen what they answered."""
    came = {entry.subject_id for entry in entries if entry.event in _PUBLIC_AGAIN}
    went = {entry.subject_id for entry in entries if entry.event not in _PUBLIC_AGAIN}
    actions.suggest_for(came)
    actions.reopen_without_data(went)


def remind() -> None:
    """Tell the bodies whose day comes near, and everybody whose day has passed."""
    actions.remind_late(timezone.localdate())


def archive() -> None:
    """The basket of each month becomes a file of the portal's own dataset."""
    archive_basket(today=timezone.localdate())
