"""What can happen at the CKAN door that is not an event of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CkanEvent(models.TextChoices):
    """Codes of the journal."""

    DECLARATION_SIGNED = "ckan.declaration_signed", _("dichiarazione firmata per una chiave")
    DECLARATION_REVOKED = "ckan.declaration_revoked", _("dichiarazione per una chiave revocata")
    VIEWS_CHANGED = "ckan.views_changed", _("viste di una risorsa cambiate")
