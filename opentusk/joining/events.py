"""What can happen to a request to join."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JoiningEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    REQUESTED = "joining.requested", _("adesione richiesta")
    MOVED = "joining.moved", _("passaggio di stato")
    NOTED = "joining.noted", _("annotazione")
    DOCUMENT_KEPT = "joining.document_kept", _("documento caricato")
    REMINDED = "joining.reminded", _("sollecito spedito")
    AGREEMENT_CHANGED = "joining.agreement_changed", _("testi dell'adesione modificati")
