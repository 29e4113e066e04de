"""What can happen around a dataset."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditorialEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    DECLARATION_SIGNED = "editorial.declaration_signed", _("dichiarazione firmata")
    COLUMNS_CHANGED = "editorial.columns_changed", _("colonne cambiate: dichiarazione da rinnovare")
    REVIEW_ASKED = "editorial.review_asked", _("revisione chiesta")
    REVIEW_SENT_BACK = "editorial.review_sent_back", _("rimandato dal revisore")
    SERIES_STARTED = "editorial.series_started", _("serie iniziata")
