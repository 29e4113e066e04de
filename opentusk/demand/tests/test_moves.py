"""Proves that wishes move only as the table says, by whom it says, and that each move leaves an entry."""

import csv
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from opentusk.bodies.permissions import can_decide_privacy_for, can_manage_members, can_write_for
from opentusk.catalog.actions import create_draft, withdraw
from opentusk.catalog.permissions import can_edit, editable_datasets
from opentusk.catalog.tests.records import trees
from opentusk.demand import actions
from opentusk.demand.errors import AnotherHolder, DatasetNotPublic, DemandRefusal, IllegalMove, NotAllowed, WordsMissing
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import MOVES, Move, RefusalReason, State
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[4] / "shared/samples/participation/basket_transitions.csv"


def test_the_table_is_that_of_the_reference():
    with SAMPLE.open(newline="") as lines:
        expected = {(row["from"], row["action"]): row["to"] for row in csv.DictReader(lines)}

    assert {(str(state), str(move)): str(after) for (state, move), after in MOVES.items()} == expected


@pytest.fixture
def put(wish, lecce):
    """A wish in any state, as it would be there."""

    def make(state):
        columns = {"state": state}
        if state in {State.ASSIGNED, State.IN_PROGRESS, State.PUBLISHED, State.VERIFIED}:
            columns |= {"assigned_body": lecce, "due_on": date(2030, 1, 1)}
        if state == State.MERGED:
            columns |= {"merged_into": wish("Un altro"), "merged_at": "2099-01-01T00:00:00Z"}
        if state == State.REFUSED:
            columns |= {"refusal_reason": RefusalReason.NOT_HELD}
        return wish(**columns)

    return make


@pytest.fixture
def moves(wish, lecce, published):
    """How each thing is done to a wish."""

    def link(item, by):
        actions.link(item, published, by=by)

    def verify(item, by):
        WantedDataset.objects.get(pk=item.pk).links.create(
            dataset=published, dataset_uri="x", title="t", publisher="p", linked_by="test"
        )
        actions.verify(item, by=by)

    return {
        Move.ACCEPT: lambda item, by: actions.accept(item, by=by),
        Move.MERGE: lambda item, by: actions.merge(item, wish("Il bersaglio"), by=by),
        Move.REFUSE: lambda item, by: actions.refuse(item, by=by, reason=RefusalReason.NOT_HELD, answer="Non c'è."),
        Move.ASSIGN: lambda item, by: actions.assign(item, lecce, by=by),
        Move.LINK_EXISTING: link,
        Move.LINK: link,
        Move.START: lambda item, by: actions.start(item, by=by, due_on=date(2030, 1, 1)),
        Move.DECLINE: lambda item, by: actions.decline(item, by=by, note="Non è nostro."),
        Move.VERIFY: verify,
        Move.REOPEN: lambda item, by: actions.reopen(item, by=by, note="Non è questo."),
        Move.RECONSIDER: lambda item, by: actions.reconsider(item, by=by, note="Ci abbiamo ripensato."),
        Move.UNMERGE: lambda item, by: actions.unmerge(item, by=by),
    }


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_invariant_10_every_pair_of_state_and_move_that_is_not_in_the_table_is_refused(put, moves, staff, state, move):
    item = put(state)
    entries = Entry.objects.about(item).count()

    if (state, move) in MOVES:
        moves[move](item, staff)
        assert item.state == WantedDataset.objects.get(pk=item.pk).state == MOVES[(state, move)]
        assert Entry.objects.about(item).count() == entries + 1
    elif {state, move} in ({State.IN_BASKET, Move.LINK}, {State.ASSIGNED, Move.LINK_EXISTING}) or (
        move in {Move.LINK, Move.LINK_EXISTING} and (state, Move.LINK if move == Move.LINK_EXISTING else move) in MOVES
    ):
        # Which of the two it is follows from the state: there is one verb.
        moves[move](item, staff)
        assert item.state == State.PUBLISHED
    else:
        with pytest.raises(IllegalMove):
            moves[move](item, staff)
        assert WantedDataset.objects.get(pk=item.pk).state == state


ALL = ("staff", "moderator", "facilitator", "referent", "stranger", "citizen", "anonymous")
MAY = {
    (State.PROPOSED, Move.ACCEPT): {"staff", "moderator", "facilitator"},
    (State.PROPOSED, Move.MERGE): {"staff", "moderator", "facilitator"},
    (State.PROPOSED, Move.REFUSE): {"staff", "moderator"},
    (State.ASSIGNED, Move.START): {"staff", "referent"},
    (State.ASSIGNED, Move.DECLINE): {"staff", "referent"},
    (State.ASSIGNED, Move.LINK): {"staff", "referent"},
    (State.IN_PROGRESS, Move.LINK): {"staff", "referent"},
}


@pytest.mark.parametrize(("state", "move"), list(MOVES))
def test_invariant_10_only_who_may_moves_a_wish(put, moves, request, state, move):
    may = MAY.get((state, move), {"staff"})
    for name in ALL:
        item = put(state)
        by = ANONYMOUS if name == "anonymous" else request.getfixturevalue(name)
        if name in may:
            moves[move](item, by)
            assert item.state == MOVES[(state, move)]
        else:
            with pytest.raises(NotAllowed):
                moves[move](item, by)


def test_invariant_23_a_role_in_one_body_gives_nothing_on_another(put, moves, referent, lecce, bari, published):
    elsewhere = create_draft(trees("c_a662:alberi"), holder=bari, by=SYSTEM)
    asks = (can_write_for, can_decide_privacy_for, can_manage_members)

    assert [ask(referent, lecce) for ask in asks] == [True] * len(asks)
    assert [ask(referent, bari) for ask in asks] == [False] * len(asks)
    assert (can_edit(referent, published), can_edit(referent, elsewhere)) == (True, False)
    assert list(editable_datasets(referent)) == [published]
    for state, move in ((State.ASSIGNED, Move.START), (State.ASSIGNED, Move.DECLINE), (State.IN_PROGRESS, Move.LINK)):
        item = put(state)
        WantedDataset.objects.filter(pk=item.pk).update(assigned_body=bari)
        with pytest.raises(NotAllowed):
            moves[move](item, referent)


def test_whoever_wished_may_verify(put, published, citizen):
    item = put(State.PUBLISHED)
    WantedDataset.objects.filter(pk=item.pk).update(proponent=citizen.user_id)
    item.links.create(dataset=published, dataset_uri="x", title="t", publisher="p", linked_by="test")

    actions.verify(item, by=citizen)

    assert item.state == State.VERIFIED


@pytest.mark.parametrize("answer", ["", "   "])
def test_invariant_08_a_refusal_has_a_reason_and_an_answer(put, staff, answer):
    item = put(State.IN_BASKET)

    with pytest.raises(WordsMissing):
        actions.refuse(item, by=staff, reason=RefusalReason.SECURITY, answer=answer)

    assert WantedDataset.objects.get(pk=item.pk).state == State.IN_BASKET


def test_invariant_08_already_published_has_a_dataset_that_resolves(put, staff, published):
    item, reason = put(State.IN_BASKET), RefusalReason.ALREADY_PUBLISHED
    with pytest.raises(WordsMissing):
        actions.refuse(item, by=staff, reason=reason, answer="C'è già.")

    actions.refuse(item, by=staff, reason=reason, answer="C'è già.", dataset=published)

    link = item.links.get()
    assert (link.dataset, link.title) == (published, "Alberi del verde pubblico")
    assert link.dataset_uri.endswith(f"/id/dataset/{published.uuid}")


def test_invariant_09_published_needs_a_dataset_that_is_public_now(put, staff, published):
    withdraw(published, by=SYSTEM, reason="Sbagliato.")

    with pytest.raises(DatasetNotPublic):
        actions.link(put(State.ASSIGNED), published, by=staff)


def test_invariant_09_the_dataset_is_of_the_body_that_was_asked_or_the_desk_says_why(
    put, staff, stranger, bari, published
):
    item = put(State.ASSIGNED)
    WantedDataset.objects.filter(pk=item.pk).update(assigned_body=bari)
    for by, note in ((stranger, "Va bene lo stesso."), (staff, " ")):
        with pytest.raises(AnotherHolder):
            actions.link(item, published, by=by, note=note)

    actions.link(item, published, by=staff, note="Lecce pubblica per tutta la provincia.")

    assert item.state == State.PUBLISHED


@pytest.mark.parametrize("is_verified", [False, True])
def test_invariant_09_a_dataset_that_is_withdrawn_reopens_what_it_answered(put, staff, published, is_verified):
    item = put(State.ASSIGNED)
    actions.link(item, published, by=staff)
    if is_verified:
        actions.verify(item, by=staff)
    withdraw(published, by=SYSTEM, reason="Sbagliato.")

    assert actions.reopen_without_data({published.pk}) == 1
    assert actions.reopen_without_data({published.pk}) == 0
    item.refresh_from_db()
    assert (item.state, item.links.holding().count(), item.links.count()) == (State.IN_PROGRESS, 0, 1)
    assert Entry.objects.about(item).filter(event="demand.reopened", is_public=True).exists()


def test_a_body_that_has_another_dataset_for_it_links_it_again(put, staff, published):
    item = put(State.ASSIGNED)
    actions.link(item, published, by=staff)
    actions.reopen(item, by=staff, note="Manca la specie.")

    actions.link(item, published, by=staff)

    assert (item.state, item.links.count(), item.links.holding().count()) == (State.PUBLISHED, 2, 1)


def test_every_refusal_is_of_the_room():
    assert all(issubclass(kind, DemandRefusal) for kind in (IllegalMove, NotAllowed, WordsMissing, DatasetNotPublic))
