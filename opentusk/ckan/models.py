"""Rows of the CKAN door: what its clients say that no record has a place for, and what they asked for."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset, Distribution
from opentusk.people.models import ApiToken


class PackageQuerySet(models.QuerySet["Package"]):
    """Reads of the packages."""

    def waiting(self) -> Self:
        """Those that should be public, are not yet, and were written last with a key that publishes and still opens."""
        keys = ApiToken.objects.usable(timezone.now()).filter(scope=ApiToken.Scope.PUBLISH)
        return self.filter(wish=Package.Wish.PUBLIC, token__in=keys, dataset__status=Dataset.Status.DRAFT)


class Package(models.Model):
    """What programs said of a dataset through this door.

    `said` and `extras` are in the shapes of `kit.ckan_packages.echo`. A draft that is wanted public becomes so when
    nothing keeps it any more, with the rights of the key that wrote it last, as long as that key opens.
    """

    class Wish(models.TextChoices):
        """What a client wants of it: CKAN's `private` and `state`."""

        PUBLIC = "public", _("pubblico")
        PRIVATE = "private", _("privato")
        DRAFT = "draft", _("bozza")

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="package", verbose_name=_("dataset"))
    wish = models.CharField(_("come lo vuole chi lo scrive"), max_length=10, choices=Wish.choices, default=Wish.PUBLIC)
    token = models.ForeignKey(
        ApiToken,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chiave che l'ha scritto per ultima"),
    )
    said = models.JSONField(_("detto dai programmi"), default=dict, blank=True)
    extras = models.JSONField(_("extra"), default=list, blank=True)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("pacchetto CKAN")
        verbose_name_plural = _("pacchetti CKAN")

    def __str__(self) -> str:
        return str(self.dataset_id)


class Resource(models.Model):
    """What programs said of a distribution through this door; `said` as in a package."""

    distribution = models.OneToOneField(
        Distribution, on_delete=models.CASCADE, related_name="resource", verbose_name=_("distribuzione")
    )
    said = models.JSONField(_("detto dai programmi"), default=dict, blank=True)
    created_at = models.DateTimeField(_("creata"), default=timezone.now)
    changed_at = models.DateTimeField(_("cambiata"), default=timezone.now)

    class Meta:
        verbose_name = _("risorsa CKAN")
        verbose_name_plural = _("risorse CKAN")

    def __str__(self) -> str:
        return str(self.distribution_id)


class ResourceViewQuerySet(models.QuerySet["ResourceView"]):
    """Reads of the views."""

    def in_order(self) -> Self:
        """As their resource shows them."""
        return self.order_by("position", "pk")


class ResourceView(models.Model):
    """How a client wants a resource shown: kept for it. The portal's own pages choose by the table itself."""

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    distribution = models.ForeignKey(
        Distribution, on_delete=models.CASCADE, related_name="resource_views", verbose_name=_("distribuzione")
    )
    position = models.PositiveIntegerField(_("posizione"), default=0)
    title = models.CharField(_("titolo"), max_length=500)
    description = models.TextField(_("descrizione"), blank=True)
    view_type = models.CharField(_("tipo"), max_length=100)
    config = models.JSONField(_("impostazioni"), default=dict, blank=True)

    objects = ResourceViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("vista CKAN")
        verbose_name_plural = _("viste CKAN")
        indexes = [models.Index(fields=["distribution", "position"], name="resource_view_order")]

    def __str__(self) -> str:
        return str(self.uuid)


class StandingDeclaration(models.Model):
    """The declaration that the owner of a key signs once for all that programs write with it, until it is revoked."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="declarations", verbose_name=_("chiave"))
    edition = models.CharField(_("edizione delle domande"), max_length=20)
    answers = models.JSONField(_("risposte"), default=dict)
    signed_at = models.DateTimeField(_("firmata il"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revocata il"), null=True, blank=True)

    class Meta:
        verbose_name = _("dichiarazione per una chiave")
        verbose_name_plural = _("dichiarazioni per chiavi")
        constraints = [
            models.UniqueConstraint(
                fields=["token"], condition=models.Q(revoked_at__isnull=True), name="one_standing_declaration"
            )
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.signed_at:%Y-%m-%d}"
