"""What this room keeps of a person."""

from typing import Any

from django.utils import timezone

from opentusk.bodies.models import Invitation, Membership
from opentusk.people.models import User


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """For which bodies a person works or worked, and was invited to work, for the person."""
    worked = Membership.objects.filter(user=user).select_related("agent").order_by("pk")
    invited = Invitation.objects.filter(email=user.email).select_related("agent").order_by("pk")
    return {
        "enti": [
            {
                "ente": one.agent.name,
                "ruolo": one.role,
                "dal": one.started_at.isoformat(),
                "al": one.ended_at.isoformat() if one.ended_at else None,
            }
            for one in worked
        ],
        "inviti": [{"ente": one.agent.name, "ruolo": one.role} for one in invited],
    }


def forget(user: User, tombstone: str) -> None:
    """End the person's work for every body; that somebody did it stays."""
    Membership.objects.filter(user=user, ended_at__isnull=True).update(ended_at=timezone.now())
    Invitation.objects.filter(email=user.email).delete()
