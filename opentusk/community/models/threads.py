"""Threads, and who wants the daily letter."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.comments.models import Comment


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Reads of the threads."""

    def visible(self) -> Self:
        """Those that every member reads."""
        return self.filter(state=Thread.State.VISIBLE)

    def saying(self, words: str) -> Self:
        """Those in which the words are, or in one of their visible answers."""
        said = Comment.objects.visible().filter(subject__startswith="community.thread:", body__icontains=words)
        answered = [int(subject.rpartition(":")[2]) for subject in said.values_list("subject", flat=True)]
        return self.filter(
            models.Q(title__icontains=words) | models.Q(body__icontains=words) | models.Q(pk__in=answered)
        )

    def pinned_first(self) -> Self:
        """Pinned ones, then the last that somebody wrote in."""
        return self.select_related("author", "as_body").order_by("-is_pinned", "-moved_at", "-pk")


class Thread(models.Model):
    """A question or a report among those who work in the bodies; its answers are comments under it."""

    class Category(models.TextChoices):
        """What it is about."""

        PUBLISHING = "publishing", _("pubblicare e aggiornare")
        QUALITY = "quality", _("qualità e metadati")
        RULES = "rules", _("norme, licenze e privacy")
        DEMAND = "demand", _("richieste e paniere")
        EXPERIENCES = "experiences", _("esperienze")
        OTHER = "other", _("altro")

    class State(models.TextChoices):
        """Who may read it."""

        VISIBLE = "visible", _("visibile")
        HIDDEN = "hidden", _("nascosta")
        DELETED = "deleted", _("cancellata")

    MOVES: dict[str, frozenset[str]] = {
        State.VISIBLE: frozenset({State.HIDDEN, State.DELETED}),
        State.HIDDEN: frozenset({State.VISIBLE}),
        State.DELETED: frozenset(),
    }

    category = models.CharField(_("argomento"), max_length=12, choices=Category.choices)
    title = models.CharField(_("titolo"), max_length=200)
    body = models.TextField(_("testo"), max_length=5_000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="threads",
        verbose_name=_("autore"),
    )
    person_key = models.CharField(_("chiave della persona"), max_length=20, db_index=True)
    as_body = models.ForeignKey(
        Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ente")
    )
    is_pinned = models.BooleanField(_("in alto"), default=False)
    is_locked = models.BooleanField(_("chiusa"), default=False)
    useful_answer = models.ForeignKey(
        Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("risposta utile")
    )
    state = models.CharField(_("stato"), max_length=8, choices=State.choices, default=State.VISIBLE)
    created_at = models.DateTimeField(_("aperta"), default=timezone.now)
    moved_at = models.DateTimeField(_("ultimo intervento"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussione")
        verbose_name_plural = _("discussioni")

    def __str__(self) -> str:
        return self.title


class ThreadFollower(models.Model):
    """A member who hears of new answers in a thread, in the daily letter."""

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="followers", verbose_name=_("discussione")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("persona")
    )

    class Meta:
        verbose_name = _("discussione seguita")
        verbose_name_plural = _("discussioni seguite")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="community_follows_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.thread_id}"


class DigestChoice(models.Model):
    """A member wants the daily letter of what is new: all of it, or the threads that they follow."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("persona")
    )
    only_followed = models.BooleanField(_("solo le discussioni seguite"), default=False)
    told_until = models.DateTimeField(_("raccontato fino al"), default=timezone.now)

    class Meta:
        verbose_name = _("riepilogo quotidiano")
        verbose_name_plural = _("riepiloghi quotidiani")

    def __str__(self) -> str:
        return f"{self.user_id} {self.told_until:%Y-%m-%d}"
