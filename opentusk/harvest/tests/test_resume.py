"""A run that is killed at any moment goes on where it was, and ends as if nothing had happened."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from opentusk.harvest.tests.catalogs import catalog

_ROOT = Path(__file__).resolve().parents[3]
_DATASETS = 500


class Portal:
    """A portal of its own on a real SQLite file, worked through the command line alone."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.database = var / "opentusk.sqlite3"
        self._environment = {
            **os.environ, "OPENTUSK_VAR": str(var), "DJANGO_SETTINGS_MODULE": "opentusk.config.settings",
            "DATABASE_URL": f"sqlite:///{self.database}", "OPENTUSK_LOG_LEVEL": "ERROR",
        }  # fmt: skip

    def begin(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(_ROOT / "manage.py"), *arguments]
        return subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def run(self, *arguments: str) -> int:
        return self.begin(*arguments).wait(timeout=120)

    def harvest(self, source: Path) -> "subprocess.Popen[bytes]":
        return self.begin("harvest", "dcat_rdf", str(source), "--titolare", "c_e506")

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as database:
            return database.execute(query).fetchall()

    def count(self, table: str) -> int:
        return int(str(self.ask(f"SELECT count(*) FROM {table}")[0][0]))

    def attempts(self) -> int:
        return int(str(self.ask("SELECT coalesce(sum(attempts), 0) FROM harvest_harvestrun")[0][0]))

    def is_done(self) -> bool:
        return self.ask("SELECT status FROM harvest_harvestrun") == [("done",)]

    def state(self) -> dict[str, object]:
        """Everything a run leaves behind, without clocks and random names."""
        queries = {
            "datasets": "SELECT identifier, status, checksum, origin_checksum FROM catalog_dataset ORDER BY 1",
            "files": "SELECT iri, access_url, position FROM catalog_distribution ORDER BY 1, 2",
            "entries": "SELECT event, count(*), count(DISTINCT subject) FROM journal_entry GROUP BY event ORDER BY 1",
            "outcomes": "SELECT outcome, origin_id, is_repaired FROM harvest_runitem ORDER BY 2",
            "runs": "SELECT status, is_complete, counts, expected FROM harvest_harvestrun",
        }
        return {name: self.ask(query) for name, query in queries.items()}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "catalog.ttl"
    path.write_bytes(catalog(range(_DATASETS)))
    return path


@pytest.fixture(scope="module")
def undisturbed(catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    portal = Portal(tmp_path_factory.mktemp("undisturbed"))
    assert portal.run("migrate", "--verbosity", "0") == 0
    assert portal.harvest(catalogue).wait(timeout=120) == 0
    return portal.state()


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_run_ends_as_an_undisturbed_one(
    seed: int, catalogue: Path, undisturbed: dict[str, object], tmp_path: Path
) -> None:
    portal = Portal(tmp_path)
    portal.run("migrate", "--verbosity", "0")
    moments = random.Random(seed)

    # While it gathers, then in the middle of storing, then near the end.
    for stored in (0, moments.randrange(1, 200), moments.randrange(200, _DATASETS - 1)):
        _kill_when_stored(portal, catalogue, stored, pause=moments.random() * 0.1)
    if not portal.is_done():
        assert portal.harvest(catalogue).wait(timeout=120) == 0

    assert portal.attempts() > 1
    assert portal.state() == undisturbed


def _kill_when_stored(portal: Portal, catalogue: Path, number: int, pause: float) -> None:
    """Kill the process some moments after it has stored so many datasets, wherever it then is."""
    if portal.is_done():
        return
    process = portal.harvest(catalogue)
    while process.poll() is None:
        if portal.attempts() > 0 and portal.count("catalog_dataset") >= number:
            break
        time.sleep(0.005)
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.wait()
