"""What can happen in the community."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommunityEvent(models.TextChoices):
    """Codes of the journal; nothing of the reserved community is public."""

    THREAD_STARTED = "community.thread_started", _("discussione aperta")
    THREAD_CHANGED = "community.thread_changed", _("discussione fissata, chiusa o riaperta")
    THREAD_MOVED = "community.thread_moved", _("discussione nascosta, mostrata o cancellata")
    ANSWER_MARKED = "community.answer_marked", _("risposta utile")
    DOCUMENT_ADDED = "community.document_added", _("documento aggiunto")
    VERSION_ADDED = "community.version_added", _("nuova versione di un documento")
    REVIEW_SET = "community.review_set", _("data di revisione cambiata")
    REVIEW_ASKED = "community.review_asked", _("revisione chiesta")
    NEWSLETTER_WRITTEN = "community.newsletter_written", _("newsletter scritta")
    NEWSLETTER_TRIED = "community.newsletter_tried", _("newsletter mandata in prova")
    NEWSLETTER_BEGUN = "community.newsletter_begun", _("invio della newsletter cominciato")
    NEWSLETTER_SENT = "community.newsletter_sent", _("newsletter inviata")
