"""What the clock and the worker ask of the editorial room."""

from django.conf import settings
from django.utils import translation

from opentusk.catalog.models import Dataset, Hold
from opentusk.editorial import actions
from opentusk.editorial.letters import corrected, sent_back


def publish_due() -> None:
    """Publish the drafts whose time has come."""
    actions.publish_due()


def tell_author(hold: int, note: str) -> None:
    """Write to who asked for a review that it was sent back."""
    if found := Hold.objects.select_related("dataset").filter(pk=hold).first():
        with translation.override(settings.LANGUAGE_CODE):
            sent_back(found, note).send()


def tell_reviewers(dataset: int, reviewer: int, fields: list[str]) -> None:
    """Write to the other reviewers what was corrected by the one who approved."""
    if found := Dataset.objects.with_holder().filter(pk=dataset).first():
        with translation.override(settings.LANGUAGE_CODE):
            corrected(found, reviewer=reviewer, fields=fields).send()
