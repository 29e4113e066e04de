"""Proves that teams and entries are as the rules say: sizes, times, datasets, and who stands on which side."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from opentusk.catalog.actions import withdraw
from opentusk.hackathon import actions
from opentusk.hackathon.errors import (
    IllegalMove,
    InATeam,
    Missing,
    NotAdult,
    NotAllowed,
    NotNow,
    OnTheOtherSide,
    TeamFull,
    TeamTooSmall,
    WrongCode,
)
from opentusk.hackathon.models import Entry, Hackathon, Team
from opentusk.hackathon.states import (
    ENTRY_MOVES,
    HACKATHON_MOVES,
    TEAM_MOVES,
    EntryState,
    HackathonState,
    TeamState,
)
from opentusk.hackathon.tests.conftest import somebody
from opentusk.journal.actors import SYSTEM
from opentusk.jury.actions import accept_juror, invite_juror
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import grant_role
from opentusk.reuse.actions import Elsewhere

pytestmark = pytest.mark.django_db


def test_invariant_17_a_person_is_in_one_team_and_says_to_be_an_adult(hackathon, ada, bea):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    with pytest.raises(NotAdult):
        actions.join_team(hackathon, team.join_code, by=bea, adult_declared=False)
    actions.join_team(hackathon, team.join_code.lower(), by=bea, adult_declared=True)

    with pytest.raises(InATeam):
        actions.make_team(hackathon, "Beta", by=bea, adult_declared=True)
    with pytest.raises(WrongCode):
        actions.join_team(hackathon, "AAAAAA", by=somebody("ciro"), adult_declared=True)


def test_invariant_17_a_team_is_within_its_limits(hackathon, ada):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    for name in ("bea", "ciro"):
        actions.join_team(hackathon, team.join_code, by=somebody(name), adult_declared=True)

    with pytest.raises(TeamFull):
        actions.join_team(hackathon, team.join_code, by=somebody("dino"), adult_declared=True)


def test_invariant_17_a_team_that_is_too_small_hands_nothing_in(hackathon, datasets, ada):
    actions.change_hackathon(hackathon, by=SYSTEM, team_min=2)
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    assert team.state == TeamState.FORMING
    entry = _saved(team, ada, datasets)

    with pytest.raises(TeamTooSmall):
        actions.submit(entry, by=ada)


def test_whoever_leaves_hands_the_lead_on_and_the_last_closes_the_door(hackathon, ada, bea):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    actions.join_team(hackathon, team.join_code, by=bea, adult_declared=True)
    actions.leave_team(team, by=ada)
    assert team.members.get().is_lead

    actions.leave_team(team, by=bea)

    assert Team.objects.get().state == TeamState.WITHDRAWN
    with pytest.raises(WrongCode):
        actions.join_team(hackathon, team.join_code, by=ada, adult_declared=True)


def test_who_judges_or_helps_is_in_no_team(hackathon, ada, bea):
    juror, _secret, _code = invite_juror(hackathon, by=SYSTEM, office="ARTI", email="ada@example.org")
    accept_juror(juror, user=User.objects.get(pk=ada.user_id))
    mentor = User.objects.get(pk=bea.user_id)
    grant_role(mentor, RoleGrant.Role.MENTOR, by=SYSTEM, scope=f"hackathon.hackathon:{hackathon.pk}")

    for by in (ada, bea):
        with pytest.raises(OnTheOtherSide):
            actions.make_team(hackathon, "Alfa", by=by, adult_declared=True)


def test_who_is_in_a_team_does_not_judge(hackathon, ada):
    actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    juror, _secret, _code = invite_juror(hackathon, by=SYSTEM, office="ARTI", email="x@example.org")

    with pytest.raises(OnTheOtherSide):
        accept_juror(juror, user=User.objects.get(pk=ada.user_id))


def test_invariant_16_the_list_of_what_is_missing_is_complete(hackathon, datasets, ada):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    istat = Elsewhere(uri="https://www.istat.it/d/1", title="Popolazione")
    entry = actions.save_entry(team, by=ada, title="Ombra", category="altro", datasets=[], main=None, elsewhere=[istat])
    with pytest.raises(Missing) as refusal:
        actions.submit(entry, by=ada)
    assert refusal.value.fields == ("abstract", "category", "portal_dataset", "main_dataset")

    entry = _saved(team, ada, datasets, main=None)
    assert actions.missing_of(entry) == ("main_dataset",)
    actions.change_hackathon(hackathon, by=SYSTEM, main_dataset_required=False)
    actions.submit(Entry.objects.get(), by=ada)
    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_invariant_16_the_dataset_is_looked_up_when_the_entry_is_handed_in(hackathon, datasets, ada):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    entry = _saved(team, ada, datasets)
    withdraw(datasets[0], by=SYSTEM, reason="Sbagliato.")

    with pytest.raises(Missing) as refusal:
        actions.submit(entry, by=ada)

    assert refusal.value.fields == ("dataset_gone", "main_dataset")


def test_invariant_16_the_snapshot_survives_the_dataset(enter, datasets):
    entry = enter("Alfa")
    withdraw(datasets[0], by=SYSTEM, reason="Sbagliato.")

    assert entry.work.datasets.filter(is_main=True).get().title == "Alberi del verde pubblico"


def test_invariant_16_nothing_is_handed_in_when_the_time_is_over(hackathon, datasets, ada):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    entry = _saved(team, ada, datasets)

    with pytest.raises(NotNow):
        actions.submit(entry, by=ada, now=hackathon.submit_closes_at)
    actions.submit(entry, by=ada, now=hackathon.submit_closes_at - timedelta(microseconds=1))
    with pytest.raises(NotNow):
        _saved(team, ada, datasets, now=hackathon.submit_closes_at)


def test_only_the_team_writes_its_entry(hackathon, datasets, ada, bea, staff):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)

    for by in (bea, staff):
        with pytest.raises(NotAllowed):
            _saved(team, by, datasets)


DO = {
    EntryState.SUBMITTED: lambda entry, by, lead: actions.submit(entry, by=lead),
    EntryState.ADMITTED: lambda entry, by, lead: actions.admit(entry, by=by),
    EntryState.EXCLUDED: lambda entry, by, lead: actions.exclude(entry, by=by, reason="Fuori regola."),
    EntryState.PRESENTED: lambda entry, by, lead: actions.present(entry, by=by),
    EntryState.WITHDRAWN: lambda entry, by, lead: actions.withdraw_entry(entry, by=lead),
}


@pytest.mark.parametrize(("before", "after"), list(product(EntryState, DO)))
def test_every_pair_of_states_of_an_entry_that_is_not_in_the_table_is_refused(enter, ada, staff, before, after):
    entry = enter("Alfa", by=ada)
    Entry.objects.update(state=before)

    if after in ENTRY_MOVES[before]:
        DO[after](entry, staff, ada)
        assert Entry.objects.get().state == entry.state == after
    else:
        with pytest.raises(IllegalMove):
            DO[after](entry, staff, ada)


@pytest.mark.parametrize(("before", "after"), list(product(TeamState, TeamState)))
def test_every_pair_of_states_of_a_team_that_is_not_in_the_table_is_refused(hackathon, ada, bea, before, after):
    Hackathon.objects.update(team_min=2)
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    if before != TeamState.FORMING:
        actions.join_team(hackathon, team.join_code, by=bea, adult_declared=True)
    if before == TeamState.WITHDRAWN:
        actions.withdraw_team(team, by=ada)
    assert Team.objects.get().state == before
    do = {
        TeamState.FORMING: lambda: actions.leave_team(team, by=bea),
        TeamState.COMPLETE: lambda: actions.join_team(
            hackathon, team.join_code, by=somebody("ciro"), adult_declared=True
        ),
        TeamState.WITHDRAWN: lambda: actions.withdraw_team(team, by=ada),
    }[after]

    match before, after:
        case TeamState.WITHDRAWN, TeamState.FORMING:
            do()  # one may leave what gave up, and it stays so
        case TeamState.FORMING, TeamState.FORMING:
            with pytest.raises(NotAllowed):
                do()
        case TeamState.WITHDRAWN, _after:
            with pytest.raises(WrongCode if after == TeamState.COMPLETE else IllegalMove):
                do()
        case _pair:
            do()
    expected = after if after in TEAM_MOVES[before] or before == after else before
    assert Team.objects.get().state == expected


def test_a_team_that_gave_up_begins_no_entry(hackathon, datasets, ada):
    team = actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True)
    actions.withdraw_team(team, by=ada)

    with pytest.raises(IllegalMove):
        actions.save_entry(team, by=ada, title="Alfa", category="app", datasets=datasets, main=datasets[0])


@pytest.mark.parametrize(("before", "after"), list(product(HackathonState, HackathonState)))
def test_every_pair_of_phases_that_is_not_in_the_table_is_refused(hackathon, jury, staff, before, after):
    jury(1)
    Hackathon.objects.update(state=before)
    has_its_own_verb = after in {HackathonState.DELIBERATED, HackathonState.PUBLISHED}

    if after in HACKATHON_MOVES[before] and not has_its_own_verb:
        actions.advance(hackathon, after, by=staff)
        assert Hackathon.objects.get().state == hackathon.state == after
    else:
        with pytest.raises(IllegalMove):
            actions.advance(hackathon, after, by=staff)


def test_judging_needs_jurors_and_a_decision_on_every_entry(hackathon, enter):
    enter("Alfa")
    actions.advance(hackathon, HackathonState.SUBMISSIONS_CLOSED, by=SYSTEM)

    with pytest.raises(Missing) as refusal:
        actions.advance(hackathon, HackathonState.JUDGING, by=SYSTEM)

    assert refusal.value.fields == ("jurors", "decisions")


def test_whoever_leaves_leaves_the_team(hackathon, ada):
    actions.make_team(hackathon, "Alfa", by=ada, adult_declared=True, school="ITS")
    user = User.objects.get(pk=ada.user_id)
    given = actions.export(user)

    actions.forget(user, "tomba")

    assert [row["squadra"] for row in given["squadre"]] == ["Alfa"]
    assert actions.export(user) == {"squadre": [], "giurie": []}
    assert Team.objects.get().members.count() == 1


def _saved(team, by, datasets, **fields):
    values = {"main": datasets[0], "abstract": "Dove c'è ombra."} | fields
    return actions.save_entry(team, by=by, title="Ombra", category="app", datasets=datasets, **values)


def test_the_clock_is_in_the_rows_not_in_a_job(hackathon):
    now = timezone.now()
    assert hackathon.takes_entries(now)
    assert not hackathon.takes_entries(hackathon.submit_closes_at)
