"""Rows of a copy: one for each thing of the CKAN that is left."""

from collections.abc import Mapping
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ThingQuerySet(models.QuerySet["Thing"]):
    """Reads of the things."""

    def of_site(self, site: str) -> Self:
        """Those of one CKAN."""
        return self.filter(site=site)

    def unfinished(self) -> Self:
        """Those that a next run takes up."""
        return self.filter(state__in=(Thing.State.WAITING, Thing.State.FAILED))

    def in_order(self) -> Self:
        """As they were met."""
        return self.order_by("pk")

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many there are, by kind and state."""
        found: dict[str, dict[str, int]] = {}
        for kind, state, number in self.values_list("kind", "state").annotate(number=models.Count("pk")).order_by():
            found.setdefault(kind, {})[state] = number
        return found


class Thing(models.Model):
    """One thing of a CKAN and how far its copy is. `detail` says what keeps it, in a sentence."""

    class Kind(models.TextChoices):
        """What it is there; in the order in which they are copied."""

        ORGANIZATION = "organization", _("organizzazione")
        USER = "user", _("utente")
        MEMBER = "member", _("incarico")
        DATASET = "dataset", _("dataset")
        FILE = "file", _("file")
        DICTIONARY = "dictionary", _("dizionario dei dati")
        FOLLOWER = "follower", _("chi segue")
        PUBLICATION = "publication", _("pubblicazione")

    class State(models.TextChoices):
        """How far it is."""

        DONE = "done", _("copiato")
        WAITING = "waiting", _("in attesa")
        FAILED = "failed", _("non copiato")
        LEFT_OUT = "left_out", _("tralasciato")

    site = models.CharField(_("CKAN di partenza"), max_length=300)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices)
    number = models.CharField(_("numero alla partenza"), max_length=200)
    name = models.CharField(_("nome"), max_length=300, blank=True)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices)
    detail = models.TextField(_("che cosa lo trattiene"), blank=True)
    tried_at = models.DateTimeField(_("ultima prova"), default=timezone.now)

    objects = ThingQuerySet.as_manager()

    class Meta:
        verbose_name = _("cosa copiata da un CKAN")
        verbose_name_plural = _("cose copiate da un CKAN")
        constraints = [models.UniqueConstraint(fields=["site", "kind", "number"], name="one_row_per_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name or self.number}: {self.state}"
