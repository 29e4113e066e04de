"""What can happen to an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeopleEvent(models.TextChoices):
    """Codes of the journal."""

    SIGNED_IN = "people.signed_in", _("accesso")
    PASSWORD_CHANGED = "people.password_changed", _("parola d'ordine cambiata")
    SECOND_FACTOR_ON = "people.second_factor_on", _("secondo fattore attivato")
    SECOND_FACTOR_OFF = "people.second_factor_off", _("secondo fattore disattivato")
