"""What can happen to a dataset."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogEvent(models.TextChoices):
    """Codes of the journal, with the words of the history page."""

    DATASET_CREATED = "catalog.dataset_created", _("dataset creato")
    DATASET_CHANGED = "catalog.dataset_changed", _("metadati modificati")
    DATASET_PUBLISHED = "catalog.dataset_published", _("dataset pubblicato")
    DATASET_WITHDRAWN = "catalog.dataset_withdrawn", _("dataset ritirato")
    DATASET_RESTORED = "catalog.dataset_restored", _("dataset ripristinato")
    DATASET_DELETED = "catalog.dataset_deleted", _("bozza eliminata")
    FILE_ADDED = "catalog.file_added", _("nuova versione di un file, in verifica")
    FILE_RELEASED = "catalog.file_released", _("nuova versione di un file pubblicata")
    FILE_REFUSED = "catalog.file_refused", _("versione di un file rifiutata")
    FILE_HELD_BACK = "catalog.file_held_back", _("versione di un file tolta dal pubblico, in verifica")
    FILE_REMOVED = "catalog.file_removed", _("file tolto dal dataset")
    HOLD_OPENED = "catalog.hold_opened", _("pubblicazione fermata")
    HOLD_LIFTED = "catalog.hold_lifted", _("motivo di fermo superato")
    SCHEDULED = "catalog.publication_scheduled", _("pubblicazione programmata")
    UNSCHEDULED = "catalog.publication_unscheduled", _("pubblicazione programmata annullata")
    SCHEDULE_FAILED = "catalog.publication_failed", _("pubblicazione programmata non riuscita")
    RESERVE_SET = "catalog.reserve_set", _("pubblicato con riserva")
    RESERVE_ENDED = "catalog.reserve_ended", _("riserva superata")
