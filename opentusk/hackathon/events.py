"""What can happen in a hackathon."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HackathonEvent(models.TextChoices):
    """Codes of the journal; the subject is the hackathon, the team or the entry."""

    CREATED = "hackathon.created", _("hackathon preparato")
    CHANGED = "hackathon.changed", _("hackathon modificato")
    ADVANCED = "hackathon.advanced", _("hackathon: nuova fase")
    TEAM_MADE = "hackathon.team_made", _("squadra nata")
    TEAM_JOINED = "hackathon.team_joined", _("una persona in più nella squadra")
    TEAM_LEFT = "hackathon.team_left", _("una persona in meno nella squadra")
    NAME_SHOWN = "hackathon.name_shown", _("nome da mostrare")
    NAME_HIDDEN = "hackathon.name_hidden", _("nome da non mostrare")
    TEAM_WITHDRAWN = "hackathon.team_withdrawn", _("squadra ritirata")
    SUBMITTED = "hackathon.submitted", _("candidatura consegnata")
    ADMITTED = "hackathon.admitted", _("candidatura ammessa")
    EXCLUDED = "hackathon.excluded", _("candidatura non ammessa")
    PRESENTED = "hackathon.presented", _("candidatura presentata")
    JUROR_INVITED = "hackathon.juror_invited", _("giurato invitato")
    JUROR_REMINDED = "hackathon.juror_reminded", _("lettera al giurato")
    JUROR_ACCEPTED = "hackathon.juror_accepted", _("giurato in carica")
    JUROR_DECLARED = "hackathon.juror_declared", _("conflitti dichiarati")
    JUROR_REPLACED = "hackathon.juror_replaced", _("giurato sostituito")
    CONFLICT_WAIVED = "hackathon.conflict_waived", _("conflitto che non conta")
    SHEET_SUBMITTED = "hackathon.sheet_submitted", _("scheda consegnata")
    SHEET_RECUSED = "hackathon.sheet_recused", _("astensione")
    DECIDED = "hackathon.decided", _("decisione di chi presiede")
    DELIBERATED = "hackathon.deliberated", _("classifica deliberata")
    AWARDED = "hackathon.awarded", _("premio assegnato")
    PUBLISHED = "hackathon.published", _("classifica pubblicata")
