"""Proves that what the first to ask of a large store would wait for is there before, once the store rests."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from opentusk.datastore.actions import preparing
from opentusk.datastore.models import Store
from opentusk.journal.models import Task
from opentusk.kit.datastore import postings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(preparing, "_LARGE", 2)
    monkeypatch.setattr(preparing, "FEWEST_ROWS", 2)
    monkeypatch.setattr(postings, "FEWEST_ROWS", 2)


def waiting() -> list[Task]:
    return list(Task.objects.filter(key__startswith="datastore.prepare:", status=Task.Status.WAITING))


def files(folder: str) -> set[str]:
    return {path.name for path in Path(getattr(settings, folder)).glob("*") if path.is_file()}


def test_a_store_that_rests_is_prepared_for_everybody(nobody, store):
    Store.objects.update(written_at=timezone.now() - timedelta(minutes=1))

    assert len(waiting()) == 1 and preparing.prepare(Store.objects.get().pk)

    made, words = files("EXPORTS_DIR"), files("WORDS_DIR")
    assert any(name.endswith(".index") for name in words)
    answer = nobody.client.get(f"/datastore/dump/{store}")
    assert b"Quercus ilex" in b"".join(answer.streaming_content) and answer.headers["ETag"].strip('"') in made
    assert nobody.ok("datastore_search", resource_id=store, q="quercus")["total"] == 1
    assert (files("EXPORTS_DIR"), files("WORDS_DIR")) == (made, words)


def test_a_store_that_is_being_written_waits_and_is_not_prepared_all_the_time(ada, store):
    number = Store.objects.get().pk
    Task.objects.all().delete()

    assert not preparing.prepare(number)
    assert len(waiting()) == 1 and not files("EXPORTS_DIR")

    Store.objects.update(written_at=timezone.now() - timedelta(minutes=1))
    assert preparing.prepare(number)
    Task.objects.all().delete()
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "x"}])
    assert waiting()[0].next_attempt_at > timezone.now() + timedelta(minutes=5)


def test_rows_that_nobody_may_see_yet_and_small_stores_are_not_prepared(ada, store, monkeypatch):
    found = Store.objects.get()
    Store.objects.update(written_at=timezone.now() - timedelta(minutes=1), public=None)
    assert not preparing.prepare(found.pk) and not preparing.prepare(found.pk + 1)

    monkeypatch.setattr(preparing, "_LARGE", 100)
    Task.objects.all().delete()
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "x"}])
    assert not waiting() and not files("EXPORTS_DIR")
