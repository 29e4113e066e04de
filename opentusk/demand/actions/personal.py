"""What this room keeps of a person."""

from typing import Any

from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.people.models import User


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """The wishes and the endorsements of a person, for the person."""
    wishes = WantedDataset.objects.filter(proponent=user).order_by("pk")
    given = Endorsement.objects.filter(person_key=user.person_key).order_by("pk")
    return {
        "voci proposte": [
            {"numero": one.number, "dato": one.title, "stato": one.state, "proposta": one.created_at.isoformat()}
            for one in wishes
        ],
        "sostegni": [{"a": one.subject, "dato": one.created_at.isoformat()} for one in given],
    }


def forget(user: User, tombstone: str) -> None:
    """Leave wishes and endorsements without the person; counts stay."""
    WantedDataset.objects.filter(proponent=user).update(proponent=None)
    Endorsement.objects.filter(person_key=user.person_key).update(person_key=tombstone)
