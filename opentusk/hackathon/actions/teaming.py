"""Teams: made by one, joined by code."""

from django.db import transaction

from opentusk.hackathon.actions.preparing import locked
from opentusk.hackathon.errors import (
    IllegalMove,
    InATeam,
    NameTaken,
    NotAdult,
    NotAllowed,
    NotNow,
    OnTheOtherSide,
    TeamFull,
    Unconfirmed,
    WrongCode,
)
from opentusk.hackathon.events import HackathonEvent
from opentusk.hackathon.models import Hackathon, Team, TeamMember
from opentusk.hackathon.permissions import can_run, is_member, is_on_the_other_side, require
from opentusk.hackathon.states import TEAM_MOVES, EntryState, HackathonState, TeamState
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.people.actors import person_behind
from opentusk.people.models import User

_OPEN = (HackathonState.REGISTRATIONS, HackathonState.RUNNING)


@transaction.atomic
def make_team(hackathon: Hackathon, name: str, *, by: Actor, adult_declared: bool, school: str = "") -> Team:
    """A team, led by who makes it. Raises NameTaken, Unconfirmed, NotAdult, InATeam, OnTheOtherSide,
    NotNow.
    """
    found = locked(hackathon)
    user = _newcomer(found, by=by, adult_declared=adult_declared)
    if found.teams.filter(name__iexact=name.strip()).exists():
        raise NameTaken
    team = Team.objects.create(hackathon=found, name=name.strip(), is_demo=found.is_demo)
    TeamMember.objects.create(team=team, hackathon=found, user=user, is_lead=True, adult_declared=True, school=school)
    _count(team)
    record(HackathonEvent.TEAM_MADE, team, by=by, facts={"name": team.name, "person": user.person_key})
    return team


@transaction.atomic
def join_team(hackathon: Hackathon, code: str, *, by: Actor, adult_declared: bool, school: str = "") -> Team:
    """Join with the code that a companion told. Raises WrongCode, TeamFull, and what `make_team` raises."""
    found = locked(hackathon)
    team = found.teams.filter(join_code=code.strip().upper()).exclude(state=TeamState.WITHDRAWN).first()
    if team is None:
        raise WrongCode
    user = _newcomer(found, by=by, adult_declared=adult_declared)
    if team.members.count() >= found.team_max:
        raise TeamFull(found.team_max)
    TeamMember.objects.create(team=team, hackathon=found, user=user, adult_declared=True, school=school)
    _count(team)
    record(HackathonEvent.TEAM_JOINED, team, by=by, facts={"person": user.person_key})
    return team


@transaction.atomic
def leave_team(team: Team, *, by: Actor) -> None:
    """Leave; the next one leads, and the last one closes the door. Raises NotAllowed, NotNow."""
    found = locked(team.hackathon)
    if not is_member(by, team):
        raise NotAllowed("leave_team")
    if found.state not in _OPEN:
        raise NotNow
    team.members.filter(user=by.user_id).delete()
    heir = team.members.order_by("joined_at", "pk").first()
    if heir is not None and not team.members.filter(is_lead=True).exists():
        heir.is_lead = True
        heir.save(update_fields=["is_lead"])
    _count(team)
    record(HackathonEvent.TEAM_LEFT, team, by=by, facts={"name": team.name})
    if heir is None and team.state != TeamState.WITHDRAWN:
        _withdraw(team, by=by)


@transaction.atomic
def show_name(team: Team, *, by: Actor) -> None:
    """Agree to be named beside the team's work, where names are shown once everybody agrees. Raises NotAllowed."""
    _agree(team, by=by, shows_name=True, event=HackathonEvent.NAME_SHOWN)


@transaction.atomic
def hide_name(team: Team, *, by: Actor) -> None:
    """Take the agreement back: nobody of the team is named any more. Raises NotAllowed."""
    _agree(team, by=by, shows_name=False, event=HackathonEvent.NAME_HIDDEN)


@transaction.atomic
def withdraw_team(team: Team, *, by: Actor) -> None:
    """Give up; an entry that was not yet decided on is withdrawn too. Raises NotAllowed, IllegalMove."""
    locked(team.hackathon)
    require(can_run(by) or is_member(by, team), "withdraw_team")
    _withdraw(team, by=by)


def _agree(team: Team, *, by: Actor, shows_name: bool, event: HackathonEvent) -> None:
    require(is_member(by, team), "show_name")
    if team.members.filter(user=by.user_id).exclude(shows_name=shows_name).update(shows_name=shows_name):
        record(event, team, by=by, facts={"name": team.name})


def _withdraw(team: Team, *, by: Actor) -> None:
    team.refresh_from_db(fields=["state"])
    if TeamState.WITHDRAWN not in TEAM_MOVES[team.state]:
        raise IllegalMove(team.state, TeamState.WITHDRAWN)
    team.state = TeamState.WITHDRAWN
    team.save(update_fields=["state"])
    entries = team.hackathon.entries.filter(team=team, state__in=(EntryState.DRAFT, EntryState.SUBMITTED))
    entries.update(state=EntryState.WITHDRAWN)
    record(HackathonEvent.TEAM_WITHDRAWN, team, by=by, facts={"name": team.name})


def _newcomer(hackathon: Hackathon, *, by: Actor, adult_declared: bool) -> User:
    user = person_behind(by)
    if user is None:
        raise Unconfirmed
    if hackathon.state not in _OPEN:
        raise NotNow
    if not adult_declared:
        raise NotAdult
    if is_on_the_other_side(by, hackathon):
        raise OnTheOtherSide
    if TeamMember.objects.filter(hackathon=hackathon, user=user).exists():
        raise InATeam
    return user


def _count(team: Team) -> None:
    """A team is complete when it is large enough; one that gave up does not come back when somebody leaves it."""
    team.refresh_from_db(fields=["state"])
    is_enough = team.members.count() >= team.hackathon.team_min
    after = TeamState.COMPLETE if is_enough else TeamState.FORMING
    if after in TEAM_MOVES[team.state]:
        team.state = after
        team.save(update_fields=["state"])
