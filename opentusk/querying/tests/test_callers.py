"""Proves that clients are counted once each, across processes and days, and that none of them can be found again."""

from datetime import timedelta

import pytest
from django.conf import settings as now
from django.utils import timezone

from opentusk.querying.callers import Callers, callers, callers_of, forget_old

pytestmark = pytest.mark.django_db


def ask(client, table, address: str, path: str = "/rows", **headers) -> None:
    client.get(f"/api/v1/tables/{table.uuid}{path}", REMOTE_ADDR=address, headers=headers)


def count(table, *, later: int = 0) -> int:
    callers.flush()
    return callers_of([table.uuid], today=timezone.localdate() + timedelta(days=later))


def test_each_client_counts_once_however_often_and_whatever_it_asks(client, table):
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1", "2001:db8::1", "2001:db8::2"):
        ask(client, table, address)
        ask(client, table, address, "/profile")

    assert count(table) == 3


def test_our_own_pages_and_what_is_not_there_do_not_count(client, table):
    ask(client, table, "192.0.2.1", **{"Sec-Fetch-Site": "same-origin"})
    client.get("/api/v1/tables/00000000-0000-0000-0000-000000000000/rows", REMOTE_ADDR="192.0.2.9")

    assert count(table) == 0
    assert not list(now.CALLERS_DIR.glob("*/*"))


def test_processes_and_days_are_put_together_and_a_month_is_forgotten(client, table, rf):
    ask(client, table, "192.0.2.1")
    other = Callers()
    for address in ("192.0.2.1", "192.0.2.7"):
        other.note(rf.get("/", REMOTE_ADDR=address), table.uuid)
    other.flush()

    assert count(table) == 2
    assert (count(table, later=29), count(table, later=30)) == (2, 0)
    forget_old(today=timezone.localdate() + timedelta(days=30))
    assert not list(now.CALLERS_DIR.glob("*"))


def test_nothing_of_a_client_is_on_the_disk(client, table):
    ask(client, table, "192.0.2.1")
    callers.flush()

    content = b"".join(file.read_bytes() for file in now.CALLERS_DIR.glob("*/*"))
    assert len(content) == 16 + 256 and content.startswith(table.uuid.bytes)
    assert sorted(content[16:])[:-1] == [0] * 255  # one small number: how many zeros a hash began with


def test_a_half_written_file_is_no_reason_to_fail(client, table):
    ask(client, table, "192.0.2.1")
    callers.flush()
    folder = now.CALLERS_DIR / timezone.localdate().isoformat()
    (folder / "broken").write_bytes(b"half")

    assert count(table) == 1
