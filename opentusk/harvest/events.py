"""What can happen to a source."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HarvestEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    SOURCE_ADDED = "harvest.source_added", _("sorgente aggiunta")
    SOURCE_CHANGED = "harvest.source_changed", _("sorgente modificata")
    SOURCE_PAUSED = "harvest.source_paused", _("sorgente messa in pausa")
    SOURCE_RESUMED = "harvest.source_resumed", _("sorgente riattivata")
    RUN_FINISHED = "harvest.run_finished", _("raccolta terminata con novità")
    RUN_FAILED = "harvest.run_failed", _("raccolta non riuscita")
    RUN_TO_CONFIRM = "harvest.run_to_confirm", _("raccolta da confermare")
    WITHDRAWALS_CONFIRMED = "harvest.withdrawals_confirmed", _("ritiri confermati")
    # What the referente of a source is told of; one failed run alone is usually over by the next.
    SOURCE_IN_TROUBLE = "harvest.source_in_trouble", _("sorgente in difficoltà da due raccolte")
    SOURCE_RECOVERED = "harvest.source_recovered", _("sorgente di nuovo in ordine")
