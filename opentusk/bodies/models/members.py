"""Who works for a body: memberships, invitations, and requests to be let in."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.bodies.tokens import new_key


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of the memberships."""

    def valid(self) -> Self:
        """Memberships that give rights now."""
        return self.filter(ended_at__isnull=True, user__is_active=True, agent__status=Agent.Status.ACTIVE)

    def current(self) -> Self:
        """Memberships that were not ended, of accounts in use, whatever the state of the body."""
        return self.filter(ended_at__isnull=True, user__is_active=True)

    def referenti_of(self, agent: Agent) -> Self:
        """Those who answer for this body now."""
        return self.current().filter(agent=agent, role=Membership.Role.REFERENTE)

    def confirmed_before(self, moment: datetime) -> Self:
        """Memberships that nobody has confirmed since."""
        return self.filter(confirmed_at__lt=moment)

    def by_role(self) -> Self:
        """With the person at hand, role by role."""
        return self.select_related("user").order_by("role", "user__email")

    def dpos_of(self, agent: Agent) -> Self:
        """Those who answer for personal data in this body."""
        return self.filter(agent=agent, role=Membership.Role.DPO)


class Membership(models.Model):
    """A person works for a body, in one role."""

    class Role(models.TextChoices):
        """What the person does there."""

        REFERENTE = "referente", _("referente open data")
        RTD = "rtd", _("responsabile per la transizione digitale")
        REDATTORE = "redattore", _("redattore")
        REVISORE = "revisore", _("revisore")
        DPO = "dpo", _("responsabile della protezione dei dati")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("persona")
    )
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("ente"))
    role = models.CharField(_("ruolo"), max_length=10, choices=Role.choices)
    started_at = models.DateTimeField(_("dal"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confermato"), default=timezone.now)
    ended_at = models.DateTimeField(_("al"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("appartenenza")
        verbose_name_plural = _("appartenenze")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agent", "role"], condition=models.Q(ended_at__isnull=True), name="one_role_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.agent_id} ({self.role})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of the invitations."""

    def waiting(self) -> Self:
        """Invitations that were neither accepted nor taken back; some may have expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def usable(self, now: datetime) -> Self:
        """Invitations that can still be accepted."""
        return self.waiting().filter(expires_at__gt=now).exclude(agent__status=Agent.Status.ENDED)


class Invitation(models.Model):
    """A body asks the owner of an address to work for it. Its letter holds a token made of `key` (see `tokens`)."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("ente"))
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("ruolo"), max_length=10, choices=Membership.Role.choices)
    key = models.CharField(_("chiave"), max_length=32, unique=True, default=new_key, editable=False)
    created_at = models.DateTimeField(_("inviato"), default=timezone.now)
    expires_at = models.DateTimeField(_("scade"))
    accepted_at = models.DateTimeField(_("accettato"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ritirato"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invito")
        verbose_name_plural = _("inviti")
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "email", "role"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_waiting_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} ({self.role})"


class MembershipRequestQuerySet(models.QuerySet["MembershipRequest"]):
    """Reads of the requests to work for a body."""

    def waiting(self) -> Self:
        """Requests that nobody has answered yet, oldest first."""
        return self.filter(decided_at__isnull=True).order_by("created_at", "pk")


class MembershipRequest(models.Model):
    """A person with an account asks to work for a body."""

    agent = models.ForeignKey(
        Agent, on_delete=models.CASCADE, related_name="membership_requests", verbose_name=_("ente")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="membership_requests",
        verbose_name=_("persona"),
    )
    role = models.CharField(_("ruolo"), max_length=10, choices=Membership.Role.choices)
    message = models.CharField(_("messaggio"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("inviata"), default=timezone.now)
    decided_at = models.DateTimeField(_("decisa"), null=True, blank=True)
    is_approved = models.BooleanField(_("approvata"), default=False)

    objects = MembershipRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("richiesta di lavorare per un ente")
        verbose_name_plural = _("richieste di lavorare per un ente")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agent", "role"],
                condition=models.Q(decided_at__isnull=True),
                name="one_waiting_membership_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.agent_id} ({self.role})"
