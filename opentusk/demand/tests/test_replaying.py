"""Proves that the journal tells the basket as it was: the same as the rows now, and the same for ever afterwards."""

from contextlib import suppress
from datetime import date
from random import Random

import pytest
from django.utils import timezone

from opentusk.demand import actions
from opentusk.demand.actions import Wish
from opentusk.demand.errors import DemandRefusal
from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.demand.replaying import basket_at, supporters_at
from opentusk.demand.states import RefusalReason
from opentusk.demand.tests.conftest import made_at
from opentusk.journal.models import Entry, reference_of
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
THEMES = ("ENVI", "TRAN", "REGI")


def rows_now():
    """The basket as the rows tell it."""
    return [
        (
            item.number,
            item.title,
            item.primary_theme,
            item.state,
            item.is_hidden,
            item.counts,
            Endorsement.objects.on(reference_of(item)).count(),
        )
        for item in WantedDataset.objects.order_by("number")
    ]


def told(items):
    """The basket as the journal tells it."""
    return [
        (item.number, item.title, item.theme, item.state, item.is_hidden, item.counts, len(item.supporters))
        for item in items
    ]


class Life:
    """Things that people do to wishes, at random."""

    def __init__(self, random: Random, table, lecce, staff, people):
        self.random, self.table, self.lecce, self.staff, self.people = random, table, lecce, staff, people

    def step(self):
        items = list(WantedDataset.objects.order_by("pk"))
        if len(items) < 4 or self.random.random() < 0.1:
            wish = Wish(title=f"Voce {len(items)}", theme=self.random.choice(THEMES))
            made_at(self.table, wish)
            return
        item, other = self.random.choice(items), self.random.choice(items)
        person, by = self.random.choice(self.people), self.staff
        acts = (
            lambda: actions.accept(item, by=by),
            lambda: actions.accept(item, by=by),
            lambda: actions.endorse(item, by=person),
            lambda: actions.endorse(item, by=person),
            lambda: actions.withdraw_endorsement(item, by=person),
            lambda: actions.merge(item, other, by=by),
            lambda: actions.merge(item, other, by=by),
            lambda: actions.unmerge(item, by=by),
            lambda: actions.unmerge(item, by=by),
            lambda: actions.refuse(item, by=by, reason=RefusalReason.NOT_HELD, answer="Non c'è."),
            lambda: actions.reconsider(item, by=by, note="Ripensandoci."),
            lambda: actions.assign(item, self.lecce, by=by),
            lambda: actions.start(item, by=by, due_on=date(2030, 1, 1)),
            lambda: actions.hide(item, by=by),
            lambda: actions.show(item, by=by),
            lambda: actions.correct(item, by=by, title=f"{item.title}*", theme=self.random.choice(THEMES)),
            lambda: actions.correct_own(item, Wish(title="Meglio", theme=self.random.choice(THEMES))),
        )
        with suppress(DemandRefusal):
            self.random.choice(acts)()


@pytest.mark.parametrize("seed", range(4))
def test_invariant_07_the_journal_tells_the_same_as_the_rows_and_never_changes(table, lecce, staff, seed):
    people = [actor_of(User.objects.create_user(f"p{n}@example.org")) for n in range(4)]
    life = Life(Random(seed), table, lecce, staff, people)
    kept = []
    for step in range(60):
        life.step()
        if step % 10 == 9:
            moment = timezone.now()
            items = told(basket_at("2023", moment))
            assert items == rows_now()
            kept.append((moment, items))

    actions.forget(User.objects.get(pk=people[0].user_id), "tomba")

    for moment, items in kept:
        assert told(basket_at("2023", moment)) == items
    happened = set(Entry.objects.values_list("event", flat=True))
    assert happened >= {f"demand.{what}" for what in ("accepted", "merged", "endorsed", "corrected", "hidden")}


def test_what_else_is_supported_is_told_too(wish, citizen, staff):
    item = wish()
    actions.endorse(item, by=citizen)
    before = timezone.now()
    actions.withdraw_endorsement(item, by=citizen)

    name = reference_of(item)
    assert [len(supporters_at([name], moment)[name]) for moment in (before, timezone.now())] == [1, 0]
