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
