"""Who supports what."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """Reads of the endorsements."""

    def on(self, subject: str) -> Self:
        """Those of one thing."""
        return self.filter(subject=subject)


class Endorsement(models.Model):
    """One person supports one thing, once: a unique key, so that two requests at the same time are one.

    `subject` is the thing's name in the journal, `moved_from` the thing it was given to before a merger.
    """

    person_key = models.CharField(_("chiave della persona"), max_length=20)
    subject = models.CharField(_("oggetto"), max_length=80, db_index=True)
    world = models.CharField(_("mondo"), max_length=20, blank=True)
    moved_from = models.CharField(_("dato prima a"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("dato"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        verbose_name = _("sostegno")
        verbose_name_plural = _("sostegni")
        constraints = [
            models.UniqueConstraint(fields=["person_key", "subject"], name="one_endorsement_per_person_and_thing")
        ]

    def __str__(self) -> str:
        return f"{self.person_key} → {self.subject}"
