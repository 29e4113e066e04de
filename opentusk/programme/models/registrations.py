"""Who comes to an event."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.kit.spoken_codes import new_spoken_code
from opentusk.people.models import World
from opentusk.programme.models.events import Event
from opentusk.programme.states import STANDING, TAKING_A_SEAT, RegistrationState


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Reads of the registrations."""

    def seated(self) -> Self:
        """Those that take a seat: confirmed, or offered and not yet answered."""
        return self.filter(state__in=TAKING_A_SEAT)

    def standing(self) -> Self:
        """Those that are not cancelled, before the event."""
        return self.filter(state__in=STANDING)

    def in_the_line(self) -> Self:
        """The waiting list, the first in it first."""
        return self.filter(state=RegistrationState.WAITING).order_by("position", "pk")

    def expired(self, now: datetime) -> Self:
        """Offers that nobody took in time."""
        return self.filter(state=RegistrationState.OFFERED, expires_at__lte=now)

    def came(self) -> Self:
        """Those counted at the door."""
        return self.filter(checked_in_at__isnull=False)


class Registration(models.Model):
    """One person's registration. Only the hash of its secret address is kept; a year later only counts are left."""

    uuid = models.UUIDField(_("UUID"), default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations", verbose_name=_("evento"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("account"),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("nome e cognome"), max_length=200, blank=True)
    world = models.CharField(_("mondo"), max_length=20, choices=World.choices, blank=True)
    agent = models.ForeignKey(
        Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("ente")
    )
    body_name = models.CharField(_("ente o organizzazione"), max_length=200, blank=True)
    answers = models.JSONField(_("risposte"), default=list, blank=True)
    needs = models.CharField(_("esigenze di accessibilità"), max_length=500, blank=True)
    language = models.CharField(_("lingua"), max_length=5, default="it")
    state = models.CharField(
        _("stato"), max_length=10, choices=RegistrationState.choices, default=RegistrationState.PENDING
    )
    position = models.PositiveIntegerField(_("posto nella lista"), null=True, blank=True)
    token_hash = models.CharField(_("impronta dell'indirizzo segreto"), max_length=64, unique=True)
    short_code = models.CharField(_("codice"), max_length=6, default=new_spoken_code)
    created_at = models.DateTimeField(_("iscritto"), default=timezone.now)
    promoted_at = models.DateTimeField(_("posto offerto il"), null=True, blank=True)
    expires_at = models.DateTimeField(_("offerta valida fino al"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("entrato"), null=True, blank=True)
    checked_in_by = models.CharField(_("fatto entrare da"), max_length=80, blank=True)
    joined_at = models.DateTimeField(_("entrato nella stanza online"), null=True, blank=True)
    joined_from = models.CharField(_("impronta della sessione"), max_length=64, blank=True)
    gave_feedback = models.BooleanField(_("ha detto il suo parere"), default=False)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("iscrizione all'evento")
        verbose_name_plural = _("iscrizioni agli eventi")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"], condition=~models.Q(email=""), name="one_registration_per_address"
            ),
            models.UniqueConstraint(fields=["event", "short_code"], name="one_registration_per_code"),
        ]
        indexes = [models.Index(fields=["event", "state", "position"], name="registration_line")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.short_code}"
