"""What can happen to a work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReuseEvent(models.TextChoices):
    """Codes of the journal; the subject is the work."""

    DRAFTED = "reuse.drafted", _("riuso preparato")
    CHANGED = "reuse.changed", _("riuso modificato")
    PROPOSED = "reuse.proposed", _("riuso proposto")
    PUBLISHED = "reuse.published", _("riuso pubblicato")
    REFUSED = "reuse.refused", _("riuso non accolto")
    ARCHIVED = "reuse.archived", _("riuso archiviato")
    LINK_BROKEN = "reuse.link_broken", _("l'indirizzo del riuso non risponde")
    LINK_RESTORED = "reuse.link_restored", _("l'indirizzo del riuso risponde di nuovo")
    SAID_ALIVE = "reuse.said_alive", _("il riuso c'è ancora")
