"""What this room keeps of a person."""

from typing import Any

from opentusk.hackathon.models import Juror, TeamMember
from opentusk.people.models import User


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """Teams and juries of a person, for the person."""
    teams = TeamMember.objects.filter(user=user).select_related("team__hackathon").order_by("pk")
    juries = _juries(user).select_related("hackathon").order_by("pk")
    return {
        "squadre": [
            {
                "hackathon": one.team.hackathon.title,
                "squadra": one.team.name,
                "scuola": one.school,
                "maggiorenne": one.adult_declared,
                "compare con il nome": one.shows_name,
                "entrato": one.joined_at.isoformat(),
            }
            for one in teams
        ],
        "giurie": [{"hackathon": one.hackathon.title, "veste": one.office, "stato": one.state} for one in juries],
    }


def forget(user: User, tombstone: str) -> None:
    """Leave teams and juries without the person; sheets stay with the office that wrote them."""
    TeamMember.objects.filter(user=user).update(user=None, school="", shows_name=False)
    _juries(user).update(user=None, email="")


def _juries(user: User) -> Any:
    return Juror.objects.filter(user=user) | Juror.objects.filter(email=user.email)
