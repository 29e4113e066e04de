"""What can happen to a table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TablesEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page; their subject is the dataset."""

    FILE_EXAMINED = "tables.file_examined", _("file esaminato")
    DATA_CHANGED = "tables.data_changed", _("dati aggiornati")
    READING_CHANGED = "tables.reading_changed", _("scelte sulla lettura del file cambiate")
    COLUMNS_DESCRIBED = "tables.columns_described", _("dizionario dei dati modificato")
