"""Proves that a dataset signed for as it begins is what it would have become step by step."""

from dataclasses import replace
from typing import Any

import pytest
from django.forms.models import model_to_dict

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.errors import CatalogRefusal, IdentifierTaken, NotAllowed
from opentusk.catalog.models import Dataset, ReviewPolicy
from opentusk.catalog.tests.records import distribution, trees
from opentusk.editorial.actions.beginning import create_signed
from opentusk.editorial.actions.declaring import sign_declaration
from opentusk.editorial.errors import Unanswered
from opentusk.editorial.tests.conftest import ANSWERS
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.journal.models import Entry
from opentusk.kit import records as kit

pytestmark = pytest.mark.django_db
_NUMBERS = {"hold": None, "declaration": None}
BODY = kit.Agent(identifier="c_e506", name="Come si chiamava")
RECORDS = {
    "whole": trees(),
    "several files": trees(distribution=(distribution("a"), distribution("b"), distribution("c"))),
    "first published today": trees(issued=None),
    "its body has another name now": trees(publisher=BODY, creator=(BODY,)),
    "with a problem that does not block": trees(keyword={}),
    "not publishable": trees(description={}, issued=None),
}


def at_once(record: kit.Dataset, holder: Agent, by: Actor) -> Dataset:
    return create_signed(record, holder=holder, by=by, answers=ANSWERS)


def step_by_step(record: kit.Dataset, holder: Agent, by: Actor) -> Dataset:
    dataset = create_draft(record, holder=holder, by=by)
    sign_declaration(dataset, ANSWERS, by=by)
    try:
        return publish(dataset, by=by)
    except CatalogRefusal:
        return dataset


def told(dataset: Dataset) -> dict[str, Any]:
    """Everything that is kept of a dataset, but numbers, names and instants."""
    row = Dataset.objects.get(pk=dataset.pk)
    facts = model_to_dict(row, exclude=("id", "identifier", "slug"))
    entries = Entry.objects.about(row).order_by("seq")
    return {
        **{name: value for name, value in facts.items() if not name.endswith("_at")},
        "is_dated": (row.published_at is not None, row.created_at is not None, row.metadata_modified_at is not None),
        "parts": list(row.distributions.order_by("position").values("position", "iri", "access_url", "format")),
        "holds": [
            (hold.kind, hold.facts, hold.is_open, hold.opened_by, hold.lifted_by, hold.reason)
            for hold in row.holds.order_by("pk")
        ],
        "declarations": [
            (one.edition, one.answers, one.signed_by_id, one.signer, one.columns) for one in row.declarations.all()
        ],
        "entries": [
            (entry.event, entry.actor, entry.is_public, entry.facts | _NUMBERS, entry.changes) for entry in entries
        ],
    }


@pytest.mark.parametrize("is_reviewed", [False, True])
@pytest.mark.parametrize("name", RECORDS)
def test_signed_at_once_is_what_it_becomes_step_by_step(lecce, ada, name, is_reviewed):
    if is_reviewed:
        ReviewPolicy.objects.create(agent=lecce)
    record = RECORDS[name]
    first = told(step_by_step(record, lecce, ada))
    Dataset.objects.all().delete()

    begun = at_once(record, lecce, ada)

    found = told(begun)
    # Only a review that begins is told later: after the signature, which it does not depend on.
    assert is_reviewed or found["entries"] == first["entries"]
    assert sorted(found.pop("entries"), key=str) == sorted(first.pop("entries"), key=str)
    assert found == first
    assert begun.is_published == (not is_reviewed and name != "not publishable")


def test_what_happened_is_told_in_the_order_in_which_it_would_have(lecce, ada):
    begun = at_once(trees(), lecce, ada)

    events = [entry.event.partition(".")[2] for entry in Entry.objects.about(begun).order_by("seq")]
    assert events == ["dataset_created", "hold_opened", "hold_lifted", "declaration_signed", "dataset_published"]


def test_nobody_begins_what_is_another_bodys_or_is_there_already(lecce, bruno, ada):
    with pytest.raises(NotAllowed):
        at_once(trees(), lecce, bruno)
    at_once(trees(), lecce, ada)
    with pytest.raises(IdentifierTaken):
        at_once(replace(trees(), title={"it": "Altri alberi"}), lecce, ada)

    assert Dataset.objects.count() == 1


def test_the_portal_signs_for_nobody_and_an_unanswered_question_is_no_signature(lecce, ada):
    with pytest.raises(NotAllowed):
        at_once(trees(), lecce, SYSTEM)
    with pytest.raises(Unanswered):
        create_signed(trees(), holder=lecce, by=ada, answers={})

    assert not Dataset.objects.exists()
