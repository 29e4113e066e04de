"""What can happen in the bulk room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BulkEvent(models.TextChoices):
    """Codes of the journal. What happens to a dataset itself is told by the catalogue's own events."""

    BATCH_CHECKED = "bulk.batch_checked", _("caricamento in blocco controllato")
    BATCH_STARTED = "bulk.batch_started", _("caricamento in blocco avviato")
    BATCH_FINISHED = "bulk.batch_finished", _("caricamento in blocco finito")
    BATCH_SIGNED = "bulk.batch_signed", _("dichiarazione firmata per un caricamento in blocco")
    BATCH_PUBLISHED = "bulk.batch_published", _("dataset di un caricamento in blocco pubblicati")
