"""What can happen to a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilesEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    FILE_RECEIVED = "files.file_received", _("file ricevuto")
    VERSION_ADDED = "files.version_added", _("nuova versione del file, in verifica")
    VERSION_RELEASED = "files.version_released", _("versione del file pubblicata")
    VERSION_HELD_BACK = "files.version_held_back", _("versione del file tolta dal pubblico, in verifica")
    VERSION_REFUSED = "files.version_refused", _("versione del file rifiutata")
    SERIES_CLOSED = "files.series_closed", _("file ritirato")
    SERIES_REOPENED = "files.series_reopened", _("file di nuovo disponibile")
    SERIES_DELETED = "files.series_deleted", _("file mai pubblicato eliminato")
