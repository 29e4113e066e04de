"""Who follows what: subscribers, subscriptions, and the questions that some of them ask."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset

# One bit for each family of events, in the order of `notices.models.Family`; a new family takes the next bit.
FAMILY_BITS = {
    "catalogue": 1, "data": 2, "time": 4, "health": 8, "demand": 16, "programme": 32, "reuse": 64, "work": 128,
}  # fmt: skip
ALL_FAMILIES = sum(FAMILY_BITS.values())


class ScopeKind(models.TextChoices):
    """What can be followed."""

    PORTAL = "portal", _("tutto il portale")
    DATASET = "dataset", _("un dataset")
    HOLDER = "holder", _("un ente")
    THEME = "theme", _("un tema")
    PLACE = "place", _("un luogo")
    SEARCH = "search", _("una ricerca")
    TABLE = "table", _("una ricerca fra le righe")
    BODY = "body", _("il lavoro per un ente")
    DESK = "desk", _("la redazione regionale")
    SUBJECT = "subject", _("altro")
    WEEK = "week", _("la settimana di un ente")


# Scopes that one has by one's role, never by following: their events need not be public.
WORK_KINDS = frozenset({ScopeKind.BODY, ScopeKind.DESK, ScopeKind.WEEK})
PUBLIC_KINDS = tuple((kind.value, kind.label) for kind in ScopeKind if kind not in WORK_KINDS)


class Rhythm(models.TextChoices):
    """When one hears."""

    AT_ONCE = "at_once", _("subito")
    DAILY = "daily", _("ogni giorno lavorativo alle 8")
    WEEKLY = "weekly", _("il lunedì alle 8")


def _new_key() -> str:
    return get_random_string(32)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Reads of the subscribers."""

    def to_be_asked(self, limit: datetime) -> Self:
        """Those who have followed something since before an instant, and were not asked since whether they still do."""
        follows = Subscription.objects.chosen().listening().filter(confirmed_at__lte=limit)
        asked = models.Q(asked_at__isnull=True) | models.Q(asked_at__lte=limit)
        return self.filter(asked, bounced_at__isnull=True, pk__in=follows.values("subscriber"))


class Subscriber(models.Model):
    """Somebody who hears: an account, or only an e-mail address.

    `key` is part of every address that is sent to the person: a new one makes all the old ones useless.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="subscriber",
        verbose_name=_("account"),
    )
    email = models.EmailField(_("e-mail"), unique=True)
    key = models.CharField(_("chiave"), max_length=32, default=_new_key)
    language = models.CharField(_("lingua"), max_length=5, default="it")
    created_at = models.DateTimeField(_("iscritto"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confermato"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("indirizzo che rifiuta la posta dal"), null=True, blank=True)
    asked_at = models.DateTimeField(_("chiesto l'ultima volta se segue ancora"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("iscritto agli avvisi")
        verbose_name_plural = _("iscritti agli avvisi")

    def __str__(self) -> str:
        return f"{self.pk}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Reads of the subscriptions."""

    def listening(self) -> Self:
        """Those that are told: confirmed and not paused."""
        return self.filter(confirmed_at__isnull=False, paused_at__isnull=True)

    def chosen(self) -> Self:
        """Those that somebody made and are still about something; the others come with a role."""
        return self.exclude(scope_kind__in=WORK_KINDS).filter(carried_to="")

    def carried(self) -> Self:
        """Those of things that became part of another, which is followed in their place."""
        return self.exclude(carried_to="")

    def unconfirmed_since(self, limit: datetime) -> Self:
        """Those whose confirmation never came."""
        return self.filter(confirmed_at__isnull=True, created_at__lt=limit)

    def of_scope(self, kind: str, keys: Any) -> Self:
        """Those that follow one of these things."""
        return self.filter(scope_kind=kind, scope_key__in=keys)

    def with_something_to_hear(self, now: datetime) -> Self:
        """Those whose time has come, the longest waiting first."""
        return self.filter(due_at__lte=now).order_by("due_at", "pk")

    def newest_first(self) -> Self:
        """The last made first."""
        return self.order_by("-created_at", "-pk")


class Subscription(models.Model):
    """Who wants to hear of what. `families` holds bits; `pending_*` is what waits for its time.

    `scope_key` is an identifier, an IPA code, a theme's code, a place's name, a query string, or a table's UUID with
    the query of its rows. `carried_to` is what the thing became part of; `is_carried` follows only because of that.
    """

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions", verbose_name=_("iscritto")
    )
    scope_kind = models.CharField(_("che cosa si segue"), max_length=10, choices=ScopeKind.choices)
    scope_key = models.CharField(_("quale"), max_length=1_000, blank=True)
    title = models.CharField(_("titolo"), max_length=500, blank=True)
    families = models.PositiveIntegerField(_("generi di eventi"), default=ALL_FAMILIES)
    channel = models.CharField(_("canale"), max_length=12, default="mail")
    rhythm = models.CharField(_("ritmo"), max_length=8, choices=Rhythm.choices, default=Rhythm.DAILY)
    is_quiet = models.BooleanField(_("solo ciò che è importante"), default=False)
    carried_to = models.CharField(_("continua in"), max_length=80, blank=True, db_index=True)
    is_carried = models.BooleanField(_("viene da ciò che è stato unito"), default=False)
    created_at = models.DateTimeField(_("creata"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confermata"), null=True, blank=True)
    paused_at = models.DateTimeField(_("in pausa dal"), null=True, blank=True)
    pending_from = models.BigIntegerField(_("dal numero"), null=True, blank=True)
    pending_to = models.BigIntegerField(_("al numero"), null=True, blank=True)
    due_at = models.DateTimeField(_("da dire il"), null=True, blank=True, db_index=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("iscrizione")
        verbose_name_plural = _("iscrizioni")
        indexes = [models.Index(fields=["scope_kind", "scope_key"], name="subscription_of_scope")]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "scope_kind", "scope_key", "channel"], name="one_subscription_per_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope_kind}:{self.scope_key}"

    @property
    def is_work(self) -> bool:
        """Whether it comes with a role: it can be paused, and ends with the role."""
        return self.scope_kind in WORK_KINDS


class SavedQuery(models.Model):
    """A search, or a question to the rows of a table, that somebody follows: asked again when something changes."""

    kind = models.CharField(_("tipo"), max_length=10, choices=ScopeKind.choices)
    key = models.CharField(_("domanda"), max_length=1_000)
    value = models.BigIntegerField(_("righe trovate l'ultima volta"), null=True, blank=True)

    class Meta:
        verbose_name = _("domanda seguita")
        verbose_name_plural = _("domande seguite")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_row_per_saved_query")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Match(models.Model):
    """An event by which a dataset began to match a saved query, or rows of a table did."""

    query = models.ForeignKey(SavedQuery, on_delete=models.CASCADE, related_name="matches", verbose_name=_("domanda"))
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+", verbose_name=_("dataset"))
    seq = models.BigIntegerField(_("numero dell'evento"))
    value = models.BigIntegerField(_("righe trovate"), null=True, blank=True)

    class Meta:
        verbose_name = _("corrispondenza")
        verbose_name_plural = _("corrispondenze")
        constraints = [models.UniqueConstraint(fields=["query", "dataset", "seq"], name="one_match_per_event")]
        indexes = [models.Index(fields=["query", "seq"], name="match_of_query")]

    def __str__(self) -> str:
        return f"{self.query_id} {self.seq}"
