"""Proves that wishes made at a table are kept once, without a person, and that mergers double nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from opentusk.comments.actions import post
from opentusk.demand import actions
from opentusk.demand.actions import Wish
from opentusk.demand.errors import (
    CannotMerge,
    IllegalMove,
    TooLate,
)
from opentusk.demand.likeness import most_alike
from opentusk.demand.models import Basket, Endorsement, UseCase, WantedDataset
from opentusk.demand.states import IN_THE_BASKET, Origin, State
from opentusk.journal.models import Entry, reference_of
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


def test_own_words_are_corrected_for_half_an_hour(wish):
    item = wish("Alberi")
    actions.correct_own(item, Wish(title="Alberi monumentali", theme="ENVI"))

    with pytest.raises(TooLate):
        actions.correct_own(item, Wish(title="Tardi"), now=item.created_at + timedelta(minutes=30))
    assert WantedDataset.objects.get().title == "Alberi monumentali"


def test_a_request_has_the_legal_clock(basket, citizen):
    item = actions.propose(basket, Wish(title="Orari dei bus", theme="TRAN"), by=citizen, origin=Origin.REQUEST)

    assert item.legal_due_on == timezone.localdate() + timedelta(days=30)
    assert (item.proponent_id, item.proponent_world) == (citizen.user_id, "citizens")


def test_likes_are_found_while_typing(wish):
    known = [wish("Orari degli autobus urbani"), wish("Alberi monumentali"), wish("Qualità dell'aria, dati orari")]

    found = most_alike("orario autobus", [(item, item.title) for item in known])

    assert [one.thing.title for one in found] == ["Orari degli autobus urbani"]
    assert most_alike("dati", [(item, item.title) for item in known]) == []


def people(number):
    return [actor_of(User.objects.create_user(f"p{n}@example.org")) for n in range(number)]


def test_invariant_05_a_merger_moves_support_and_doubles_nobody(wish, staff, citizen):
    first, second = wish("Alberi", state="in_basket"), wish("Alberi monumentali", state="in_basket")
    both, one, other = people(3)
    for item, supporters in ((first, (both, one)), (second, (both, other))):
        for person in supporters:
            actions.endorse(item, by=person)
    actions.add_reason(first, "Per le passeggiate.")
    post(reference_of(first), "Serve la specie.", by=citizen)

    actions.merge(first, second, by=staff)

    assert Endorsement.objects.on(reference_of(second)).count() == 3
    assert (second.use_cases.count(), first.state, first.merged_into) == (1, State.MERGED, second)
    actions.unmerge(first, by=staff)
    assert Endorsement.objects.on(reference_of(first)).count() == 2
    assert Endorsement.objects.on(reference_of(second)).count() == 2
    assert UseCase.objects.get().item == first


def test_invariant_05_no_circles_and_nothing_is_merged_into_what_is_not_there(wish, staff, lecce):
    one, two, three = (wish(name, state="in_basket") for name in ("Uno", "Due", "Tre"))
    actions.merge(one, two, by=staff)
    with pytest.raises(CannotMerge):
        actions.merge(two, two, by=staff)
    with pytest.raises(CannotMerge):
        actions.merge(two, one, by=staff)
    actions.merge(two, three, by=staff)

    assert WantedDataset.objects.get(pk=one.pk).merged_into == three
    elsewhere = wish("Altrove", state="in_basket", basket=Basket.objects.create(edition="2024"))
    with pytest.raises(CannotMerge):
        actions.merge(three, elsewhere, by=staff)


def test_a_merger_is_undone_for_a_month_and_until_the_report(wish, staff, basket):
    one, two = wish("Uno", state="in_basket"), wish("Due", state="in_basket")
    actions.merge(one, two, by=staff)
    with pytest.raises(TooLate):
        actions.unmerge(one, by=staff, now=timezone.now() + timedelta(days=30))
    actions.freeze(basket, at=timezone.now())

    with pytest.raises(TooLate):
        actions.unmerge(one, by=staff)


def test_invariant_05_themes_and_origins_sum_up_to_the_basket(wish, basket, citizen):
    for state in State:
        columns = {"refusal_reason": "security"} if state == State.REFUSED else {}
        columns |= {"merged_into": wish("Bersaglio"), "primary_theme": "TRAN"} if state == State.MERGED else {}
        agent = {"assigned_body_id": None} if state not in {"assigned", "in_progress"} else None
        if agent is None:
            from opentusk.bodies.models import Agent

            agent = {"assigned_body": Agent.objects.get_or_create(ipa_code="x", slug="x", name="X")[0]}
        wish(f"In {state}", state=state, **columns, **agent)
    wish("Nascosta", state="in_basket", is_hidden=True)
    item = actions.propose(basket, Wish(title="Bus", theme="TRAN"), by=citizen, origin=Origin.CONSULTATION)
    WantedDataset.objects.filter(pk=item.pk).update(state=State.IN_BASKET)

    rows = WantedDataset.objects.of_edition("2023").in_the_basket()

    by_theme = [rows.filter(primary_theme=code).count() for code in ("ENVI", "TRAN")]
    by_origin = [rows.filter(origin=origin).count() for origin in Origin]
    assert rows.count() == sum(by_theme) == sum(by_origin) == len(IN_THE_BASKET) + 1


def test_reminders_come_twice_then_everybody_reads_that_it_is_late(wish, lecce):
    due = timezone.localdate() + timedelta(days=20)
    item = wish(state="assigned", assigned_body=lecce, due_on=due)

    told = [len(actions.remind_late(due + timedelta(days=days))) for days in (-20, -14, -14, -10, -3, -2, 0, 1, 2)]

    assert told == [0, 1, 0, 0, 1, 0, 0, 1, 0]
    assert Entry.objects.about(item).filter(event="demand.overdue", is_public=True).count() == 1


def test_a_dataset_that_comes_is_suggested_once_and_never_linked(wish, lecce, published, staff):
    near = wish("Alberi del verde pubblico", state="in_basket")
    asked = wish("Verde urbano e alberi", state="assigned", assigned_body=lecce)
    wish("Qualità dell'aria", state="in_basket")

    assert actions.suggest_for({published.pk}) == 2
    assert actions.suggest_for({published.pk}) == 0
    assert {near.suggestions.count(), asked.suggestions.count()} == {1}
    assert WantedDataset.objects.get(pk=near.pk).state == State.IN_BASKET
    actions.dismiss_suggestion(near.suggestions.get(), by=staff)
    assert actions.suggest_for({published.pk}) == 0


def test_whoever_leaves_leaves_the_counts(wish, basket, citizen):
    item = wish(state="in_basket")
    actions.endorse(item, by=citizen)
    actions.propose(basket, Wish(title="Bus"), by=citizen, origin=Origin.REQUEST)
    user = User.objects.get(pk=citizen.user_id)
    given = actions.export(user)

    actions.forget(user, "tomba")

    assert {name: len(rows) for name, rows in given.items()} == {"voci proposte": 1, "sostegni": 1}
    assert actions.export(user) == {"voci proposte": [], "sostegni": []}
    assert (Endorsement.objects.count(), WantedDataset.objects.count()) == (1, 2)


def at_once(*acts):
    """What each of them gave, or the refusal that it met; all begin together."""

    def run(act):
        try:
            return act()
        except (CannotMerge, IllegalMove) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_invariant_01_a_second_endorsement_is_refused_by_the_database_itself(wish, citizen):
    item = wish(state="in_basket")
    actions.endorse(item, by=citizen)
    given = Endorsement.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.create(person_key=given.person_key, subject=given.subject)
    assert not actions.endorse(item, by=citizen)


@pytest.mark.django_db(transaction=True)
def test_invariant_01_two_endorsements_at_once_are_one(wish, citizen):
    item = wish(state="in_basket")

    news = at_once(*(lambda: actions.endorse(item, by=citizen) for _time in range(4)))

    assert sorted(news) == [False, False, False, True]
    assert Endorsement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_invariant_05_two_wishes_merged_into_each_other_at_once_make_no_circle(wish, staff):
    one, two = wish("Uno", state="in_basket"), wish("Due", state="in_basket")

    results = at_once(
        lambda: actions.merge(WantedDataset.objects.get(pk=one.pk), WantedDataset.objects.get(pk=two.pk), by=staff),
        lambda: actions.merge(WantedDataset.objects.get(pk=two.pk), WantedDataset.objects.get(pk=one.pk), by=staff),
    )

    assert sorted(type(result).__name__ for result in results) in (
        ["CannotMerge", "NoneType"],
        ["IllegalMove", "NoneType"],
    )
    assert WantedDataset.objects.filter(state=State.MERGED).count() == 1
