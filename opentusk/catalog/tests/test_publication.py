"""Proves how a dataset is made, changed, published, withdrawn and restored by people, and what is refused."""

from dataclasses import replace

import pytest
from django.utils import timezone

from opentusk.catalog.actions import (
    change_record,
    create_draft,
    delete_draft,
    publish,
    restore,
    withdraw,
)
from opentusk.catalog.actions.looking import lift_signed
from opentusk.catalog.errors import EditedMeanwhile, IdentifierTaken, NotPublishable, TooLong, WrongState
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution, trees
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lecce, ada):
    """A complete draft of hers, with its declaration signed."""
    dataset = create_draft(trees(), holder=lecce, by=ada)
    lift_signed(dataset, by=ada, reason="firmata")
    return dataset


def events(dataset: Dataset) -> list[str]:
    return [entry.event.partition(".")[2] for entry in Entry.objects.about(dataset).order_by("seq")]


def test_a_complete_record_has_nothing_that_blocks_and_is_published(draft, ada):
    publish(draft, by=ada)

    draft.refresh_from_db()
    assert draft.is_published
    assert draft.published_at is not None
    assert events(draft) == ["dataset_created", "hold_opened", "hold_lifted", "dataset_published"]


def test_the_record_comes_back_as_it_was_stored(draft):
    stored = Dataset.objects.with_holder().get(pk=draft.pk)

    assert to_record(stored) == trees()


def test_a_renamed_body_is_renamed_in_its_records(draft, lecce):
    lecce.name = "Città di Lecce"
    lecce.save(update_fields=["name"])

    assert to_record(Dataset.objects.with_holder().get(pk=draft.pk)).rights_holder.name == "Città di Lecce"


def test_projections_follow_the_record(draft):
    assert (draft.title, draft.modified, draft.frequency) == ("Alberi del verde pubblico", "2026-09-12", "ANNUAL")
    assert [(row.position, row.format) for row in draft.distributions.all()] == [(0, "CSV")]


@pytest.mark.parametrize(
    "missing", ["title", "description", "theme", "accrual_periodicity", "modified", "distribution"]
)
def test_a_record_without_a_mandatory_fact_is_not_published(missing, lecce, ada):
    empty = {"title": {}, "description": {}, "theme": (), "distribution": ()}.get(missing)
    dataset = create_draft(trees(**{missing: empty}), holder=lecce, by=ada)

    with pytest.raises(NotPublishable) as refused:
        publish(dataset, by=ada)

    assert all(problem.blocks for problem in refused.value.problems)
    assert not Dataset.objects.get().is_published


def test_an_identifier_is_used_once_whatever_its_case(draft, lecce, ada):
    with pytest.raises(IdentifierTaken):
        create_draft(replace(trees(), identifier="C_E506:ALBERI"), holder=lecce, by=ada)


def test_a_change_is_written_in_the_history_with_both_values(draft, ada):
    publish(draft, by=ada)

    changed = change_record(draft, replace(trees(), title={"it": "Alberi di Lecce"}), by=ada, expected=draft.checksum)

    entry = Entry.objects.about(changed).newest_first()[0]
    assert entry.changes == {"title": [{"it": "Alberi del verde pubblico"}, {"it": "Alberi di Lecce"}]}
    assert entry.is_public


def test_saving_what_is_there_already_writes_nothing(draft, ada):
    before = Entry.objects.count()

    change_record(draft, trees(), by=ada, expected=draft.checksum)

    assert Entry.objects.count() == before


def test_an_edit_that_began_before_another_was_saved_is_refused(draft, ada):
    change_record(draft, replace(trees(), title={"it": "Primo"}), by=ada, expected=draft.checksum)

    with pytest.raises(EditedMeanwhile):
        change_record(draft, replace(trees(), title={"it": "Secondo"}), by=ada, expected=draft.checksum)


def test_a_published_dataset_cannot_be_edited_into_an_invalid_one(draft, ada):
    publish(draft, by=ada)

    with pytest.raises(NotPublishable):
        change_record(draft, replace(trees(), theme=()), by=ada, expected=draft.checksum)

    assert to_record(Dataset.objects.with_holder().get()).theme == trees().theme


def test_a_distribution_that_stays_keeps_its_number(draft, ada):
    number = draft.distributions.get().uuid

    change_record(draft, replace(trees(), title={"it": "Altro titolo"}), by=ada, expected=draft.checksum)

    assert draft.distributions.get().uuid == number


def test_a_withdrawn_dataset_leaves_a_tombstone_and_can_be_restored(draft, ada):
    publish(draft, by=ada)

    withdraw(draft, by=ada, reason="Dati errati")
    assert (draft.is_withdrawn, draft.withdrawal_reason) == (True, "Dati errati")
    with pytest.raises(WrongState):
        publish(draft, by=ada)

    restore(draft, by=ada)
    assert draft.is_published
    assert events(draft)[-2:] == ["dataset_withdrawn", "dataset_restored"]


def test_only_a_draft_that_was_never_public_is_deleted(draft, ada):
    publish(draft, by=ada)

    with pytest.raises(WrongState):
        delete_draft(draft, by=ada)

    assert Dataset.objects.count() == 1


def test_what_is_judged_is_what_is_stored_not_what_the_caller_remembers(draft, ada):
    remembered = Dataset.objects.get(pk=draft.pk)
    change_record(draft, replace(trees(), theme=()), by=ada, expected=draft.checksum)

    with pytest.raises(NotPublishable):
        publish(remembered, by=ada)


def test_a_dataset_that_was_published_meanwhile_is_not_deleted(draft, ada):
    remembered = Dataset.objects.get(pk=draft.pk)
    publish(draft, by=ada)

    with pytest.raises(WrongState):
        delete_draft(remembered, by=ada)


def test_a_text_too_long_to_be_kept_is_named_and_nothing_is_lost(draft, lecce, ada):
    long = replace(trees(), distribution=(distribution("alberi", iri="https://dati.example.org/" + "x" * 500),))
    with pytest.raises(TooLong, match="rdf:about"):
        change_record(draft, long, by=ada, expected=draft.checksum)
    with pytest.raises(TooLong):
        create_draft(replace(trees(), identifier="c_e506:" + "a" * 200), holder=lecce, by=ada)
    publish(draft, by=SYSTEM)
    with pytest.raises(TooLong):
        withdraw(draft, by=ada, reason="x" * 501)

    draft.refresh_from_db()
    assert draft.is_published


def test_what_never_said_when_it_came_out_comes_out_today(lecce, ada):
    dataset = create_draft(trees(issued=None), holder=lecce, by=SYSTEM)

    published = publish(dataset, by=ada)

    assert to_record(published).issued == timezone.localdate().isoformat()


def test_what_said_so_is_believed(lecce, ada):
    assert to_record(publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=ada)).issued == "2025-02-01"
