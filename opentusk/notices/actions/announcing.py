"""Announcing a change before it comes."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.notices.errors import NotAllowed
from opentusk.notices.events import NoticesEvent
from opentusk.notices.models import Announcement


@transaction.atomic
def announce_change(dataset: Dataset, *, text: str, on: date, columns: Sequence[str], by: Actor) -> Announcement:
    """Say what will be different from a day on; followers are told, and the page shows it until then."""
    if not can_edit(by, dataset):
        raise NotAllowed("announce", dataset.identifier)
    made = Announcement.objects.create(dataset=dataset, text=text, on=on, columns=list(columns))
    facts = {"announcement": made.pk, "text": text, "on": on.isoformat(), "columns": list(columns)}
    write_entry(NoticesEvent.CHANGE_ANNOUNCED, dataset, by=by, facts=facts, is_public=dataset.is_published)
    return made


@transaction.atomic
def withdraw_announcement(announcement: Announcement, *, by: Actor) -> None:
    """Take an announcement back."""
    if not can_edit(by, announcement.dataset):
        raise NotAllowed("withdraw_announcement", announcement.dataset.identifier)
    announcement.withdrawn_at = timezone.now()
    announcement.save(update_fields=["withdrawn_at"])
    facts = {"announcement": announcement.pk}
    write_entry(NoticesEvent.ANNOUNCEMENT_WITHDRAWN, announcement.dataset, by=by, facts=facts)
