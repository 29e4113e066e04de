"""What can happen to the quality of a dataset."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QualityEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    BAND_CHANGED = "quality.band_changed", _("fascia di qualità cambiata")
    CASE_OPENED = "quality.case_opened", _("possibili dati personali: pubblicazione fermata")
    CASE_DECIDED = "quality.case_decided", _("decisione sui dati personali")
    DECISION_REPEATED = "quality.decision_repeated", _("stessa decisione sui dati personali della versione precedente")
