"""Proves that works come into the gallery through the desk, with their datasets as they were."""

from itertools import product

import pytest

from opentusk.catalog.actions import withdraw
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.models import User
from opentusk.reuse import actions
from opentusk.reuse.errors import DatasetNotPublic, IllegalMove, Missing, NotAllowed
from opentusk.reuse.models import Work
from opentusk.reuse.states import WORK_MOVES, WorkState

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(maker, datasets) -> Work:
    made = actions.draft_work(by=maker, title="Ombra in città", abstract="Dove c'è ombra.", kind="web_app")
    actions.set_datasets(made, datasets, by=maker, main=datasets[0])
    return made


DO = {
    WorkState.PROPOSED: lambda work, by: actions.propose_work(work, by=by),
    WorkState.PUBLISHED: lambda work, by: actions.publish_work(work, by=by),
    WorkState.REFUSED: lambda work, by: actions.refuse_work(work, by=by, reason="Non usa dati aperti."),
    WorkState.ARCHIVED: lambda work, by: actions.archive_work(work, by=by, reason="Non c'è più."),
}


@pytest.mark.parametrize(("before", "after"), list(product(WorkState, DO)))
def test_every_pair_of_states_that_is_not_in_the_table_is_refused(work, staff, before, after):
    Work.objects.update(state=before)

    if after in WORK_MOVES[before]:
        with pytest.raises(NotAllowed):
            DO[after](work, ANONYMOUS)
        DO[after](work, staff)
        assert Work.objects.get().state == work.state == after
    else:
        with pytest.raises(IllegalMove):
            DO[after](work, staff)


def test_anyone_with_an_account_proposes_and_the_desk_publishes(work, maker, staff):
    actions.propose_work(work, by=maker)
    with pytest.raises(NotAllowed):
        actions.publish_work(work, by=maker)
    actions.publish_work(work, by=staff)

    assert list(Work.objects.published()) == [work]
    told = Entry.objects.get(event="reuse.published")
    assert (told.is_public, sorted(told.facts["datasets"])) == (True, ["c_e506:alberi", "c_e506:parchi"])
    with pytest.raises(NotAllowed):
        actions.change_work(work, by=maker, title="Altro")


def test_what_is_needed_is_asked_for(maker, datasets):
    with pytest.raises(NotAllowed):
        actions.draft_work(by=ANONYMOUS, title="Ombra")
    with pytest.raises(Missing):
        actions.draft_work(by=maker, title=" ")
    work = actions.draft_work(by=maker, title="Ombra")
    with pytest.raises(Missing):
        actions.propose_work(work, by=maker)
    actions.change_work(work, by=maker, abstract="Dove c'è ombra.")
    with pytest.raises(Missing):
        actions.propose_work(work, by=maker)


def test_a_dataset_is_public_when_it_is_said_and_stays_when_it_goes(work, maker, datasets):
    withdraw(datasets[0], by=SYSTEM, reason="Sbagliato.")
    gone = type(datasets[0]).objects.get(pk=datasets[0].pk)
    other = actions.draft_work(by=maker, title="Altro")
    with pytest.raises(DatasetNotPublic):
        actions.set_datasets(other, [gone], by=maker)

    actions.set_datasets(work, [gone], by=maker, main=gone)

    kept = work.datasets.get()
    assert (kept.title, kept.publisher, kept.is_main) == ("Alberi del verde pubblico", "Comune di Lecce", True)


def test_datasets_of_other_portals_stand_beside_ours(work, maker, datasets):
    istat = actions.Elsewhere(uri="https://www.istat.it/d/1", title="Popolazione", publisher="Istat")
    actions.set_datasets(work, datasets[:1], by=maker, main=datasets[0], elsewhere=[istat])

    assert set(work.datasets.values_list("title", "is_portal", "is_main")) == {
        ("Alberi del verde pubblico", True, True),
        ("Popolazione", False, False),
    }


def test_works_with_one_name_have_addresses_of_their_own(maker):
    one, other = (actions.draft_work(by=maker, title="Ombra in città") for _time in range(2))

    assert one.slug == "ombra-in-citta"
    assert other.slug.startswith("ombra-in-citta-")


def test_whoever_leaves_leaves_the_work(work, maker, staff):
    actions.propose_work(work, by=maker)
    actions.publish_work(work, by=staff)
    user = User.objects.get(pk=maker.user_id)

    actions.forget(user, "tomba")

    assert list(Work.objects.published().values_list("contact", flat=True)) == [None]
    assert actions.export(user) == {"riusi": []}
