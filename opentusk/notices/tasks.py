"""What the journal and the clock ask of the notices room."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone, translation

from opentusk.catalog.models import Dataset
from opentusk.journal.models import Entry
from opentusk.notices import actions
from opentusk.notices.archiving import archive_months
from opentusk.notices.letters import letter_about_token
from opentusk.people.models import ApiToken


def follow(entries: Sequence[Entry]) -> None:
    """Tell what happened."""
    actions.tell(entries)


def judge_lateness() -> None:
    """Look once a day at every public dataset."""
    datasets = Dataset.objects.published().with_holder().in_feed_order()
    actions.judge_lateness(datasets.iterator(chunk_size=500), today=timezone.localdate())


def judge_links() -> None:
    """Look which addresses have been broken for days."""
    actions.judge_links(now=timezone.now())


def remind() -> None:
    """Columns that wait for a decision, keys that are about to expire."""
    now = timezone.now()
    actions.tell_of_waiting_columns(now=now)
    actions.tell_of_expiring_tokens(now=now)


def tell_of_token(token: int) -> None:
    """Write to the owner of a key; one that was revoked or renewed meanwhile needs no letter."""
    found = ApiToken.objects.usable(timezone.now()).select_related("user").filter(pk=token).first()
    if found is None or found.expires_at is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        letter = letter_about_token(found)
    letter.send()


def archive() -> None:
    """Put the months that are over into the portal's own dataset of events."""
    archive_months(today=timezone.localdate())
