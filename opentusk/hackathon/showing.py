"""What pages say of a hackathon: how it is judged, what a team still lacks, how long there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.hackathon.actions import missing_of
from opentusk.hackathon.models import Entry, Hackathon, RankedEntry, Team
from opentusk.hackathon.refusals import LACKING
from opentusk.kit.judging.ranking import FIRST_PLACES, PRESIDENT
from opentusk.people.models import Consent, User
from opentusk.ui.speech import spoken_span

_MINUTE, _HOUR = 60, 3_600
PODIUM = 3


@dataclass(frozen=True)
class Point:
    """One line of the checklist: what is asked for, whether it is there, and how to get it."""

    label: str
    is_done: bool
    way_out: str


@dataclass(frozen=True)
class Countdown:
    """How long there is, in words, and after how many seconds it is worth asking again: seldom, at first."""

    words: str
    ends_at: datetime
    pause: int


def ladder_of(hackathon: Hackathon) -> list[str]:
    """How equal totals are told apart, in order."""
    heaviest = sorted(hackathon.criteria.all(), key=lambda one: -one.weight)
    return [
        *(_("il voto per «%(name)s»") % {"name": one.label} for one in heaviest),
        _("quanti giurati lo hanno messo al primo posto"),
        _("la decisione di chi presiede, con il motivo scritto"),
        _("altrimenti ex aequo"),
    ]


def decided_words(hackathon: Hackathon, code: str) -> str:
    """What told an entry from the one above with the same total."""
    if code == FIRST_PLACES:
        return _("primi posti tra i giurati")
    if code == PRESIDENT:
        return _("decisione di chi presiede")
    label = hackathon.criteria.filter(code=code).values_list("label", flat=True).first()
    return str(label or code)


def checklist_of(team: Team, entry: Entry | None) -> list[Point]:
    """All that handing in asks for, with what is missing: a button that does nothing never stays unexplained."""
    hackathon = team.hackathon
    lacking = missing_of(entry) if entry else ("abstract", "category", "portal_dataset", "main_dataset")
    labels = {
        "abstract": _("Che cos'è e a chi serve"),
        "category": _("Categoria"),
        "portal_dataset": _("Almeno un dataset di questo portale"),
        "main_dataset": _("Dataset principale"),
    }
    if not hackathon.categories:
        labels.pop("category")
    if not hackathon.main_dataset_required:
        labels.pop("main_dataset")
    points = [Point(label, name not in lacking, str(LACKING[name])) for name, label in labels.items()]
    if "dataset_gone" in lacking:
        points.append(Point(_("Dataset ancora pubblici"), False, str(LACKING["dataset_gone"])))
    members = team.members.count()
    values = {"fewest": hackathon.team_min, "most": hackathon.team_max, "members": members}
    size = _("Da %(fewest)s a %(most)s persone: siete %(members)s") % values
    invite = _("Dai ad altri il codice della squadra.")
    return [*points, Point(size, members >= hackathon.team_min, invite)]


def countdown_of(hackathon: Hackathon, now: datetime | None = None) -> Countdown | None:
    """How long teams can still hand in; None when they cannot, or when no time was set."""
    moment = now or timezone.now()
    if hackathon.submit_closes_at is None or not hackathon.takes_entries(moment):
        return None
    left = int((hackathon.submit_closes_at - moment).total_seconds())
    pause = 1_800 if left > 2 * _HOUR else 600 if left > 15 * _MINUTE else _MINUTE
    return Countdown(spoken_span(left), hackathon.submit_closes_at, pause)


def places_of(hackathon: Hackathon) -> dict[str, list[RankedEntry]]:
    """The ranking that was deliberated, by category."""
    found: dict[str, list[RankedEntry]] = {}
    for row in hackathon.ranking.select_related("entry__team", "entry__work"):
        found.setdefault(row.category, []).append(row)
    return found


def revealed_places(hackathon: Hackathon) -> dict[str, list[RankedEntry]]:
    """What the ceremony shows so far of each category, the first place first."""
    lowest = PODIUM + 1 - hackathon.revealed
    return {
        category: [row for row in rows if lowest <= row.rank <= PODIUM]
        for category, rows in places_of(hackathon).items()
    }


def may_be_named(user: User) -> bool:
    """Whether the person has a public name and agreed to its being shown."""
    agreed = Consent.objects.standing().filter(purpose=Consent.Purpose.PUBLIC_NAME, user=user)
    return bool(user.public_name) and agreed.exists()


def names_of(team: Team) -> list[str]:
    """The public names of a team when everybody in it wants to be named, and nobody's otherwise."""
    members = team.members.select_related("user").order_by("-is_lead", "joined_at", "pk")
    agreed = set(
        Consent.objects.standing()
        .filter(purpose=Consent.Purpose.PUBLIC_NAME, user__teams__team=team)
        .values_list("user_id", flat=True)
    )
    names = [one.user.public_name if one.user and one.shows_name and one.user_id in agreed else "" for one in members]
    return names if all(names) else []


def public_entries(hackathon: Hackathon) -> Sequence[Entry]:
    """The entries of the gallery: none before the ranking is published, never an excluded or withdrawn one."""
    if hackathon.state != "published":
        return []
    entries = hackathon.entries.in_the_game().in_order()
    return list(entries.prefetch_related("work__datasets", "awards").select_related("ranked"))
