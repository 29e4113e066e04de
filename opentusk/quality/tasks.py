"""What the journal and the clock ask of the quality room."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation

from opentusk.catalog.models import Dataset
from opentusk.journal.models import Entry
from opentusk.quality import actions
from opentusk.quality.letters import letter_of
from opentusk.quality.models import PrivacyCase

# A batch a minute keeps 10,000 addresses fresh within a week and never holds the worker for long.
_LINKS_AT_ONCE = 20


def follow(entries: Sequence[Entry]) -> None:
    """Score the datasets that entries are about."""
    actions.score_datasets({entry.subject_id for entry in entries})


def check_links() -> None:
    """Ask a few addresses."""
    actions.check_links(limit=_LINKS_AT_ONCE)


def check_dataset(dataset: int) -> None:
    """Ask every address of one dataset, because somebody wants to know now."""
    if found := Dataset.objects.filter(pk=dataset).first():
        actions.check_dataset_links(found)


def tell_of_case(letter: str, case: int) -> None:
    """Write to those whom a case concerns; one that was decided meanwhile asks nobody."""
    found = PrivacyCase.objects.with_everything().select_related("version__made_by").filter(pk=case).first()
    if found is None or (letter == "opened" and not found.is_open):
        return
    with translation.override(settings.LANGUAGE_CODE):
        written = letter_of(letter, found)
    for reader in written.to:
        send_mail(written.subject, written.text, settings.DEFAULT_FROM_EMAIL, [reader])
