"""What the benchmark of the data API needs around it: a public table of a million rows, a portal, a Datasette."""

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from tests.benchmarks.big_table import write_big_table


def publish_big_table(rows: int) -> tuple[str, Path]:
    """Examine the file as the worker would, and make it public; the UUID of the table and its Parquet."""
    from opentusk.bodies.models import Agent
    from opentusk.catalog.actions import create_draft, publish
    from opentusk.catalog.tests.records import trees
    from opentusk.files.actions import add_version, create_series, receive, release
    from opentusk.journal.actors import SYSTEM
    from opentusk.kit.tables.json_shapes import as_json
    from opentusk.kit.tables.pipeline import examine_table
    from opentusk.tables.models import Table, TableVersion

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    lecce = Agent.objects.create(ipa_code="c_e506", slug="comune-di-lecce", name="Comune di Lecce")
    dataset = create_draft(trees("c_e506:pratiche"), holder=lecce, by=SYSTEM)
    file = dataset.distributions.get()
    file.series = create_series(agent=lecce, name="pratiche.csv", by=SYSTEM)
    file.save(update_fields=["series"])
    stored = receive([b"dati dimostrativi\n"], name="pratiche.csv", agent=lecce, by=SYSTEM)
    version = add_version(file.series, stored, name="pratiche.csv", by=SYSTEM)
    release(version, by=SYSTEM)
    publish(dataset, by=SYSTEM)

    folder = Path(settings.TABLES_DIR) / str(file.uuid) / "version1"
    folder.mkdir(parents=True)
    source = write_big_table(folder.parent / "pratiche.csv", rows=rows)
    found = examine_table(source, name="pratiche.csv", out=folder)
    # The addresses are invented; no clerk is there to say so, and a hidden column would make the answers smaller.
    found = replace(found, columns=tuple(replace(column, is_personal=False) for column in found.columns))
    table = Table.objects.create(distribution=file, uuid=file.uuid, title="Pratiche edilizie (dati dimostrativi)")
    table.latest = TableVersion.objects.create(
        table=table, number=1, file_version=version, rows=found.rows, is_public=True, released_at=timezone.now(),
        folder=f"{file.uuid}/version1", examination=as_json(found), content_hash=found.content_hash,
        schema_hash=found.schema_hash,
    )  # fmt: skip
    table.save(update_fields=["latest"])
    return str(table.uuid), found.parquet


def write_sqlite(parquet: Path, out: Path) -> Path:
    """The same rows as Datasette reads them: dates as texts, decimals as numbers."""
    with duckdb.connect() as source, sqlite3.connect(out) as target:
        described = source.execute(f"DESCRIBE FROM '{parquet}'").fetchall()
        casts = {"DATE": "{}::VARCHAR", "BOOLEAN": "{}::INTEGER"}
        columns = [(name, kind) for name, kind, *_rest in described if name not in ("_row", "_lon", "_lat", "_geom")]
        select = ", ".join(
            casts.get(kind, "{}::DOUBLE" if kind.startswith("DECIMAL") else "{}").format(f'"{name}"')
            for name, kind in columns
        )
        target.execute(f"CREATE TABLE pratiche ({', '.join(name for name, _kind in columns)})")
        result = source.execute(f"SELECT {select} FROM '{parquet}' ORDER BY _row")
        marks = ", ".join("?" * len(columns))
        while block := result.fetchmany(20_000):
            target.executemany(f"INSERT INTO pratiche VALUES ({marks})", block)
    target.close()
    return out


def start_portal(port: int) -> "subprocess.Popen[bytes]":
    """Two web processes, as `opentusk serve` starts them. The limits of rate are off: readers here do not pause."""
    granian = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--log-level", "error"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(settings.BASE_DIR),
        "OPENTUSK_VAR": str(settings.VAR_DIR),
        "OPENTUSK_QUERY_RATE": "0",
        "OPENTUSK_QUERY_EXPORTS": "0",
    }
    server = subprocess.Popen([granian, *options, "opentusk.config.wsgi:application"], env=environment)
    wait_for(port)
    return server


def start_datasette(database: Path, port: int) -> "subprocess.Popen[bytes]":
    """Datasette without its own limits of time, which would cut the answers."""
    chosen = {
        "sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000, "max_returned_rows": 200_000,
        "facet_suggest_time_limit_ms": 1, "suggest_facets": "off",
    }  # fmt: skip
    options = [word for name, value in chosen.items() for word in ("--setting", name, str(value))]
    command = [str(Path(sys.executable).with_name("datasette")), "serve", "--port", str(port), str(database), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    return server


def wait_for(port: int) -> None:
    """Until somebody listens."""
    for _attempt in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(port)


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Reader:
    """A client that keeps its connection, from an address of its own."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, source_address=(address, 0), timeout=120)

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the whole body."""
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        return answer.status, answer.read()


def memory_of(server: "subprocess.Popen[bytes]") -> float:
    """Megabytes that the server and all its processes have had at most, shared pages counted in each."""
    total = 0
    for pid in _family(server.pid):
        status = Path(f"/proc/{pid}/status")
        if status.exists():
            peak = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
            total += int(peak[0].split()[1]) if peak else 0
    return total / 1024


def _family(pid: int) -> Sequence[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]
