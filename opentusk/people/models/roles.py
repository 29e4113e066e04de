"""What people agreed to, and what they may do for one event, one edition or one hackathon."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.people.models.accounts import User


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads of the consents."""

    def standing(self) -> Self:
        """Given and not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def of(self, user: User) -> Self:
        """One person's, the last first."""
        return self.filter(user=user).order_by("-given_at", "-pk")


class Consent(models.Model):
    """A person said yes to a text of one version; taking it back ends the row, and the row stays as evidence."""

    class Purpose(models.TextChoices):
        """What for."""

        NEWSLETTER = "newsletter", _("ricevere la newsletter")
        PUBLIC_NAME = "public_name", _("mostrare il mio nome accanto ai miei contributi")
        PHOTO = "photo", _("comparire in foto e video degli eventi")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents", verbose_name=_("persona")
    )
    purpose = models.CharField(_("scopo"), max_length=20, choices=Purpose.choices)
    text_version = models.CharField(_("versione del testo"), max_length=20)
    given_at = models.DateTimeField(_("dato"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("ritirato"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consenso")
        verbose_name_plural = _("consensi")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_consent_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.purpose}"


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Reads of the roles."""

    def valid(self) -> Self:
        """Roles that count now."""
        return self.filter(ended_at__isnull=True, user__is_active=True)

    def in_scope(self, scope: str) -> Self:
        """For this thing, or for everything."""
        return self.filter(scope__in=("", scope))

    def of_address(self, text: str) -> Self:
        """Of people whose address contains these letters; without any, everybody's."""
        return self.filter(user__email__icontains=text) if text else self

    def by_address(self) -> Self:
        """Person by person, in the order of their addresses."""
        return self.select_related("user").order_by("user__email", "role", "pk")


class RoleGrant(models.Model):
    """A person may do something for one thing, named as the journal does (`programme.event:17`), or for all."""

    class Role(models.TextChoices):
        """What the person does."""

        MODERATOR = "moderator", _("moderazione")
        FACILITATOR = "facilitator", _("facilitazione")
        MENTOR = "mentor", _("mentore")
        JUROR = "juror", _("giuria")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles", verbose_name=_("persona")
    )
    role = models.CharField(_("ruolo"), max_length=12, choices=Role.choices)
    scope = models.CharField(_("per che cosa"), max_length=80, blank=True)
    granted_at = models.DateTimeField(_("dal"), default=timezone.now)
    ended_at = models.DateTimeField(_("al"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("incarico")
        verbose_name_plural = _("incarichi")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope"],
                condition=models.Q(ended_at__isnull=True),
                name="one_grant_of_a_role_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.scope}"
