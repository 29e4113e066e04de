"""Proves that what sources bring is stored once, judged as for people, and never taken from people's hands."""

from dataclasses import replace

import pytest

from opentusk.catalog.actions import change_record, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import checksum_of, to_record
from opentusk.catalog.storing import Incoming, Outcome, preview_records, store_records
from opentusk.catalog.tests.records import distribution, trees
from opentusk.journal.actors import Actor, ActorKind
from opentusk.journal.models import Entry
from opentusk.kit.record_json import write_record

pytestmark = pytest.mark.django_db
SOURCE = Actor(ActorKind.SOURCE, "harvest.source:1", "raccolta da dati.comune.example.org")


def incoming(record, holder, key=None) -> Incoming:
    return Incoming(
        record=record,
        holder=holder,
        origin_id=key or record.identifier,
        origin_checksum=checksum_of(write_record(record)),
    )


def store(*batch, origin="source:1", **options):
    return [stored.outcome for stored in store_records(batch, origin=origin, by=SOURCE, **options)]


def test_a_new_record_is_created_and_published_at_once(lecce):
    assert store(incoming(trees(), lecce)) == [Outcome.CREATED]

    dataset = Dataset.objects.get()
    assert dataset.is_published
    assert [entry.event for entry in Entry.objects.about(dataset)] == ["catalog.dataset_published"]


def test_the_same_record_again_writes_nothing(lecce):
    store(incoming(trees(), lecce))
    before = (Dataset.objects.values().get(), Entry.objects.count())

    assert store(incoming(trees(), lecce)) == [Outcome.UNCHANGED]

    assert (Dataset.objects.values().get(), Entry.objects.count()) == before


def test_a_changed_record_is_updated_with_what_changed(lecce):
    store(incoming(trees(), lecce))

    assert store(incoming(trees(title={"it": "Alberi di Lecce"}), lecce)) == [Outcome.UPDATED]

    assert Dataset.objects.get().title == "Alberi di Lecce"
    assert list(Entry.objects.newest_first()[0].changes) == ["title"]


def test_a_record_that_lost_a_mandatory_fact_is_rejected_and_the_last_good_one_stays(lecce):
    store(incoming(trees(), lecce))

    assert store(incoming(trees(theme=()), lecce)) == [Outcome.REJECTED]

    assert to_record(Dataset.objects.with_holder().get()) == trees()


def test_one_bad_record_does_not_touch_the_others(lecce):
    good, bad = incoming(trees(), lecce), incoming(trees("c_e506:siepi", title={}), lecce)

    assert store(bad, good) == [Outcome.REJECTED, Outcome.CREATED]


def test_what_people_corrected_survives_the_next_harvest(lecce, ada):
    store(incoming(trees(title={"it": "alberi_def_2"}), lecce))
    dataset = Dataset.objects.get()
    change_record(dataset, trees(), by=ada, expected=dataset.checksum)

    store(incoming(trees(title={"it": "alberi_def_2"}, modified="2026-10-01"), lecce))

    record = to_record(Dataset.objects.with_holder().get())
    assert (record.title["it"], record.modified) == ("Alberi del verde pubblico", "2026-10-01")
    assert dataset.pk == Dataset.objects.get().pk


def test_an_identifier_that_another_source_has_is_rejected(lecce):
    store(incoming(trees(), lecce))

    assert store(incoming(trees(), lecce), origin="source:2") == [Outcome.REJECTED]


def test_the_own_catalogue_of_the_titolare_takes_over_from_an_aggregator(lecce):
    store(incoming(trees(), lecce), origin="aggregator")

    assert store(incoming(trees(title={"it": "Dal Comune"}), lecce), origin="own", takes_over=True) == [Outcome.UPDATED]

    assert (Dataset.objects.get().origin, Dataset.objects.get().title) == ("own", "Dal Comune")


def test_the_same_file_from_two_sources_is_one_dataset_in_the_feeds(lecce):
    store(incoming(trees(), lecce))
    twin = trees("c_e506:alberature", distribution=(distribution("alberi"),))

    store(incoming(twin, lecce), origin="source:2")

    assert list(Dataset.objects.in_feeds().values_list("identifier", flat=True)) == ["c_e506:alberi"]
    assert Dataset.objects.get(identifier="c_e506:alberature").problems[-1]["code"] == "storing.same_file"


def test_the_same_file_of_two_bodies_is_two_datasets(lecce, bari):
    store(incoming(trees(), lecce))
    other = trees("c_a662:alberi", distribution=(distribution("alberi"),))

    store(incoming(replace(other), bari), origin="source:2")

    assert Dataset.objects.in_feeds().count() == 2


def test_a_preview_answers_the_same_and_writes_nothing(lecce):
    stored = preview_records([incoming(trees(), lecce)], origin="source:1")

    assert [item.outcome for item in stored] == [Outcome.CREATED]
    assert Dataset.objects.count() == 0


def test_a_failure_in_the_middle_stores_nothing_of_the_batch(lecce):
    twice = [incoming(trees(), lecce, key="a"), incoming(trees(), lecce, key="b")]

    assert store(*twice) == [Outcome.CREATED, Outcome.REJECTED]
    assert Dataset.objects.count() == 1


def test_a_new_way_of_saying_the_same_changes_nothing_and_tells_nobody(lecce):
    store(incoming(trees(), lecce))
    before = Entry.objects.count()
    retold = replace(incoming(trees(), lecce), origin_checksum="another")

    assert store(retold) == [Outcome.UNCHANGED]

    assert Entry.objects.count() == before
    assert Dataset.objects.get().origin_checksum == "another"


def test_what_a_person_withdrew_is_not_brought_back_by_its_source(lecce, ada):
    store(incoming(trees(), lecce))
    withdraw(Dataset.objects.get(), by=ada, reason="Contiene dati personali")

    assert store(incoming(trees(title={"it": "Alberi, di nuovo"}), lecce)) == [Outcome.UNCHANGED]

    assert Dataset.objects.get().is_withdrawn


def test_what_was_withdrawn_because_it_vanished_comes_back_with_its_source(lecce):
    store(incoming(trees(), lecce))
    withdraw(Dataset.objects.get(), by=SOURCE, reason="Non è più nella sorgente")

    assert store(incoming(trees(), lecce)) == [Outcome.UPDATED]

    assert Dataset.objects.get().is_published


def test_a_source_never_takes_the_dataset_of_another_body(lecce, bari):
    store(incoming(trees(), lecce), origin="aggregator")

    assert store(incoming(trees(title={"it": "Preso"}), bari), origin="own", takes_over=True) == [Outcome.REJECTED]

    assert Dataset.objects.get().rights_holder == lecce


def test_two_items_of_one_source_never_overwrite_each_other(lecce):
    both = [incoming(trees(), lecce, key="ABC"), incoming(trees(title={"it": "Altri"}), lecce, key="abc")]

    assert store(*both, takes_over=True) == [Outcome.CREATED, Outcome.REJECTED]


def test_taking_over_does_not_bring_back_what_a_person_withdrew(lecce, ada):
    store(incoming(trees(), lecce), origin="aggregator")
    withdraw(Dataset.objects.get(), by=ada, reason="Contiene dati personali")

    store(incoming(trees(title={"it": "Di nuovo"}), lecce), origin="own", takes_over=True)

    assert Dataset.objects.get().is_withdrawn


def test_an_identifier_never_changes_whatever_the_source_calls_it_now(lecce):
    store(incoming(trees(), lecce, key="k"))
    before = to_record(Dataset.objects.with_holder().get())

    store(incoming(trees("c_e506:verde", title={"it": "Verde"}), lecce, key="k"))

    record = to_record(Dataset.objects.with_holder().get())
    assert (record.identifier, record.iri, record.title["it"]) == (before.identifier, before.iri, "Verde")
    assert [other.notation for other in record.other_identifier] == ["c_e506:verde"]


def test_a_correction_taken_back_is_no_correction(lecce, ada):
    store(incoming(trees(title={"it": "Dalla sorgente"}), lecce))
    dataset = Dataset.objects.get()
    change_record(dataset, trees(title={"it": "Corretto"}), by=ada, expected=dataset.checksum)
    dataset.refresh_from_db()
    change_record(dataset, trees(title={"it": "Dalla sorgente"}), by=ada, expected=dataset.checksum)

    store(incoming(trees(title={"it": "Nuovo dalla sorgente"}), lecce))

    assert (Dataset.objects.get().title, Dataset.objects.get().corrections) == ("Nuovo dalla sorgente", {})


def test_correcting_one_field_pins_no_other_when_the_body_was_renamed(lecce, ada):
    store(incoming(trees(), lecce))
    lecce.name = "Città di Lecce"
    lecce.save(update_fields=["name"])
    dataset = Dataset.objects.with_holder().get()

    change_record(dataset, replace(to_record(dataset), title={"it": "Altro"}), by=ada, expected=dataset.checksum)

    assert list(Dataset.objects.get().corrections) == ["title"]


@pytest.mark.parametrize(
    "part",
    [
        replace(distribution("alberi"), iri="https://dati.example.org/" + "x" * 500),
        replace(distribution("alberi"), access_url="https://dati.example.org/" + "x" * 2000),
    ],
    ids=["iri", "access_url"],
)
def test_a_value_too_long_to_be_kept_rejects_its_item_alone_and_is_named(lecce, part):
    long = incoming(trees(distribution=(part,)), lecce, key="long")
    fine = incoming(trees("c_e506:siepi", distribution=(distribution("siepi"),)), lecce, key="fine")

    assert store(long, fine) == [Outcome.REJECTED, Outcome.CREATED]

    [stored] = preview_records([long], origin="source:1")
    assert "catalog.too_long" in {problem.code for problem in stored.problems}


def test_a_key_too_long_to_be_kept_is_named(lecce):
    assert store(replace(incoming(trees(), lecce), origin_id="k" * 501)) == [Outcome.REJECTED]
