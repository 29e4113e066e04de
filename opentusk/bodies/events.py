"""What can happen to a body."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodiesEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    AGENT_ADDED = "bodies.agent_added", _("ente aggiunto")
    AGENT_CHANGED = "bodies.agent_changed", _("ente modificato")
    MEMBER_ADDED = "bodies.member_added", _("persona aggiunta all'ente")
    MEMBER_REMOVED = "bodies.member_removed", _("persona tolta dall'ente")
