"""Proves that rankings are exact, follow the ladder, and depend on nothing but the marks."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.judging import (
    Combination,
    Criterion,
    Sheet,
    can_all_see_all,
    check_criteria,
    jurors_needed,
    points,
    rank_entries,
    z_values,
)

FIXTURE = json.loads(
    (Path(__file__).resolve().parents[4] / "shared/samples/participation/fixture_judging.json").read_text()
)
WEIGHTS = FIXTURE["full_coverage_mean"]["weights"]
CRITERIA = tuple(Criterion(code=code, weight=Fraction(weight)) for code, weight in WEIGHTS.items())


def sheets_of(case) -> list[Sheet]:
    return [
        Sheet(juror=juror, entry=entry, scores=dict(zip(case["criteria"], map(Fraction, marks), strict=True)))
        for entry, jurors in case["sheets"].items()
        for juror, marks in jurors.items()
    ]


def test_the_fixture_with_full_coverage_is_reproduced_exactly():
    case = FIXTURE["full_coverage_mean"]

    standings = rank_entries(CRITERIA, sheets_of(case))

    assert [one.entry for one in standings] == case["expected_order"]
    assert {one.entry: one.total for one in standings} == {
        entry: Fraction(total) for entry, total in case["expected_total_fraction"].items()
    }
    assert {one.entry: points(one.total) for one in standings} == case["expected_total_2dec"]


def test_the_fixture_with_equal_totals_goes_down_the_ladder():
    case = FIXTURE["tie_break_by_weight"]

    standings = rank_entries(CRITERIA, sheets_of(case))

    assert [(one.entry, one.rank, one.decided_by) for one in standings] == [("E1", 1, ""), ("E2", 2, "open_data")]
    assert {one.total for one in standings} == {Fraction(69)}


def test_the_fixture_with_partial_coverage_is_reproduced():
    case = FIXTURE["partial_coverage_zscore"]
    totals = {
        juror: {entry: Fraction(value) for entry, value in given.items()}
        for juror, given in case["totals_by_juror"].items()
    }

    found = z_values(totals)

    assert {entry: round(float(value), 6) for entry, value in found.items()} == case["z_mean"]
    assert sorted(found, key=lambda entry: -found[entry]) == case["z_order"]


def test_the_fixture_with_partial_coverage_ranks_by_either_rule():
    case = FIXTURE["partial_coverage_zscore"]
    only = (Criterion(code="total", weight=Fraction(100), max_score=Fraction(100)),)
    sheets = [
        Sheet(juror=juror, entry=entry, scores={"total": Fraction(value)})
        for juror, given in case["totals_by_juror"].items()
        for entry, value in given.items()
    ]

    assert [one.entry for one in rank_entries(only, sheets)] == case["raw_order"]
    assert [one.entry for one in rank_entries(only, sheets, combination=Combination.ZSCORE)] == case["z_order"]


def test_jurors_who_put_it_first_decide_then_the_president_then_nobody():
    even = (Criterion(code="a", weight=Fraction(50)), Criterion(code="b", weight=Fraction(50)))

    def sheet(juror, entry, mark):
        return Sheet(juror=juror, entry=entry, scores={"a": Fraction(mark), "b": Fraction(mark)})

    sheets = [
        *(sheet("J1", entry, mark) for entry, mark in (("E1", 9), ("E2", 5), ("E3", 6))),
        *(sheet("J2", entry, mark) for entry, mark in (("E1", 5), ("E2", 9), ("E3", 8))),
    ]

    undecided = rank_entries(even, sheets)
    decided = rank_entries(even, sheets, president={"E2": 1, "E1": 2})

    assert [(one.entry, one.rank, one.decided_by) for one in undecided] == [
        ("E1", 1, ""),
        ("E2", 1, ""),
        ("E3", 3, "first_places"),
    ]
    assert [(one.entry, one.rank, one.decided_by) for one in decided][:2] == [("E2", 1, ""), ("E1", 2, "president")]


MARKS = st.integers(0, 10).map(Fraction)
ENTRIES = ("E1", "E2", "E3", "E4")
JURORS = ("J1", "J2", "J3")


@st.composite
def full_coverage(draw, highest: int = 10):
    marks = st.integers(0, highest).map(Fraction)
    return [
        Sheet(juror=juror, entry=entry, scores={one.code: draw(marks) for one in CRITERIA})
        for juror in JURORS
        for entry in ENTRIES
    ]


@given(full_coverage(), st.randoms(), st.sampled_from(Combination))
def test_invariant_21_the_order_of_the_rows_decides_nothing(sheets, random, combination):
    shuffled = sheets[:]
    random.shuffle(shuffled)

    assert rank_entries(CRITERIA, shuffled, combination=combination) == rank_entries(
        CRITERIA, sheets, combination=combination
    )


@given(full_coverage(highest=7), st.integers(1, 3), st.sampled_from(JURORS), st.sampled_from(Combination))
def test_invariant_21_a_constant_added_by_one_juror_changes_no_place(sheets, more, juror, combination):
    kinder = [
        replace(sheet, scores={code: mark + more for code, mark in sheet.scores.items()})
        if sheet.juror == juror
        else sheet
        for sheet in sheets
    ]

    def places(given):
        return [(one.entry, one.rank) for one in rank_entries(CRITERIA, given, combination=combination)]

    assert places(kinder) == places(sheets)


@given(full_coverage())
def test_totals_run_from_nothing_to_a_hundred_and_ranks_count_on(sheets):
    standings = rank_entries(CRITERIA, sheets)

    assert all(0 <= one.total <= 100 and one.sheets == len(JURORS) for one in standings)
    assert [one.total for one in standings] == sorted((one.total for one in standings), reverse=True)
    assert all(one.rank == 1 + sum(other.rank < one.rank for other in standings) for one in standings)


@pytest.mark.parametrize("weights", [(50, 49), (100, 0), (60, 60)])
def test_weights_that_do_not_hold_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        check_criteria([Criterion(code=str(n), weight=Fraction(weight)) for n, weight in enumerate(weights)])


@pytest.mark.parametrize("mark", [Fraction(-1), Fraction(11), Fraction(1, 2)])
def test_a_mark_beyond_the_scale_or_between_its_steps_is_refused(mark):
    scores = {one.code: Fraction(5) for one in CRITERIA} | {"pitch": mark}

    with pytest.raises(ValueError, match="E1, J1: pitch"):
        rank_entries(CRITERIA, [Sheet(juror="J1", entry="E1", scores=scores)])


def test_the_clock_says_how_many_jurors():
    assert can_all_see_all(entries=19, minutes_each=Fraction(6), minutes_of_judging=Fraction(114))
    assert not can_all_see_all(entries=20, minutes_each=Fraction(6), minutes_of_judging=Fraction(114))
    assert (
        jurors_needed(entries=19, sheets_per_entry=3, minutes_each=Fraction(6), minutes_of_judging=Fraction(114)) == 3
    )
    assert (
        jurors_needed(entries=20, sheets_per_entry=3, minutes_each=Fraction(6), minutes_of_judging=Fraction(114)) == 4
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(403, 6), "67.17"), (Fraction(125, 1000), "0.13"), (Fraction(-1, 1000), "0.00"), (Fraction(64), "64.00")],
)
def test_points_are_shown_with_two_decimals_half_up(value, shown):
    assert points(value) == shown
