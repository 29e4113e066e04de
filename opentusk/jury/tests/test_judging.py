"""Proves that jurors mark what they may, when they may, and that rankings are complete, exact and final."""

import json
from datetime import timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Membership
from opentusk.hackathon import actions as contests
from opentusk.hackathon.actions.preparing import CriterionSaid
from opentusk.hackathon.errors import (
    BadMark,
    BadWeights,
    Frozen,
    IllegalMove,
    Incomplete,
    InConflict,
    Missing,
    NotAllowed,
    NotNow,
    WrongCode,
)
from opentusk.hackathon.models import Entry, Hackathon, Juror, RankedEntry, Sheet
from opentusk.hackathon.states import EntryState, HackathonState, JurorState, SheetState
from opentusk.hackathon.tests.conftest import marks
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry as JournalEntry
from opentusk.jury import actions
from opentusk.jury.actions.deliberating import rank_now
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.models import User
from opentusk.reuse.models import Work

pytestmark = pytest.mark.django_db
FIXTURE = json.loads(
    (Path(__file__).resolve().parents[4] / "shared/samples/participation/fixture_judging.json").read_text()
)


def test_a_juror_comes_in_with_the_address_and_the_code_and_neither_is_kept(hackathon):
    juror, secret, code = actions.invite_juror(hackathon, by=SYSTEM, office="ARTI", email="j@example.org")

    assert actions.find_juror(secret, f" {code} ") == juror
    for wrong in ((secret, "000000" if code != "000000" else "111111"), ("x" * 32, code)):
        with pytest.raises(WrongCode):
            actions.find_juror(*wrong)
    kept = str(list(Juror.objects.values())) + str(list(JournalEntry.objects.values("facts", "changes")))
    assert secret not in kept
    assert code not in [str(value) for value in Juror.objects.values_list("code_hash", flat=True)]


def test_invariant_18_a_juror_does_not_judge_a_team_in_conflict(hackathon, enter, jury, judging):
    mine, other = enter("Alfa"), enter("Beta")
    (juror,) = jury(1)
    actions.declare_conflicts(juror, {mine.team_id: "mio cugino"})
    judging(mine, other)

    with pytest.raises(InConflict):
        actions.save_sheet(juror, mine, marks(5, 5, 5, 5, 5), is_final=True)
    assert actions.save_sheet(juror, other, marks(5, 5, 5, 5, 5), is_final=True).state == SheetState.SUBMITTED


def test_invariant_18_the_same_body_is_found_and_only_the_desk_waives_it(hackathon, enter, judging, ada, staff):
    agent = ensure_agent(AgentRecord(identifier="arpap", name="ARPA"), by=SYSTEM)
    add_member(agent, email="ada@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)
    colleague = add_member(agent, email="j@example.org", role=Membership.Role.DPO, by=SYSTEM).user
    entry = enter("Alfa", by=ada)
    juror, _secret, _code = actions.invite_juror(hackathon, by=SYSTEM, office="ARPA", email="j@example.org")
    actions.accept_juror(juror, user=colleague)
    actions.declare_conflicts(juror, {})
    judging(entry)
    with pytest.raises(InConflict):
        actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True)
    conflict = juror.conflicts.get()
    with pytest.raises(NotAllowed):
        actions.waive_conflict(conflict, by=ada, note="Non importa.")

    actions.waive_conflict(conflict, by=staff, note="Uffici diversi, nessun rapporto.")

    assert actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True).pk


def test_invariant_18_nobody_writes_outside_the_time(hackathon, enter, jury, judging):
    entry = enter("Alfa")
    (juror,) = jury(1)
    with pytest.raises(IllegalMove):
        actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True)
    judging(entry)
    closes = hackathon.judging_closes_at

    with pytest.raises(NotNow):
        actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True, now=closes)
    actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True, now=closes - timedelta(microseconds=1))


@pytest.mark.parametrize("mark", [Decimal(-1), Decimal("10.5"), Decimal(11), Decimal("5.5")])
def test_invariant_18_a_mark_lies_on_the_scale(enter, jury, judging, mark):
    entry = enter("Alfa")
    (juror,) = jury(1)
    judging(entry)

    with pytest.raises(BadMark):
        actions.save_sheet(juror, entry, {"pitch": mark}, is_final=False)
    assert not Sheet.objects.exists()


def test_a_sheet_may_wait_and_is_complete_when_it_is_handed_in(enter, jury, judging):
    entry = enter("Alfa")
    (juror,) = jury(1)
    judging(entry)
    draft = actions.save_sheet(juror, entry, {"pitch": Decimal(7)}, is_final=False, note="Bella voce.")
    with pytest.raises(BadMark) as refusal:
        actions.save_sheet(juror, entry, {"pitch": Decimal(7)}, is_final=True)

    assert draft.state == SheetState.DRAFT
    assert refusal.value.criteria == ("impact", "open_data", "originality", "feasibility")


def test_invariant_19_weights_sum_to_100_and_freeze_with_the_first_sheet(hackathon, enter, jury, judging):
    def said(*weights):
        return [CriterionSaid(code=f"c{n}", label="C", weight=Decimal(weight)) for n, weight in enumerate(weights)]

    for weights in ((50, 49), (50, 51), (110, -10)):
        with pytest.raises(BadWeights):
            contests.set_criteria(hackathon, said(*weights), by=SYSTEM)
    entry = enter("Alfa")
    (juror,) = jury(1)
    judging(entry)
    actions.save_sheet(juror, entry, {"pitch": Decimal(7)}, is_final=False)

    with pytest.raises(Frozen):
        contests.set_criteria(hackathon, said(50, 50), by=SYSTEM)
    with pytest.raises(Frozen):
        contests.change_hackathon(hackathon, by=SYSTEM, combination=Hackathon.Combination.ZSCORE)


def test_invariant_20_no_ranking_while_a_sheet_is_missing(hackathon, enter, jury, judging):
    one, two = enter("Alfa"), enter("Beta")
    jurors = jury(3)
    judging(one, two)
    for juror, entry in product(jurors, (one, two)):
        if (juror, entry) != (jurors[2], two):
            actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True)
    with pytest.raises(Incomplete) as refusal:
        actions.deliberate(hackathon, by=SYSTEM)
    assert (refusal.value.entries, refusal.value.sheets) == ((), 1)

    actions.recuse(jurors[2], two, reason="Ho scoperto che li conosco.")
    actions.deliberate(hackathon, by=SYSTEM)

    assert hackathon.state == HackathonState.DELIBERATED


def test_invariant_20_no_ranking_while_an_entry_has_too_few_sheets(hackathon, enter, jury, judging):
    one, two = enter("Alfa"), enter("Beta")
    jurors = jury(2)
    actions.declare_conflicts(jurors[0], {two.team_id: "amici"})
    judging(one, two)
    for juror, entry in ((jurors[0], one), (jurors[1], one), (jurors[1], two)):
        actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True)

    with pytest.raises(Incomplete) as refusal:
        actions.deliberate(hackathon, by=SYSTEM)

    assert (refusal.value.entries, refusal.value.sheets) == (("Beta",), 0)


def test_invariant_22_excluded_and_withdrawn_entries_are_in_no_ranking(hackathon, enter, jury, judging, ada):
    one, two, three = enter("Alfa"), enter("Beta"), enter("Gamma", by=ada)
    contests.withdraw_entry(three, by=ada)
    jurors = jury(2)
    contests.exclude(two, by=SYSTEM, reason="Consegnata fuori regola.")
    judging(one)
    with pytest.raises(IllegalMove):
        actions.save_sheet(jurors[0], two, marks(9, 9, 9, 9, 9), is_final=True)
    for juror in jurors:
        actions.save_sheet(juror, one, marks(5, 5, 5, 5, 5), is_final=True)
    actions.deliberate(hackathon, by=SYSTEM)

    assert [row.entry for row in RankedEntry.objects.all()] == [one]


def test_a_replaced_juror_s_sheets_are_void_not_changed(hackathon, enter, jury, judging):
    one, two = enter("Alfa"), enter("Beta")
    jurors = jury(3)
    judging(one, two)
    for juror, entry in product(jurors, (one, two)):
        kind = marks(9, 9, 9, 9, 9) if (juror, entry) == (jurors[2], two) else marks(5, 5, 5, 5, 5)
        actions.save_sheet(juror, entry, kind, is_final=True)
    assert rank_now(hackathon)["app"][0].entry == str(two.pk)

    assert actions.replace_juror(jurors[2], by=SYSTEM) == 2

    assert {one.total for one in rank_now(hackathon)["app"]} == {50}
    assert Sheet.objects.filter(is_void=True, state=SheetState.SUBMITTED).count() == 2
    with pytest.raises(IllegalMove):
        actions.save_sheet(jurors[2], one, marks(1, 1, 1, 1, 1), is_final=True)


def test_the_fixture_is_reproduced_through_the_rows(hackathon, enter, jury, judging):
    case = FIXTURE["full_coverage_mean"]
    entries = {name: enter(name) for name in case["sheets"]}
    jurors = dict(zip(("J1", "J2", "J3"), jury(3), strict=True))
    judging(*entries.values())
    for name, given in case["sheets"].items():
        for juror, values in given.items():
            actions.save_sheet(jurors[juror], entries[name], marks(*values), is_final=True)

    actions.deliberate(hackathon, by=SYSTEM)

    ranked = list(RankedEntry.objects.order_by("rank"))
    assert [row.entry.team.name for row in ranked] == case["expected_order"]
    assert {row.entry.team.name: row.points for row in ranked} == case["expected_total_2dec"]
    assert {row.entry.team.name: row.value for row in ranked} == case["expected_total_fraction"]


def test_each_category_has_its_ranking_and_the_president_orders_what_is_equal(hackathon, enter, jury, judging, staff):
    one, two, story = enter("Alfa"), enter("Beta"), enter("Racconto", "storytelling")
    jurors = jury(2)
    judging(one, two, story)
    for juror, entry in product(jurors, (one, two, story)):
        actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True)
    assert [row.rank for row in rank_now(hackathon)["app"]] == [1, 1]
    with pytest.raises(Missing):
        actions.decide(hackathon, "app", [two.pk, one.pk], by=staff, reason=" ")

    actions.decide(hackathon, "app", [two.pk, one.pk], by=staff, reason="Più vicina ai bisogni dei Comuni.")
    actions.deliberate(hackathon, by=staff)

    rows = RankedEntry.objects.order_by("category", "rank").values_list(
        "category", "rank", "entry__team__name", "decided_by"
    )
    assert list(rows) == [
        ("app", 1, "Beta", ""),
        ("app", 2, "Alfa", "president"),
        ("storytelling", 1, "Racconto", ""),
    ]


def test_what_is_published_has_minutes_and_its_works_are_in_the_gallery(hackathon, enter, jury, judging, staff):
    entry = enter("Alfa")
    jurors = jury(2)
    judging(entry)
    for juror in jurors:
        actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True)
    with pytest.raises(IllegalMove):
        actions.publish_ranking(hackathon, by=staff, minutes="Verbale.")
    actions.deliberate(hackathon, by=staff)
    with pytest.raises(Missing):
        actions.publish_ranking(hackathon, by=staff, minutes="")

    actions.publish_ranking(hackathon, by=staff, minutes="La giuria si è riunita.")

    assert hackathon.state == HackathonState.PUBLISHED
    assert Entry.objects.get().state == EntryState.RANKED
    assert [work.title for work in Work.objects.published()] == ["Alfa"]
    assert Work.objects.get().datasets.filter(is_main=True).get().dataset.identifier == "c_e506:alberi"


def test_not_even_the_desk_writes_a_mark(hackathon, enter, jury, judging, staff):
    entry = enter("Alfa")
    jury(1)
    judging(entry)
    invited, _secret, _code = actions.invite_juror(hackathon, by=staff, office="Nuovo", email="n@example.org")
    actions.accept_juror(invited, user=User.objects.get(pk=staff.user_id))

    assert invited.state == JurorState.ACCEPTED
    with pytest.raises(IllegalMove):
        actions.save_sheet(invited, entry, marks(9, 9, 9, 9, 9), is_final=True)


def test_nobody_abstains_once_the_ranking_is_fixed(hackathon, enter, jury, judging):
    entry = enter("Alfa")
    jurors = jury(2)
    judging(entry)
    for juror in jurors:
        actions.save_sheet(juror, entry, marks(5, 5, 5, 5, 5), is_final=True)
    actions.deliberate(hackathon, by=SYSTEM)

    with pytest.raises(IllegalMove):
        actions.declare_conflicts(jurors[0], {entry.team_id: "tardi"})
    assert Sheet.objects.filter(state=SheetState.SUBMITTED).count() == 2
