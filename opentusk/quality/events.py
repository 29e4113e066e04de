"""What can happen to the quality of a dataset."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QualityEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    BAND_CHANGED = "quality.band_changed", _("fascia di qualità cambiata")
