"""Rows of the people room."""

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

    USERNAME_FIELD = "email"
    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("account")

    def __str__(self) -> str:
        return self.email

    @property
    def is_editor(self) -> bool:
        """Whether the account works at the regional desk, administrators included."""
        return self.is_active and self.desk_role in {self.DeskRole.EDITOR, self.DeskRole.ADMIN}

    @property
    def is_admin(self) -> bool:
        """Whether the account runs the portal."""
        return self.is_active and self.desk_role == self.DeskRole.ADMIN
