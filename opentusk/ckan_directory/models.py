"""Rows of the directory: what CKAN knows of bodies and accounts and the portal does not, and the keywords in use."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset


class Organization(models.Model):
    """The extras that a client gave to a body: kept as they came, in their order."""

    agent = models.OneToOneField(
        Agent, on_delete=models.CASCADE, related_name="ckan_organization", verbose_name=_("ente")
    )
    extras = models.JSONField(_("campi aggiunti dai programmi"), default=list, blank=True)

    class Meta:
        verbose_name = _("campi CKAN di un ente")
        verbose_name_plural = _("campi CKAN degli enti")

    def __str__(self) -> str:
        return str(self.agent_id)


class Account(models.Model):
    """The name and number that a client chose for an account, and what a person says of themselves.

    An account without a row is called by its own number (see `people.py`).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ckan_account", verbose_name=_("account")
    )
    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True)
    name = models.CharField(_("nome per i programmi"), max_length=100, unique=True)
    about = models.TextField(_("presentazione"), blank=True)
    image_url = models.CharField(_("indirizzo dell'immagine"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("nome CKAN di un account")
        verbose_name_plural = _("nomi CKAN degli account")

    def __str__(self) -> str:
        return self.name


class TagQuerySet(models.QuerySet["Tag"]):
    """Reads of the keywords in use."""

    def by_name(self) -> Self:
        """In alphabetical order, whatever their case."""
        return self.order_by(Lower("name"), "name")

    def holding(self, text: str) -> Self:
        """Those in whose name the text stands."""
        return self.filter(name__icontains=text)


class Tag(models.Model):
    """A keyword that some public dataset has. Made of the catalogue by a reaction: it can be thrown away."""

    uuid = models.UUIDField(_("UUID"), unique=True)
    name = models.CharField(_("parola chiave"), max_length=500, unique=True)
    datasets = models.ManyToManyField(Dataset, related_name="ckan_tags", verbose_name=_("dataset pubblici"))

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("parola chiave in uso")
        verbose_name_plural = _("parole chiave in uso")

    def __str__(self) -> str:
        return self.name
