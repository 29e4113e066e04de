"""Proves that a worker killed at any step of reading a file loses nothing, halves nothing and does nothing twice.

The real worker in a portal of its own; the steps are watched in the row where the portal tells them to people.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = 5_000
STEPS = ("received", "opened", "decoded", "header", "read", "decided", "cast", "written", "profiled", "checked")
_PATIENCE = 60


class Portal:
    """A portal on a disk of its own, and its worker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.variables = variables | {
            "OPENTUSK_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "opentusk.config.settings",
        }
        self.run("opentusk.config.cli", "migrate", "--verbosity", "0")

    def run(self, module: str, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=self.variables, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def start_worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "opentusk.config.cli", "worker", "--once"]
        return subprocess.Popen(command, cwd=ROOT, env=self.variables, stderr=subprocess.DEVNULL)

    def ask(self, sql: str, *values: object) -> list[tuple]:
        rows = sqlite3.connect(self.folder / "opentusk.sqlite3", timeout=20)
        try:
            return rows.execute(sql, values).fetchall()
        finally:
            rows.close()

    def reading(self, version: int) -> tuple[str, list[str]]:
        """The state of the reading of a file, and the steps that are done."""
        found = self.ask("SELECT state, steps FROM tables_filereading WHERE file_version_id = ?", version)
        return (found[0][0], [step["step"] for step in json.loads(found[0][1])]) if found else ("", [])

    def children(self) -> list[int]:
        """The processes that read files of this portal."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command, variables = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
            except OSError:
                continue
            if b"opentusk.tables.child" in command and str(self.folder).encode() in variables:
                found.append(int(process.name))
        return found


@pytest.fixture
def portal(tmp_path):
    return Portal(tmp_path / "portal")


def write_table(path: Path, seed: int) -> Path:
    draw = Random(seed)
    with path.open("w", encoding="cp1252") as file:
        file.write("codice;via;importo;data\n")
        file.writelines(
            f"{row:06d};Via della Città {draw.randrange(900)};{draw.randrange(9999)},{draw.randrange(10, 99)};"
            f"{draw.randrange(1, 29):02d}/{draw.randrange(1, 13):02d}/2023\n"
            for row in range(ROWS)
        )
    return path


def kill_at(portal: Portal, worker: subprocess.Popen[bytes], version: int, step: str) -> None:
    """Kill the worker as soon as this step of this file is told."""
    deadline = time.monotonic() + _PATIENCE
    while step not in portal.reading(version)[1]:
        assert worker.poll() is None, f"the worker ended before {step}"
        assert time.monotonic() < deadline, f"{step} was never told"
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def test_a_worker_killed_at_each_step_is_followed_by_one_that_ends_the_work(portal, tmp_path):
    files = [write_table(tmp_path / f"passo-{number}.csv", number) for number, _step in enumerate(STEPS)]
    portal.run("tests.journeys.give_tables", *map(str, files))
    versions = [pk for (pk,) in portal.ask("SELECT id FROM files_fileversion ORDER BY id")]

    for version, step in zip(versions, STEPS, strict=True):
        worker = portal.start_worker()
        kill_at(portal, worker, version, step)

        state, steps = portal.reading(version)
        made = portal.ask("SELECT count(*) FROM tables_tableversion WHERE file_version_id = ?", version)[0][0]
        assert (made, state) in {(0, "running"), (1, "done")}, f"half done at {step}"
        assert steps[: STEPS.index(step) + 1] == list(STEPS[: STEPS.index(step) + 1])
        deadline = time.monotonic() + _PATIENCE
        while portal.children():
            assert time.monotonic() < deadline, "the reading process outlived its worker"

    assert portal.start_worker().wait(timeout=_PATIENCE * 2) == 0
    found = portal.ask("SELECT file_version_id, number, folder, rows, is_public FROM tables_tableversion ORDER BY id")
    assert sorted(row[0] for row in found) == versions
    for _version, number, folder, rows, is_public in found:
        assert (number, rows, is_public) == (1, ROWS, 0)
        parquet = portal.folder / "tables" / folder / "table.parquet"
        assert duckdb.sql(f"SELECT count(*), count(DISTINCT codice) FROM '{parquet}'").fetchone() == (ROWS, ROWS)
    assert portal.ask("SELECT count(*) FROM catalog_hold WHERE kind = 'examination' AND lifted_at IS NULL") == [(0,)]
    assert portal.ask("SELECT count(*) FROM journal_task WHERE status <> 'done'") == [(0,)]
