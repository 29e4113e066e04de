"""What can happen to a consultation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationEvent(models.TextChoices):
    """Codes of the journal; the subject is the consultation, the proposal or the report."""

    CREATED = "consultation.created", _("consultazione preparata")
    CHANGED = "consultation.changed", _("consultazione modificata")
    SCHEDULED = "consultation.scheduled", _("consultazione in programma")
    ANSWER_WRITTEN = "consultation.answer_written", _("risposta scritta")
    ANSWERS_PUBLISHED = "consultation.answers_published", _("risposte pubblicate")
    THEME_ANSWERED = "consultation.theme_answered", _("risposta a un tema pubblicata")
    REPORTED = "consultation.reported", _("rapporto fissato")
    MILESTONE = "consultation.milestone", _("numeri dopo i datalab fissati")
    IMPORTED = "consultation.imported", _("importazione")
