"""What this room keeps of people, and when it lets go of it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User
from opentusk.programme.events import ProgrammeEvent
from opentusk.programme.models import Event, Registration

_NAMES_KEPT = timedelta(days=365)
_EMPTY: dict[str, Any] = {"email": "", "name": "", "body_name": "", "answers": [], "needs": "", "user": None}


@transaction.atomic
def forget_old_registrations(now: datetime | None = None) -> int:
    """A year after an event only counts are left of who registered; how many rows were emptied."""
    limit = (now or timezone.now()) - _NAMES_KEPT
    emptied = 0
    for event in Event.objects.annotate(over=Coalesce("ends_at", "starts_at")).filter(over__lt=limit):
        named = event.registrations.filter(~Q(email="") | ~Q(name=""))
        number = named.update(**_EMPTY)
        if number:
            record(ProgrammeEvent.REGISTRATIONS_FORGOTTEN, event, by=SYSTEM, facts={"rows": number})
        emptied += number
    return emptied


@transaction.atomic
def forget_needs(now: datetime | None = None) -> int:
    """What people need to take part is asked for the day, and forgotten after it."""
    moment = now or timezone.now()
    over = Q(event__ends_at__lt=moment) | Q(event__ends_at__isnull=True, event__starts_at__lt=moment)
    return Registration.objects.filter(over).exclude(needs="").update(needs="")


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """The registrations of a person, for the person."""
    rows = _of(user).annotate(title=F("event__title")).order_by("pk")
    return {
        "iscrizioni agli eventi": [
            {
                "evento": row.title,
                "e-mail": row.email,
                "nome": row.name,
                "mondo": row.world,
                "ente": row.body_name,
                "risposte": row.answers,
                "esigenze": row.needs,
                "stato": row.state,
                "iscritto": row.created_at.isoformat(),
                "entrato": row.checked_in_at.isoformat() if row.checked_in_at else None,
            }
            for row in rows
        ]
    }


def forget(user: User, tombstone: str) -> None:
    """Empty the registrations of a person; counts stay."""
    _of(user).update(**_EMPTY)


def _of(user: User) -> Any:
    return Registration.objects.filter(Q(user=user) | Q(email=user.email))
