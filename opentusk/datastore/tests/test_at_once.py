"""Proves with real connections and processes that writers lose nothing of one another, and a killed one harms none."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections

from opentusk.datastore.actions import giving, turning, write_rows
from opentusk.datastore.actions.rows import Method
from opentusk.datastore.models import Store
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)

_KILLED = """
import os, sys, django
from pathlib import Path
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.VAR_DIR, settings.STORES_DIR = Path(sys.argv[2]), Path(sys.argv[3])
from opentusk.datastore.actions import turning, write_rows
from opentusk.datastore.actions.rows import Method
from opentusk.datastore.models import Store
from opentusk.journal.actors import SYSTEM
setattr(turning, sys.argv[4], lambda *arguments, **named: os.kill(os.getpid(), 9))
write_rows(Store.objects.with_states().get(), [{"codice": "morto"}], Method.INSERT, by=SYSTEM)
"""


def at_once(acts) -> None:
    def run(act):
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def insert(*codes: str) -> None:
    records = [{"codice": code} for code in codes]
    write_rows(Store.objects.with_states().get(), records, Method.INSERT, by=SYSTEM)


@contextmanager
def no_turns(store):
    """Another machine sees no file lock of this one."""
    store.folder.mkdir(parents=True, exist_ok=True)
    yield store.folder


@pytest.mark.parametrize("machines", ["one", "many"])
def test_rows_written_at_once_are_all_there_with_numbers_of_their_own(nobody, store, monkeypatch, machines):
    if machines == "many":
        monkeypatch.setattr(turning, "_turn_of", no_turns)

    at_once([lambda number=number: insert(*(f"{number}.{one}" for one in range(3))) for number in range(4)])

    found = nobody.ok("datastore_search", resource_id=store)["records"]
    assert len(found) == len({row["codice"] for row in found}) == 15
    assert [row["_id"] for row in found] == list(range(1, 16))
    assert Store.objects.get().number == 5


def test_whoever_waits_for_a_turn_keeps_nobody_from_writing_elsewhere(nobody, ada, store, monkeypatch):
    real, is_waiting = turning._turn_of, Event()

    def told(found):
        is_waiting.set()
        return real(found)

    monkeypatch.setattr(turning, "_turn_of", told)

    def create():
        ada.ok("datastore_create", force=True, resource_id=store, records=[{"codice": "n"}])

    def hold():
        with real(Store.objects.with_states().get()):
            others.submit(run, create)
            assert is_waiting.wait(60)
            Store.objects.update(indexes=["codice"])

    def run(act):
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as others:
        hold()

    assert Store.objects.get().indexes == ["codice"]
    assert nobody.ok("datastore_search", resource_id=store)["total"] == 4


def test_rows_written_while_a_file_is_made_are_in_the_file(ada, store, monkeypatch):
    real = giving.dump

    def dump(*arguments, **named):
        monkeypatch.setattr(giving, "dump", real)
        insert("nuovo")
        return real(*arguments, **named)

    monkeypatch.setattr(giving, "dump", dump)

    assert ada.ok("opentusk_datastore_version_create", resource_id=store) == {"version": 1}

    found = Store.objects.with_states().get()
    assert found.given == found.number == 2 and b"nuovo" in found.head.version.stored.path.read_bytes()


def test_a_writer_killed_before_or_after_its_files_leaves_the_rows_as_they_were(nobody, ada, store):
    name = str(connection.settings_dict["NAME"])
    var = (name, str(django_settings.VAR_DIR), str(django_settings.STORES_DIR))
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "opentusk.config.test_settings"}
    for step in ("_suspicions", "_flush", "settle"):
        done = subprocess.run(
            [sys.executable, "-c", _KILLED, *var, step], env=variables, capture_output=True, timeout=120, check=False
        )
        assert done.returncode == -9, done.stderr.decode()[-2000:]
        assert nobody.ok("datastore_search", resource_id=store)["total"] == 3

    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "vivo"}])

    assert [row["_id"] for row in nobody.ok("datastore_search", resource_id=store)["records"]] == [1, 2, 3, 4]
