"""Proves that wishes made at a table are kept once, with where they come from and without a person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from opentusk.datalab import actions
from opentusk.demand.actions import Wish
from opentusk.demand.errors import NamesSomebody, NotAllowed, TableClosed, UnknownTheme, WordsMissing, WordsTooLong
from opentusk.demand.models import DatalabTable, WantedDataset
from opentusk.demand.states import Origin, Proponent
from opentusk.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_invariant_03_a_table_takes_wishes_between_its_instants_only(table):
    def at(moment):
        return actions.wish_at_table(table, Wish(title="Alberi"), client_key="", now=moment)[0]

    assert at(table.opens_at).number == 1
    assert at(table.closes_at - timedelta(microseconds=1)).number == 2
    for moment in (table.opens_at - timedelta(microseconds=1), table.closes_at):
        with pytest.raises(TableClosed):
            at(moment)


def test_invariant_03_a_wish_from_a_table_says_where_it_comes_from_and_nothing_of_a_person(table):
    item, _is_new = actions.wish_at_table(table, Wish(title="Alberi", world="students"), client_key="k")

    assert (item.origin, item.event, item.table, item.proponent) == (
        Origin.DATALAB,
        "programme.event:1",
        table,
        None,
    )
    assert (item.proponent_kind, item.proponent_world, item.primary_theme) == (Proponent.TABLE, "students", "ENVI")
    assert Entry.objects.about(item).get().actor == "anonymous"


def test_invariant_04_the_same_sending_twice_is_one_wish_also_after_closing(table):
    first, is_first_new = actions.wish_at_table(table, Wish(title="Alberi"), client_key="abc")
    late = table.closes_at + timedelta(hours=1)
    again, is_again_new = actions.wish_at_table(table, Wish(title="Alberi"), client_key="abc", now=late)

    assert (again, is_first_new, is_again_new) == (first, True, False)
    assert WantedDataset.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": " "}, WordsMissing),
        ({"title": "x" * 201}, WordsTooLong),
        ({"title": "Alberi", "use_case": "x" * 2_001}, WordsTooLong),
        ({"title": "Le multe di RSSMRA85T10A562S"}, NamesSomebody),
        ({"title": "Alberi", "use_case": "scrivetemi a mario.rossi@gmail.com"}, NamesSomebody),
        ({"title": "Alberi", "theme": "OP_DATPRO"}, UnknownTheme),
    ],
)
def test_words_that_cannot_stand_are_refused_and_nothing_is_cut(table, said, refusal):
    with pytest.raises(refusal):
        actions.wish_at_table(table, Wish(**said), client_key="")

    assert not WantedDataset.objects.exists()


def test_whoever_leads_the_tables_types_in_cards_also_afterwards(table, facilitator, citizen):
    DatalabTable.objects.update(opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now())
    table.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.wish_on_paper(table, Wish(title="Alberi"), by=citizen)

    item, _is_new = actions.wish_on_paper(table, Wish(title="Alberi"), by=facilitator)

    assert (item.origin, item.proponent) == (Origin.DATALAB, None)


def at_once(*acts):
    """What each of them gave; all begin together."""

    def run(act):
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_invariant_04_the_same_sending_at_once_is_one_wish(table):
    found = at_once(
        *(lambda: actions.wish_at_table(table, Wish(title="Alberi"), client_key="k")[0].number for _time in range(4))
    )

    assert len(set(found)) == 1
    assert WantedDataset.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_wishes_made_at_once_have_numbers_of_their_own(table):
    at_once(
        *(
            lambda key=key: actions.wish_at_table(table, Wish(title="Alberi"), client_key=key)
            for key in ("a", "b", "c", "d")
        )
    )

    assert sorted(WantedDataset.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
