"""Proves that the index follows the journal, can be thrown away, and survives the death of its writer."""

import multiprocessing
import os
import shutil
import signal

import pytest
from django.conf import settings

from opentusk.bodies.events import BodiesEvent
from opentusk.catalog.actions import publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.search import index
from opentusk.search.actions import index_datasets, rebuild_index
from opentusk.search.finding import count_choices, find, find_all
from opentusk.search.query import numbered_query
from opentusk.search.question import Question, Sort
from opentusk.search.schema import document

BY_TITLE = Question(sort=Sort.TITLE)


def test_a_published_dataset_is_found_after_the_journal_is_delivered(publish_dataset):
    alberi = publish_dataset("Alberi")

    deliver_all()

    assert find_all(BY_TITLE) == (alberi.pk,)


def test_drafts_and_withdrawn_datasets_are_never_in_the_index(write_draft, publish_dataset):
    draft = write_draft("Bozza segreta")
    gone = publish_dataset("Ritirato")
    withdraw(gone, by=SYSTEM, reason="errore")

    index_datasets([draft.pk, gone.pk])
    assert find_all(BY_TITLE) == ()
    rebuild_index()
    assert find_all(BY_TITLE) == ()


def test_a_withdrawn_dataset_leaves_the_index(publish_dataset):
    alberi, scuole = publish_dataset("Alberi"), publish_dataset("Scuole")
    deliver_all()

    withdraw(alberi, by=SYSTEM, reason="errore")
    deliver_all()

    assert find_all(BY_TITLE) == (scuole.pk,)


def test_following_the_journal_gives_the_same_index_as_a_rebuild(publish_dataset, write_draft):
    rows = [publish_dataset(f"Alberi {number}", body=("c_e506", "c_a662")[number % 2]) for number in range(6)]
    deliver_all()
    withdraw(rows[1], by=SYSTEM, reason="errore")
    publish(write_draft("Scuole"), by=SYSTEM)
    deliver_all()
    followed = [
        (find_all(Question(text=text, sort=Sort.TITLE)), count_choices(Question(text=text))) for text in ("", "alberi")
    ]

    rebuild_index()

    rebuilt = [
        (find_all(Question(text=text, sort=Sort.TITLE)), count_choices(Question(text=text))) for text in ("", "alberi")
    ]
    assert followed == rebuilt


def test_a_batch_delivered_twice_changes_nothing(publish_dataset):
    alberi = publish_dataset("Alberi")

    index_datasets([alberi.pk])
    index_datasets([alberi.pk])

    assert find(Question(text="alberi")).total == 1


def test_a_body_that_changes_its_name_is_found_by_the_new_one(publish_dataset):
    body = publish_dataset("Alberi").rights_holder
    deliver_all()

    body.name = "Unione dei Comuni"
    body.save(update_fields=["name"])
    record(BodiesEvent.AGENT_CHANGED, body, by=SYSTEM)
    deliver_all()

    assert find(Question(text="unione comuni")).total == 1


def test_a_reader_sees_each_commit_and_each_rebuild(publish_dataset):
    publish_dataset("Alberi")
    rebuild_index()
    before = index.searcher()
    index_datasets([publish_dataset("Scuole").pk])

    assert before.num_docs == 1
    assert index.searcher().num_docs == 2
    rebuild_index()
    rebuild_index()
    assert index.searcher().num_docs == 2


def test_a_failed_batch_leaves_the_index_as_it_was_and_free_for_the_next(publish_dataset):
    alberi = publish_dataset("Alberi")
    rebuild_index()

    with pytest.raises(ZeroDivisionError), index.updating() as writer:
        writer.delete_documents_by_query(numbered_query([alberi.pk]))
        raise ZeroDivisionError

    assert find_all(BY_TITLE) == (alberi.pk,)
    index_datasets([publish_dataset("Scuole").pk])
    assert find(BY_TITLE).total == 2


def _write_and_die(dataset: Dataset, door: str) -> None:
    with getattr(index, door)() as writer:
        for _copy in range(50):
            writer.add_document(document(dataset, total=0, band=""))
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("door", ["updating", "replacing"])
def test_a_killed_writer_leaves_a_usable_index_and_no_lock(publish_dataset, door):
    alberi = publish_dataset("Alberi")
    rebuild_index()

    victim = multiprocessing.get_context("fork").Process(target=_write_and_die, args=(alberi, door))
    victim.start()
    victim.join(20)

    assert victim.exitcode == -signal.SIGKILL
    assert find(BY_TITLE).total == 1
    index_datasets([publish_dataset("Scuole").pk])
    assert find(BY_TITLE).total == 2


def test_an_index_that_was_thrown_away_is_made_again_at_the_next_change(publish_dataset):
    publish_dataset("Alberi")
    rebuild_index()
    shutil.rmtree(settings.SEARCH_DIR)
    assert find(BY_TITLE).total == 0

    index_datasets([publish_dataset("Scuole").pk])

    assert find(BY_TITLE).total == 2


def test_old_generations_are_cleared_away(publish_dataset):
    for _time in range(4):
        rebuild_index()

    assert len(list(settings.SEARCH_DIR.glob("v*-*"))) == 2
