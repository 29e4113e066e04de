"""Proves that a second portal that reads our feed holds the same records as we do.

Two portals in folders of their own, driven by the command line only: the first loads the demonstration and exports its
catalogue, the second harvests the document.
"""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Portal:
    """A portal on a disk of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def run(self, module: str, *words: str) -> str:
        variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        variables |= {"OPENTUSK_VAR": str(self.folder), "DJANGO_SETTINGS_MODULE": "opentusk.config.settings"}
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=variables, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def records(self) -> dict[str, object]:
        rows = sqlite3.connect(self.folder / "opentusk.sqlite3").execute(
            "SELECT identifier, record FROM catalog_dataset WHERE status = 'published'"
        )
        return {identifier: json.loads(record) for identifier, record in rows}


@pytest.fixture(scope="module")
def portals(tmp_path_factory):
    """The first portal, which others read, and the folder of an empty one."""
    folder = tmp_path_factory.mktemp("portals")
    empty = Portal(folder / "empty")
    empty.run("opentusk.config.cli", "migrate", "--verbosity", "0")
    first = Portal(copytree(empty.folder, folder / "first"))
    first.run("opentusk.config.cli", "demo")
    first.run("tests.benchmarks.deliver")
    return first, empty.folder


@pytest.mark.xdist_group("second portal")
@pytest.mark.parametrize("syntax", ["ttl", "rdf", "jsonld", "nt"])
def test_a_second_portal_holds_the_same_records(portals, tmp_path, syntax):
    first, empty = portals
    document = tmp_path / f"catalogo.{syntax}"
    first.run("opentusk.config.cli", "export", "--format", syntax, "-o", str(document))
    second = Portal(copytree(empty, tmp_path / "second"))

    answer = second.run(
        "opentusk.config.cli", "harvest", "dcat_rdf", str(document), "--titolare", "r_puglia", "--aggregator"
    )

    assert json.loads(answer)["outcomes"]["rejected"] == 0
    assert len(second.records()) > 250
    assert second.records() == first.records()
