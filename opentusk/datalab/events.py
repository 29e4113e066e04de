"""What can happen to the tables of a datalab."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatalabEvent(models.TextChoices):
    """Codes of the journal; the subject is the datalab or one of its tables."""

    TABLES_MADE = "datalab.tables_made", _("tavoli preparati")
    TABLE_OPENED = "datalab.table_opened", _("tavolo aperto")
    TABLE_CLOSED = "datalab.table_closed", _("tavolo chiuso")
