"""Proves that the name of a draft may change until the first publication, and never after."""

import pytest

from opentusk.catalog.actions import create_draft, publish, rename_draft
from opentusk.catalog.errors import IdentifierTaken, NotAllowed, WrongState
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM


@pytest.fixture
def draft(lecce) -> Dataset:
    return create_draft(trees("c_e506:foglio1"), holder=lecce, by=SYSTEM)


def test_a_draft_moves_to_its_new_address(draft, ada):
    renamed = rename_draft(draft, "c_e506:alberi", by=ada)

    record = to_record(Dataset.objects.get(pk=draft.pk))
    assert (renamed.identifier, renamed.slug) == ("c_e506:alberi", "c_e506-alberi")
    assert (record.identifier, record.iri) == ("c_e506:alberi", "http://localhost:8000/id/dataset/c_e506/alberi")


def test_its_files_keep_their_numbers(draft, ada):
    before = list(draft.distributions.values_list("uuid", "iri"))

    rename_draft(draft, "c_e506:alberi", by=ada)

    assert list(draft.distributions.values_list("uuid", "iri")) == before


def test_a_name_that_somebody_has_is_refused_whatever_its_case(draft, lecce, ada):
    create_draft(trees("c_e506:alberi"), holder=lecce, by=SYSTEM)

    with pytest.raises(IdentifierTaken):
        rename_draft(draft, "c_e506:Alberi", by=ada)


def test_what_is_public_keeps_its_name(draft, ada):
    publish(draft, by=SYSTEM)

    with pytest.raises(WrongState):
        rename_draft(draft, "c_e506:alberi", by=ada)


def test_only_its_body_renames_it(draft, bruno):
    with pytest.raises(NotAllowed):
        rename_draft(draft, "c_e506:alberi", by=bruno)
