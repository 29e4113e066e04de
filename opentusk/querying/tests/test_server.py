"""Proves on the real web server that statements which want everything get nothing, and everybody else an answer."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from django.conf import settings as ours
from django.db import connection
from django.utils.http import urlencode

from opentusk.kit.queries.tests.attacks import REFUSED, STOPPED
from opentusk.kit.tables.json_shapes import as_json
from opentusk.kit.tables.shapes import Column, ColumnType
from opentusk.querying.tests.conftest import examination_of
from opentusk.tables.models import Table

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 6.0


@pytest.fixture
def large(publish_table, settings) -> Table:
    """A public table with a million rows."""
    table = publish_table()
    folder = Path(settings.TABLES_DIR) / table.latest.folder
    with duckdb.connect() as bare:
        rows = "SELECT i + 1 AS _row, i AS n, 'affidamento dei lavori ' || i AS oggetto FROM range(1000000) r(i)"
        bare.execute(f"COPY ({rows}) TO '{folder}/large.parquet' (FORMAT parquet)")
    kinds = {"n": ColumnType.INTEGER, "oggetto": ColumnType.TEXT}
    columns = [Column(name=name, label=name, type=kind) for name, kind in kinds.items()]
    table.latest.examination = as_json(examination_of(folder, "large.parquet", 1_000_000, columns))
    table.latest.rows = 1_000_000
    table.latest.save(update_fields=["examination", "rows"])
    return table


@pytest.fixture
def server(tmp_path, large) -> Iterator[int]:
    """The portal as `opentusk serve` starts it, on the database of the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ, "OPENTUSK_VAR": str(tmp_path), "DATABASE_URL": database_address(), "OPENTUSK_SQL_SECONDS": "1",
        "OPENTUSK_QUERY_RATE": "0", "OPENTUSK_QUERY_EXPORTS": "0", "PYTHONPATH": str(ours.BASE_DIR),
        "DJANGO_SETTINGS_MODULE": "opentusk.config.settings", "OPENTUSK_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    granian = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--log-level", "error"]
    process = subprocess.Popen([granian, *options, "opentusk.config.wsgi:application"], env=environment)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def database_address() -> str:
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    return f"postgres://{chosen['USER']}:{chosen['PASSWORD']}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


class Visitor:
    """A client with an address and a connection of its own."""

    def __init__(self, port: int, number: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, source_address=(f"127.0.0.{number}", 0))
        self._connection.timeout = 60

    def post(self, path: str, sql: str) -> tuple[int, dict]:
        body = json.dumps({"sql": sql}, ensure_ascii=True)
        return self._ask("POST", path, body, {"Content-Type": "application/json"})

    def get(self, path: str) -> tuple[int, dict]:
        return self._ask("GET", path, None, {})

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, dict]:
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read())


def test_bombs_are_stopped_while_everybody_else_is_answered(server, large):
    sql, rows = f"/api/v1/tables/{large.uuid}/sql", f"/api/v1/tables/{large.uuid}/rows"
    end = time.monotonic() + SECONDS
    bombs: list[int] = []
    waits: list[float] = []
    wrong: list[object] = []

    def attack(number: int) -> None:
        visitor, statements = Visitor(server, number + 2), list(STOPPED.values())
        for turn in range(1_000):
            if time.monotonic() > end:
                break
            status, answer = visitor.post(sql, statements[(turn * 5 + number) % len(statements)])
            bombs.append(status)
            if status not in (422, 429):
                wrong.append((status, answer))
        visitor.close()

    def read(number: int) -> None:
        visitor = Visitor(server, number + 20)
        while time.monotonic() < end:
            start = time.monotonic()
            status, answer = visitor.get(f"{rows}?{urlencode({'n__gte': int(start * 1000) % 900_000, 'page_size': 5})}")
            waits.append(time.monotonic() - start)
            if status != 200 or len(answer["data"]) != 5:
                wrong.append((status, answer))
        visitor.close()

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(6)]
    threads += [threading.Thread(target=read, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert {422, 429} >= set(bombs) >= {422}
    assert len(waits) > 10 and sorted(waits)[len(waits) // 2] < 2
    visitor = Visitor(server, 40)
    status, answer = visitor.post(sql, "SELECT count(*) AS n FROM t")
    visitor.close()
    assert (status, answer["data"]) == (200, [{"n": 1_000_000}])


def test_every_attack_is_refused_over_http(server, large):
    visitor = Visitor(server, 2)
    folder = Path(ours.TABLES_DIR) / large.latest.folder
    before = (folder / "large.parquet").read_bytes()

    for what, sql in REFUSED.items():
        path = f"/api/v1/tables/{large.uuid}/sql"
        status, answer = visitor.post(path, sql.format(parquet=folder / "large.parquet"))
        assert status == 400 and answer["detail"], (what, status, answer)
        assert "root:" not in json.dumps(answer), what

    visitor.close()
    assert (folder / "large.parquet").read_bytes() == before
