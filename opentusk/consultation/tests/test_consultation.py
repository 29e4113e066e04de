"""Proves that a consultation is open by the clock, that answers come together, and that a report never changes."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import pytest
from django.db import connections
from django.utils import timezone

from opentusk.comments import actions as comments
from opentusk.comments.models import Comment
from opentusk.consultation import actions
from opentusk.consultation.actions.reporting import counts_of
from opentusk.consultation.counting import canonical, hash_of
from opentusk.consultation.errors import IllegalMove, Missing, NotAllowed, NotHere, NotOpen
from opentusk.consultation.models import Consultation, MilestoneReport
from opentusk.consultation.tests.conftest import person
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.errors import TooLate
from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.journal.actors import SYSTEM
from opentusk.journal.subjects import card_of
from opentusk.people.actors import actor_of
from opentusk.people.belonging import leave
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


def acts(consultation, item, by, now):
    """Everything that people do in an open consultation."""
    proposal = consultation.proposals.get(theme="ENVI")
    return (
        lambda: actions.endorse_wish(consultation, item, by=by, now=now),
        lambda: actions.withdraw_from_wish(consultation, item, by=by, now=now),
        lambda: actions.endorse_proposal(proposal, by=by, now=now),
        lambda: actions.withdraw_from_proposal(proposal, by=by, now=now),
        lambda: actions.propose_wish(consultation, Wish(title="Bus", theme="TRAN"), by=by, now=now),
        lambda: actions.comment_on(consultation, item, "Serve la specie.", by=by, now=now),
        lambda: actions.comment_on(consultation, proposal, "Bel tema.", by=by, now=now),
    )


def test_invariant_02_it_is_open_from_its_instant_to_its_instant_for_everything(consultation, wish, dora):
    item, a_bit = wish(), timedelta(microseconds=1)
    for moment in (consultation.opens_at, consultation.closes_at - a_bit):
        for act in acts(consultation, item, dora, moment):
            act()
    for moment in (consultation.opens_at - a_bit, consultation.closes_at, consultation.closes_at + timedelta(days=9)):
        for act in acts(consultation, item, dora, moment):
            with pytest.raises(NotOpen):
                act()


@pytest.mark.parametrize("switch", ["allow_new", "allow_comment", "allow_endorse"])
def test_invariant_02_a_switch_closes_what_it_says(consultation, wish, dora, switch):
    consultation = actions.change_consultation(consultation, by=SYSTEM, **{switch: False})
    item = wish()
    refused = 0
    for act in acts(consultation, item, dora, timezone.now()):
        try:
            act()
        except NotOpen:
            refused += 1

    assert refused == {"allow_new": 1, "allow_comment": 2, "allow_endorse": 4}[switch]


PHASE = Consultation.Phase
# From a phase to another by the clock, by the desk's verbs, or by moving the instants: never back.
MAY_BECOME = {
    PHASE.DRAFT: {PHASE.SCHEDULED},
    PHASE.SCHEDULED: {PHASE.SCHEDULED, PHASE.OPEN, PHASE.CLOSED},
    PHASE.OPEN: {PHASE.OPEN, PHASE.CLOSED},
    PHASE.CLOSED: {PHASE.CLOSED, PHASE.REPORTED},
    PHASE.REPORTED: set(),
}


def instants_of(phase):
    """When it opens and closes, so that it is in this phase now."""
    opens, closes = {PHASE.OPEN: (-1, 1), PHASE.CLOSED: (-2, -1), PHASE.REPORTED: (-2, -1)}.get(phase, (1, 2))
    now = timezone.now()
    return {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}


@pytest.mark.parametrize(("before", "after"), list(product(PHASE, [phase for phase in PHASE if phase != PHASE.DRAFT])))
def test_every_pair_of_phases_that_is_not_in_the_table_is_refused(table, staff, before, after):
    made = actions.create_consultation(by=SYSTEM, slug="x", edition="2023", title="X", **instants_of(before))
    if before != PHASE.DRAFT:
        actions.schedule(made, by=SYSTEM)
    if before == PHASE.REPORTED:
        actions.freeze_report(made, by=SYSTEM)
    assert made.phase(timezone.now()) == before

    def move():
        if after == PHASE.REPORTED:
            actions.freeze_report(made, by=staff)
        elif after == PHASE.SCHEDULED and before == PHASE.DRAFT:
            actions.schedule(made, by=staff)
        else:
            actions.change_consultation(made, by=staff, **instants_of(after))

    if after in MAY_BECOME[before]:
        move()
    elif before == PHASE.DRAFT and after != PHASE.REPORTED:
        move()  # a draft has whatever instants: it stays a draft until it is announced
        after = PHASE.DRAFT
    else:
        with pytest.raises(IllegalMove):
            move()
        after = before
    assert Consultation.objects.get(pk=made.pk).phase(timezone.now()) == after


def test_a_draft_is_open_for_nobody(table, wish, dora):
    now = timezone.now()
    draft = actions.create_consultation(
        by=SYSTEM, slug="x", edition="2023", title="X", opens_at=now, closes_at=now + timedelta(days=1)
    )

    with pytest.raises(NotOpen):
        actions.endorse_wish(draft, wish(), by=dora, now=now)


def test_what_was_merged_refused_hidden_or_is_of_another_edition_is_not_here(consultation, wish, dora):
    merged, refused, hidden = wish("Uno"), wish("Due"), wish("Tre")
    demand.merge(merged, wish("Quattro"), by=SYSTEM)
    demand.refuse(refused, by=SYSTEM, reason="not_held", answer="Non c'è.")
    demand.hide(hidden, by=SYSTEM)

    for item in (merged, refused, hidden):
        with pytest.raises(NotHere):
            actions.endorse_wish(consultation, item, by=dora)


def test_one_endorsement_each_and_it_can_be_taken_back(consultation, wish, dora):
    item = wish()

    assert [actions.endorse_wish(consultation, item, by=dora) for _time in range(2)] == [True, False]
    assert actions.withdraw_from_wish(consultation, item, by=dora)
    assert not Endorsement.objects.exists()


def test_a_wish_of_a_consultation_says_so_and_waits_to_be_examined(consultation, dora):
    item = actions.propose_wish(consultation, Wish(title="Bus", theme="TRAN"), by=dora)

    assert (item.origin, item.state, item.consultation) == (
        "consultation",
        "proposed",
        f"consultation.consultation:{consultation.pk}",
    )


def test_answers_are_published_together_after_the_closing(consultation, staff, dora):
    proposals = list(consultation.proposals.order_by("theme"))
    with pytest.raises(NotAllowed):
        actions.write_answer(proposals[0], "Sì.", by=dora)
    for proposal in proposals[1:]:
        actions.write_answer(proposal, "Sì.", by=staff)
    with pytest.raises(IllegalMove):
        actions.publish_answers(consultation, by=staff)
    after = consultation.closes_at
    with pytest.raises(Missing) as refusal:
        actions.publish_answers(consultation, by=staff, now=after)
    assert refusal.value.fields == (proposals[0].theme,)
    actions.write_answer(proposals[0], "Anche.", by=staff)

    actions.publish_answers(consultation, by=staff, now=after)

    assert set(consultation.proposals.values_list("answer_published_at", flat=True)) == {after}
    with pytest.raises(IllegalMove):
        actions.write_answer(proposals[0], "Ripensandoci.", by=staff)


@pytest.fixture
def reported(consultation, wish, staff) -> MilestoneReport:
    """A report on three wishes, of which two were merged, with support and comments."""
    one, two, three = wish("Alberi"), wish("Alberi monumentali"), wish("Bus", "TRAN")
    people = [person(f"p{n}") for n in range(3)]
    for supporter in people:
        actions.endorse_wish(consultation, one, by=supporter)
    actions.endorse_wish(consultation, two, by=people[0])
    actions.endorse_proposal(consultation.proposals.get(theme="TRAN"), by=people[1])
    actions.comment_on(consultation, three, "Anche la notte.", by=people[2])
    demand.merge(one, two, by=staff)
    actions.change_consultation(consultation, by=SYSTEM, closes_at=timezone.now())
    consultation.refresh_from_db()
    return actions.freeze_report(consultation, by=staff)


def test_invariant_05_sums_over_themes_and_origins_are_the_basket(reported):
    counts = json.loads(reported.counts)

    assert counts["basket"] == 2
    assert sum(counts["by_theme"].values()) == sum(counts["by_origin"].values()) == 2
    assert (counts["endorsements"], counts["endorsers"], counts["comments"], counts["merged"]) == (4, 3, 1, 1)
    assert len(counts["by_theme"]) == 13


def test_invariant_07_a_report_never_changes_whatever_happens_later(reported, consultation, wish, staff):
    assert reported.sha256 == hash_of(reported.counts)
    kept, other = WantedDataset.objects.get(title="Alberi monumentali"), WantedDataset.objects.get(title="Bus")
    demand.merge(kept, other, by=staff)
    demand.hide(wish("Arrivata dopo"), by=staff)
    said = Comment.objects.get()
    comments.delete(said, by=actor_of(said.author))
    for user in User.objects.filter(email__in=[f"p{n}@example.org" for n in range(3)]):
        leave(user)
    wish("Un'altra")

    again = canonical(counts_of(consultation, reported.as_of))

    assert again == reported.counts
    assert canonical(counts_of(consultation, timezone.now())) != reported.counts


def test_invariant_07_mergers_are_not_undone_after_the_report(reported, staff):
    with pytest.raises(TooLate):
        demand.unmerge(WantedDataset.objects.get(title="Alberi"), by=staff)


def test_a_report_is_made_once_and_only_when_it_is_closed(consultation, staff):
    with pytest.raises(IllegalMove):
        actions.freeze_report(consultation, by=staff)
    actions.freeze_report(consultation, by=staff, now=consultation.closes_at)

    with pytest.raises(IllegalMove):
        actions.freeze_report(consultation, by=staff, now=consultation.closes_at)
    assert consultation.state == Consultation.State.REPORTED


def test_counts_may_wait_for_the_end(consultation):
    consultation.hide_counts = True

    assert [consultation.shows_counts(moment) for moment in (consultation.opens_at, consultation.closes_at)] == [
        False,
        True,
    ]


def test_other_rooms_find_the_consultation_and_its_themes(consultation):
    proposal = consultation.proposals.get(theme="ENVI")

    assert card_of(f"consultation.consultation:{consultation.pk}").url == "/consultazioni/consultazione-2023"
    assert card_of(f"consultation.thematicproposal:{proposal.pk}").url == "/consultazioni/consultazione-2023/ENVI"


@pytest.mark.django_db(transaction=True)
def test_invariant_01_one_endorsement_per_person_also_at_once(consultation, wish, dora):
    item = wish()

    def run(_time):
        try:
            return actions.endorse_wish(consultation, item, by=dora)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, range(4))) == [False, False, False, True]
