"""What can happen to a body."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodiesEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    AGENT_ADDED = "bodies.agent_added", _("ente aggiunto")
    AGENT_CHANGED = "bodies.agent_changed", _("ente modificato")
    AGENT_JOINED = "bodies.agent_joined", _("l'ente ha aderito")
    AGENT_SUSPENDED = "bodies.agent_suspended", _("ente sospeso")
    AGENT_REACTIVATED = "bodies.agent_reactivated", _("ente riattivato")
    AGENT_ENDED = "bodies.agent_ended", _("ente cessato")
    AGENT_REMOVED = "bodies.agent_removed", _("ente tolto dall'elenco")
    MEMBER_ADDED = "bodies.member_added", _("persona aggiunta all'ente")
    MEMBER_REMOVED = "bodies.member_removed", _("persona tolta dall'ente")
    MEMBER_INVITED = "bodies.member_invited", _("invito spedito")
    INVITATION_REVOKED = "bodies.invitation_revoked", _("invito ritirato")
    MEMBERSHIP_ASKED = "bodies.membership_asked", _("richiesta di lavorare per l'ente")
    MEMBERSHIP_REFUSED = "bodies.membership_refused", _("richiesta di lavorare per l'ente non accolta")
    MEMBER_CONFIRMED = "bodies.member_confirmed", _("persona riconfermata")
    CONFIRMATION_ASKED = "bodies.confirmation_asked", _("chiesta la riconferma annuale delle persone")
