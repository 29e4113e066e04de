"""What can happen to the feeds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedsEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    DATASET_QUARANTINED = "feeds.dataset_quarantined", _("dataset escluso dai feed")
    DATASET_RELEASED = "feeds.dataset_released", _("dataset di nuovo nei feed")
    BUILD_PUBLISHED = "feeds.build_published", _("feed ricostruiti")
    BUILD_REFUSED = "feeds.build_refused", _("feed non sostituiti: restano gli ultimi buoni")
