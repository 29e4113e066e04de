"""Rows of the people room."""

from datetime import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet["User"]):
    """Reads of the accounts."""

    def active(self) -> Self:
        """Accounts that may sign in."""
        return self.filter(is_active=True)


class UserManager(BaseUserManager["User"]):
    """How Django's own tools make accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password it signs in by one-time link only."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """E-mail addresses are compared without case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person with an account. The name is never shown in public."""

    class DeskRole(models.TextChoices):
        """What a person may do for the whole portal."""

        NONE = "", _("nessuno")
        EDITOR = "editor", _("redazione regionale")
        ADMIN = "admin", _("amministrazione del portale")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("nome"), max_length=200, blank=True)
    desk_role = models.CharField(
        _("ruolo regionale"), max_length=10, choices=DeskRole.choices, default=DeskRole.NONE, blank=True
    )
    is_active = models.BooleanField(_("attivo"), default=True)
    joined_at = models.DateTimeField(_("iscritto"), default=timezone.now)
    language = models.CharField(_("lingua"), max_length=5, default="it")
    totp_secret = models.CharField(_("segreto del secondo fattore"), max_length=64, blank=True)

    USERNAME_FIELD = "email"
    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("account")

    def __str__(self) -> str:
        return self.email

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in asks for a code too."""
        return bool(self.totp_secret)

    @property
    def is_editor(self) -> bool:
        """Whether the account works at the regional desk, administrators included."""
        return self.is_active and self.desk_role in {self.DeskRole.EDITOR, self.DeskRole.ADMIN}

    @property
    def is_admin(self) -> bool:
        """Whether the account runs the portal."""
        return self.is_active and self.desk_role == self.DeskRole.ADMIN


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    """Reads of the one-time links."""

    def usable(self, now: datetime) -> Self:
        """Links neither used nor expired, of accounts that may sign in."""
        return self.filter(used_at__isnull=True, expires_at__gt=now, user__is_active=True)


class SignInLink(models.Model):
    """A one-time link sent by e-mail. Only the hash of its token is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links", verbose_name=_("account"))
    token_hash = models.CharField(_("impronta"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("scade"))
    used_at = models.DateTimeField(_("usato"), null=True, blank=True)

    objects = SignInLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("collegamento di accesso")
        verbose_name_plural = _("collegamenti di accesso")

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at:%Y-%m-%d %H:%M}"


class SignInFailure(models.Model):
    """A failed attempt, counted by account and by address, both hashed: enough to slow guessing down."""

    key = models.CharField(_("chiave"), max_length=64, db_index=True)
    at = models.DateTimeField(_("quando"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("accesso non riuscito")
        verbose_name_plural = _("accessi non riusciti")

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"
