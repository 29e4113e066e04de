"""What can happen in the publishing room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishingEvent(models.TextChoices):
    """Codes of the journal. What happens to a dataset itself is told by the catalogue's own events."""

    GUIDE_BEGUN = "publishing.guide_begun", _("pubblicazione guidata cominciata")
    FILE_FETCHED = "publishing.file_fetched", _("file copiato dal suo indirizzo")
    FETCH_FAILED = "publishing.fetch_failed", _("file non copiato dal suo indirizzo")
