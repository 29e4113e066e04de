"""What can happen to a feed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedingEvent(models.TextChoices):
    """Codes of the journal."""

    SERVICE_ADDED = "feeding.service_added", _("servizio web collegato")
    SERVICE_CHANGED = "feeding.service_changed", _("servizio web modificato")
    SERVICE_REMOVED = "feeding.service_removed", _("servizio web scollegato")
    ADDRESS_WATCHED = "feeding.address_watched", _("indirizzo osservato")
    ADDRESS_LEFT = "feeding.address_left", _("indirizzo non più osservato")
    FEED_PAUSED = "feeding.paused", _("alimentazione in pausa")
    FEED_RESUMED = "feeding.resumed", _("alimentazione riattivata")
    FEED_SILENT = "feeding.silent", _("alimentazione che non risponde")
    FEED_BACK = "feeding.back", _("alimentazione che risponde di nuovo")
