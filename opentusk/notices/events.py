"""What this room itself finds out, by the clock or from a producer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticesEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page; their subject is the dataset, or the key."""

    DATASET_LATE = "notices.dataset_late", _("dati in ritardo")
    DATASET_BACK = "notices.dataset_back_on_time", _("dati di nuovo in regola")
    DATASET_DUE_SOON = "notices.dataset_due_soon", _("dati attesi fra poco")
    LINK_BROKEN = "notices.link_broken", _("un indirizzo non risponde da giorni")
    LINK_RESTORED = "notices.link_restored", _("un indirizzo risponde di nuovo")
    COLUMNS_WAITING = "notices.columns_waiting", _("colonne cambiate: nessuno decide da giorni")
    TOKEN_EXPIRING = "notices.token_expiring", _("chiave per programmi in scadenza")
    CHANGE_ANNOUNCED = "notices.change_announced", _("modifica annunciata")
    ANNOUNCEMENT_WITHDRAWN = "notices.announcement_withdrawn", _("annuncio ritirato")
