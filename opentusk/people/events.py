"""What can happen to an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeopleEvent(models.TextChoices):
    """Codes of the journal."""

    SIGNED_IN = "people.signed_in", _("accesso")
    PASSWORD_CHANGED = "people.password_changed", _("parola d'ordine cambiata")
    SECOND_FACTOR_ON = "people.second_factor_on", _("secondo fattore attivato")
    SECOND_FACTOR_OFF = "people.second_factor_off", _("secondo fattore disattivato")
    TOKEN_MADE = "people.token_made", _("chiave per programmi creata")
    TOKEN_REVOKED = "people.token_revoked", _("chiave per programmi revocata")
    ROLE_GRANTED = "people.role_granted", _("incarico dato")
    ROLE_ENDED = "people.role_ended", _("incarico finito")
    ACCOUNT_OPENED = "people.account_opened", _("account creato dall'amministrazione")
    ACCOUNT_CHANGED = "people.account_changed", _("dati dell'account modificati")
    ACCOUNT_CLOSED = "people.account_closed", _("account chiuso")
    ACCOUNT_REOPENED = "people.account_reopened", _("account riaperto")
    REGISTERED = "people.registered", _("account creato")
    PROFILE_CHANGED = "people.profile_changed", _("profilo modificato")
    CONSENT_GIVEN = "people.consent_given", _("consenso dato")
    CONSENT_WITHDRAWN = "people.consent_withdrawn", _("consenso ritirato")
    LEFT = "people.left", _("account cancellato dalla persona")
