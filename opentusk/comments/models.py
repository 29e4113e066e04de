"""Rows of the comments room."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent

# How long whoever wrote may still change the words.
EDITABLE_FOR = timedelta(minutes=30)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Reads of the comments."""

    def on(self, subject: str) -> Self:
        """Those under one thing, first written first."""
        return self.filter(subject=subject).order_by("created_at", "pk")

    def visible(self) -> Self:
        """Those that everybody may read."""
        return self.filter(state=Comment.State.VISIBLE)

    def to_check(self) -> Self:
        """Those held back before anybody saw them, and those that somebody reported, oldest first."""
        reported = models.Q(flags__state=Flag.State.OPEN)
        held = models.Q(state=Comment.State.HIDDEN, is_held=True)
        return self.filter(reported | held).distinct().order_by("created_at", "pk")


class Comment(models.Model):
    """What somebody wrote under a thing; `subject` is the thing's name in the journal (`demand.wanteddataset:17`).

    Whoever wrote is known by a key only, beside the account while there is one: deleting the account empties the words
    of nobody else and changes no count.
    """

    class State(models.TextChoices):
        """Who may read it."""

        VISIBLE = "visible", _("visibile")
        HIDDEN = "hidden", _("nascosto")
        DELETED = "deleted", _("cancellato")

    class Alignment(models.IntegerChoices):
        """For, neutral or against."""

        AGAINST = -1, _("contrario")
        NEUTRAL = 0, _("neutrale")
        IN_FAVOUR = 1, _("a favore")

    MOVES: dict[str, frozenset[str]] = {
        State.VISIBLE: frozenset({State.HIDDEN, State.DELETED}),
        State.HIDDEN: frozenset({State.VISIBLE}),
        State.DELETED: frozenset(),
    }

    subject = models.CharField(_("oggetto"), max_length=80, db_index=True)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("risponde a")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("autore"),
    )
    person_key = models.CharField(_("chiave della persona"), max_length=20, db_index=True)
    as_body = models.ForeignKey(
        Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments", verbose_name=_("per l'ente")
    )
    body = models.TextField(_("testo"), max_length=3_000)
    alignment = models.SmallIntegerField(_("posizione"), choices=Alignment.choices, default=Alignment.NEUTRAL)
    state = models.CharField(_("stato"), max_length=8, choices=State.choices, default=State.VISIBLE)
    is_held = models.BooleanField(_("trattenuto prima di comparire"), default=False)
    hiding_note = models.CharField(_("perché è nascosto"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("scritto"), default=timezone.now)
    edited_at = models.DateTimeField(_("modificato"), null=True, blank=True)
    origin = models.CharField(_("importato da"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commento")
        verbose_name_plural = _("commenti")
        constraints = [
            models.UniqueConstraint(fields=["origin"], condition=~models.Q(origin=""), name="one_comment_per_origin")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"

    @property
    def is_visible(self) -> bool:
        """Whether everybody may read it."""
        return self.state == self.State.VISIBLE

    def can_become(self, state: str) -> bool:
        """Whether the move is in the table."""
        return state in self.MOVES[self.state]

    def may_be_changed(self, now: datetime) -> bool:
        """Whether whoever wrote it may still change the words."""
        return self.is_visible and now - self.created_at < EDITABLE_FOR


class Flag(models.Model):
    """Somebody says that a comment should not be there."""

    class Reason(models.TextChoices):
        """Why."""

        PERSONAL_DATA = "personal_data", _("contiene dati personali")
        OFFENSIVE = "offensive", _("è offensivo o discriminatorio")
        SPAM = "spam", _("è pubblicità o spam")
        OFF_TOPIC = "off_topic", _("non c'entra")
        FALSE = "false", _("contiene informazioni false")
        RIGHTS = "rights", _("viola diritti di altri")
        OTHER = "other", _("altro")

    class State(models.TextChoices):
        """What was decided."""

        OPEN = "open", _("da decidere")
        UPHELD = "upheld", _("accolta")
        DISMISSED = "dismissed", _("respinta")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="flags", verbose_name=_("commento"))
    person_key = models.CharField(_("chiave della persona"), max_length=20)
    reason = models.CharField(_("motivo"), max_length=15, choices=Reason.choices)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("segnalato"), default=timezone.now)

    class Meta:
        verbose_name = _("segnalazione")
        verbose_name_plural = _("segnalazioni")
        constraints = [
            models.UniqueConstraint(fields=["comment", "person_key"], name="one_flag_per_person_and_comment")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"
