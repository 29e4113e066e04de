"""Datasets a second, from a source on disk to a portal that has indexed, scored and written them into its feeds."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.benchmarks.catalogues import write_ckan, write_rdf
from tests.benchmarks.measure import Measure

SIZE = int(os.environ.get("OPENTUSK_BENCH_DATASETS", "10000"))


def harvest_rdf() -> Measure:
    """From one Turtle file."""
    return _harvest("dcat_rdf", write_rdf)


def harvest_ckan() -> Measure:
    """From pages of CKAN JSON."""
    return _harvest("ckan", write_ckan)


def _harvest(kind: str, write: object) -> Measure:
    with tempfile.TemporaryDirectory(prefix="opentusk-bench-") as folder:
        assert callable(write)
        source = write(Path(folder) / "source", SIZE)
        environment = {**os.environ, "OPENTUSK_VAR": folder}
        _run(environment, "opentusk.config.cli", "migrate", "--verbosity", "0")
        start = perf_counter()
        _run(environment, "opentusk.config.cli", "harvest", kind, str(source), "--titolare", "c_e506")
        stored = perf_counter()
        _run(environment, "tests.benchmarks.deliver")
        end = perf_counter()
    return Measure(
        what=f"harvest end to end, {kind} (of which {stored - start:.0f} s stored, {end - stored:.0f} s reactions)",
        value=SIZE / (end - start),
        unit="datasets/s",
        size=f"{SIZE:,} datasets, SQLite, two processes one after the other",
        rounds=1,
        target="≥ 100; CKAN's package_create does 12",
    )


def _run(environment: dict[str, str], module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


MEASURES = (harvest_rdf, harvest_ckan)
