"""What can happen in the room of federation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FederationEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    NATIONAL_ASKED = "federation.national_asked", _("lettura del catalogo nazionale chiesta")
    NATIONAL_READ = "federation.national_read", _("catalogo nazionale letto")
    NATIONAL_FAILED = "federation.national_failed", _("catalogo nazionale non letto")
