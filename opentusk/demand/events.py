"""What can happen to a wish."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemandEvent(models.TextChoices):
    """Codes of the journal; the subject is the wanted dataset."""

    PROPOSED = "demand.proposed", _("voce proposta")
    CORRECTED = "demand.corrected", _("voce corretta")
    REASON_ADDED = "demand.reason_added", _("un altro perché")
    ACCEPTED = "demand.accepted", _("voce nel paniere")
    MERGED = "demand.merged", _("voce unita a un'altra")
    UNMERGED = "demand.unmerged", _("voce separata")
    REFUSED = "demand.refused", _("voce non accolta")
    ASSIGNED = "demand.assigned", _("voce assegnata a un ente")
    STARTED = "demand.started", _("voce in lavorazione")
    DECLINED = "demand.declined", _("voce rimandata")
    PUBLISHED = "demand.published", _("voce pubblicata")
    VERIFIED = "demand.verified", _("voce verificata")
    REOPENED = "demand.reopened", _("voce riaperta")
    RECONSIDERED = "demand.reconsidered", _("voce riconsiderata")
    HIDDEN = "demand.hidden", _("voce nascosta")
    SHOWN = "demand.shown", _("voce resa visibile")
    ENDORSED = "demand.endorsed", _("sostegno dato")
    ENDORSEMENT_WITHDRAWN = "demand.endorsement_withdrawn", _("sostegno ritirato")
    OVERDUE = "demand.overdue", _("voce oltre il termine")
    SUGGESTED = "demand.suggested", _("un dataset potrebbe rispondere")
