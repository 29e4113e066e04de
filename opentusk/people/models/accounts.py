"""Accounts, the ways to sign in, and keys for programs."""

from datetime import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
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


class World(models.TextChoices):
    """The seven worlds that the programme speaks to."""

    PA = "pa", _("pubblica amministrazione")
    CITIZENS = "citizens", _("cittadinanza")
    PROFESSIONS = "professions", _("professioni")
    COMPANIES = "companies", _("aziende")
    STUDENTS = "students", _("studenti")
    TEACHERS_RESEARCHERS = "teachers_researchers", _("docenti e ricercatori")
    STARTUPS = "startups", _("spin-off e startup")


def new_person_key() -> str:
    """What stands for a person where a name must not be: it says nothing, and is replaced when the account goes."""
    return get_random_string(20)


class User(AbstractBaseUser):
    """A person with an account. The name is never shown in public.

    `public_name` is what others read under a contribution, only while the consent for it holds; `person_key` is what
    endorsements and the like keep instead of the account.
    """

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
    world = models.CharField(_("mondo"), max_length=20, choices=World.choices, blank=True)
    public_name = models.CharField(_("nome pubblico"), max_length=80, blank=True)
    person_key = models.CharField(_("chiave della persona"), max_length=20, unique=True, default=new_person_key)
    confirmed_at = models.DateTimeField(_("indirizzo confermato"), null=True, blank=True)
    totp_secret = models.CharField(_("segreto del secondo fattore"), max_length=64, blank=True)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

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


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of the tokens."""

    def usable(self, now: datetime) -> Self:
        """Tokens that open the door now."""
        in_time = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=now)
        return self.filter(in_time, revoked_at__isnull=True, user__is_active=True)

    def newest_first(self) -> Self:
        """The last made first."""
        return self.order_by("-created_at", "-pk")


class ApiToken(models.Model):
    """A key that lets a program act as its owner. Only its hash is kept; its first letters tell it from the others."""

    class Scope(models.TextChoices):
        """What the program may do of all that its owner may."""

        DRAFTS = "drafts", _("prepara bozze e file, non pubblica")
        PUBLISH = "publish", _("prepara e pubblica")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("account"))
    name = models.CharField(_("nome"), max_length=120)
    start = models.CharField(_("inizio"), max_length=12)
    token_hash = models.CharField(_("impronta"), max_length=64, unique=True)
    scope = models.CharField(_("ambito"), max_length=10, choices=Scope.choices, default=Scope.DRAFTS)
    ipa_code = models.CharField(_("solo per l'ente (codice IPA)"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("creato"), default=timezone.now)
    last_used_at = models.DateTimeField(_("ultimo uso"), null=True, blank=True)
    expires_at = models.DateTimeField(_("scade"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revocato"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("chiave per programmi")
        verbose_name_plural = _("chiavi per programmi")

    def __str__(self) -> str:
        return f"{self.start}… ({self.user_id})"

    @property
    def may_publish(self) -> bool:
        """Whether the program may make things public."""
        return self.scope == self.Scope.PUBLISH

    def may_touch(self, ipa_code: str) -> bool:
        """Whether the token is good for this body; its owner's rights count all the same."""
        return not self.ipa_code or self.ipa_code == ipa_code
