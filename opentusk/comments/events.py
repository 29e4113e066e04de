"""What can happen to a comment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentsEvent(models.TextChoices):
    """Codes of the journal; the subject is the comment, `facts.under` the thing it is about."""

    POSTED = "comments.posted", _("commento scritto")
    HELD = "comments.held", _("commento trattenuto per un controllo")
    EDITED = "comments.edited", _("commento modificato")
    DELETED = "comments.deleted", _("commento cancellato da chi l'ha scritto")
    HIDDEN = "comments.hidden", _("commento nascosto")
    RESTORED = "comments.restored", _("commento reso visibile")
    FLAGGED = "comments.flagged", _("commento segnalato")
    FLAG_DISMISSED = "comments.flag_dismissed", _("segnalazione respinta")
