"""What this room keeps of a person."""

from typing import Any

from django.db.models import Q

from opentusk.people.models import User
from opentusk.subscriptions.models import Subscriber


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """What a person follows, and what it was sent, for the person."""
    followed = [
        {"che cosa": one.title, "canale": one.channel, "ritmo": one.rhythm, "dal": one.created_at.isoformat()}
        for subscriber in _of(user)
        for one in subscriber.subscriptions.order_by("pk")
    ]
    sent = [
        {"canale": one.channel, "stato": one.status, "eventi": one.event_count, "quando": one.created_at.isoformat()}
        for subscriber in _of(user)
        for one in subscriber.deliveries.order_by("created_at")
    ]
    return {"ciò che segui": followed, "avvisi mandati": sent}


def forget(user: User, tombstone: str) -> None:
    """Delete what the person follows and was sent: nothing of it counts elsewhere."""
    _of(user).delete()


def _of(user: User) -> Any:
    return Subscriber.objects.filter(Q(user=user) | Q(email=user.email))
