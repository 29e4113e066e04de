"""What happens to stores."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatastoreEvent(models.TextChoices):
    """The events of this room."""

    STORE_MADE = "datastore.store_made", _("tabella aperta ai programmi")
    ROWS_WRITTEN = "datastore.rows_written", _("righe scritte")
    STORE_HELD = "datastore.store_held", _("righe in attesa di una verifica")
    STORE_RELEASED = "datastore.store_released", _("righe rese pubbliche")
    STORE_DROPPED = "datastore.store_dropped", _("tabella chiusa ai programmi")
