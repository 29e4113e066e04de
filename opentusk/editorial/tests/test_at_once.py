"""Proves, with real connections at once, that a rule of reviews and the work of people never block each other."""

from dataclasses import replace
from functools import partial

import pytest

from opentusk.catalog.actions import change_record, create_draft
from opentusk.catalog.models import Dataset, Hold, ReviewPolicy
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import trees
from opentusk.catalog.tests.test_at_once import at_once
from opentusk.editorial.actions import set_policy, sign_declaration
from opentusk.editorial.tests.conftest import ANSWERS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drafts(lecce, ada) -> list[Dataset]:
    return [create_draft(trees(f"c_e506:gara-{number}"), holder=lecce, by=ada) for number in range(8)]


def retitle(dataset: Dataset, by) -> None:
    dataset = Dataset.objects.get(pk=dataset.pk)
    change_record(dataset, replace(to_record(dataset), title={"it": "Altro"}), by=by, expected=dataset.checksum)


def under_review(agent) -> int:
    return Hold.objects.still_open().of_kind(Hold.Kind.REVIEW).filter(dataset__rights_holder=agent).count()


@pytest.mark.parametrize("wanted", [True, False])
def test_a_rule_meets_people_who_write_and_sign_and_holds_exactly_what_it_says(lecce, ada, bice, drafts, wanted):
    set_policy(lecce, wanted=not wanted, by=bice)
    # From the last to the first: the order in which the rule does not go.
    acts = [partial(retitle, draft, ada) for draft in reversed(drafts[:4])]
    acts += [partial(sign_declaration, draft, ANSWERS, by=ada) for draft in reversed(drafts[4:])]

    given = at_once(partial(set_policy, lecce, wanted=wanted, by=bice), *acts)

    assert not [one for one in given if isinstance(one, Exception)]
    assert ReviewPolicy.objects.filter(agent=lecce).exists() == wanted
    if wanted:
        assert under_review(lecce) == len(drafts)


def test_a_draft_begun_while_the_rule_is_set_is_held_too(lecce, ada, bice):
    for number in range(4):
        new = [partial(create_draft, trees(f"c_e506:nuovo-{number}-{one}"), holder=lecce, by=ada) for one in range(3)]

        at_once(*new, partial(set_policy, lecce, wanted=True, by=bice))

        assert under_review(lecce) == Dataset.objects.count()
        set_policy(lecce, wanted=False, by=bice)
