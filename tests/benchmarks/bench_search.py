"""Search with all facets on 200,000 datasets: the whole answer (list, counts, names, rows), and a rebuild."""

import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.benchmarks.measure import Measure, median_seconds, percentile

if TYPE_CHECKING:
    # Models can be imported only once Django is set up, which the measures wait for.
    from opentusk.catalog.models import Dataset
    from opentusk.kit import records as kit
    from opentusk.quality.models import DatasetScore

SIZE = int(os.environ.get("BENCH_SEARCH_SIZE", "200000"))
TARGET_MS = 50.0
_CHUNK = 2_000
_EU = "http://publications.europa.eu/resource/authority/"
_SUBJECTS = (
    "popolazione residente", "alberi monumentali", "raccolta dei rifiuti urbani", "qualità dell'aria",
    "scuole primarie",
    "incidenti stradali", "farmacie", "bilancio di previsione", "parcheggi", "strutture ricettive", "fermate autobus",
    "piste ciclabili", "esercizi commerciali", "musei e biblioteche", "edifici pubblici", "numeri civici",
    "spiagge e balneazione", "consumi di energia", "imprese attive", "contributi e sussidi",
)  # fmt: skip
_QUALIFIERS = (
    "per quartiere",
    "per anno",
    "storico",
    "georeferenziati",
    "per sesso ed età",
    "elenco",
    "mensile",
    "mappa",
)
_FORMATS = ("CSV", "JSON", "XLSX", "SHP", "GEOJSON", "XML", "PDF", "ODS", "KML", "RDF_TURTLE", "ZIP", "WMS_SRVC")
_THEMES = ("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN")
_FREQUENCIES = ("ANNUAL", "MONTHLY", "IRREG", "UNKNOWN", "DAILY", "NEVER")
_LICENCES = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://w3id.org/italia/controlled-vocabulary/licences/A31_IODL20",
)
_QUESTIONS = (
    "", "scuola", "rifiuti urbani", "qualità dell'aria", "alberi lec", '"numeri civici"', "bibloteche", "comune",
    "popolazione per quartiere", "parcheggi mappa csv", "edifici", "energia elettrica",
)  # fmt: skip


def bench_search() -> Measure:
    """p95 of an answer, over every question under no, one and two filters."""
    from django.utils import timezone

    from opentusk.search.cards import cards_of
    from opentusk.search.facets import panels_of
    from opentusk.search.finding import Search
    from opentusk.search.question import Question, Sort

    _prepare()
    filters: tuple[dict[str, tuple[str, ...]], ...] = (
        {},
        {"theme": ("ENVI",)},
        {"format": ("CSV", "JSON"), "holder": ("x_b7",)},
    )
    questions = [
        Question(text=text, chosen=chosen, sort=sort, page=page)
        for text in _QUESTIONS
        for chosen in filters
        for sort, page in ((Sort.RELEVANCE, 1), (Sort.DATA, 3))
    ]
    times = []
    for question in questions * 4:
        start = time.perf_counter()
        search = Search(question)
        cards_of(search.found().ids, today=timezone.localdate())
        panels_of(question, search.counts())
        times.append((time.perf_counter() - start) * 1000)
    what = f"search with all facets, p95 (median {percentile(times, 0.5):.1f} ms)"
    return Measure(
        what=what,
        value=percentile(times, 0.95),
        unit="ms",
        size=_size(),
        rounds=len(times),
        target=f"<= {TARGET_MS:.0f} ms",
    )


def bench_rebuild() -> Measure:
    """Datasets per second of a rebuild from rows."""
    from opentusk.search.actions import rebuild_index

    _prepare()
    start = time.perf_counter()
    count = rebuild_index()
    return Measure(
        what="rebuild of the index",
        value=count / (time.perf_counter() - start),
        unit="datasets/s",
        size=_size(),
        rounds=1,
    )


def bench_update() -> Measure:
    """One changed dataset in the full index."""
    from opentusk.catalog.models import Dataset
    from opentusk.search.actions import index_datasets

    _prepare()
    first = Dataset.objects.in_feed_order().values_list("pk", flat=True)[0]
    seconds = median_seconds(lambda: index_datasets([first]), rounds=9)
    return Measure(what="one changed dataset in the index", value=seconds * 1000, unit="ms", size=_size(), rounds=9)


def synthetic_rows(size: int) -> Iterator[list["Dataset"]]:
    """Invented published datasets, chunk by chunk, unsaved; the same for the same size."""
    from opentusk.bodies.models import Agent
    from opentusk.catalog.models import Dataset
    from opentusk.catalog.records import put_record

    dice = random.Random(405)
    bodies = [
        Agent(ipa_code=f"x_b{number}", slug=f"ente-{number}", name=f"Comune di Prova {number}")
        for number in range(1_600)
    ]
    bodies = Agent.objects.bulk_create(bodies)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for first in range(0, size, _CHUNK):
        chunk = []
        for number in range(first, min(first + _CHUNK, size)):
            holder = bodies[int(dice.random() ** 3 * len(bodies))]
            at = start + timedelta(minutes=dice.randrange(400_000))
            row = Dataset(
                identifier=f"{holder.ipa_code}:n{number}", slug=f"{holder.ipa_code}-n{number}", status="published",
                published_at=at, metadata_modified_at=at,
            )  # fmt: skip
            put_record(row, _record(dice, row.identifier), holder)
            chunk.append(row)
        yield chunk


def _record(dice: random.Random, identifier: str) -> "kit.Dataset":
    from opentusk.kit import records as kit

    subject = f"{dice.choice(_SUBJECTS)} {dice.choice(_QUALIFIERS)}"
    place = int(dice.random() ** 2 * 4_000)
    files = tuple(
        kit.Distribution(
            iri=f"https://dati.example.org/{identifier}/{code}",
            title={"it": f"{subject} {code}"},
            access_url=f"https://dati.example.org/{identifier}.{code.lower()}",
            format=f"{_EU}file-type/{code}",
            license=kit.LicenseDocument(iri=dice.choice(_LICENCES)),
        )
        for code in dice.sample(_FORMATS, k=dice.randint(1, 4))
    )
    return kit.Dataset(
        identifier=identifier,
        title={"it": f"{subject.capitalize()} {dice.randint(2001, 2026)}"},
        description={"it": " ".join(dice.choice(_SUBJECTS) for _word in range(12))},
        modified=f"20{dice.randint(10, 26)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        theme=tuple(f"{_EU}data-theme/{code}" for code in dice.sample(_THEMES, k=dice.randint(1, 2))),
        keyword={"it": tuple(dice.choice(_SUBJECTS) for _word in range(3))},
        accrual_periodicity=f"{_EU}frequency/{dice.choice(_FREQUENCIES)}",
        spatial=(kit.Location(geographic_name=f"Luogo {place}"),),
        hvd_category=("http://data.europa.eu/bna/c_164e0bf5",) if dice.random() < 0.05 else (),
        distribution=files,
    )


def _prepare() -> None:
    """Rows and index, made once per run."""
    from django.core.management import call_command

    from opentusk.catalog.models import Dataset
    from opentusk.quality.models import DatasetScore
    from opentusk.search import index
    from opentusk.search.actions import rebuild_index

    if index.exists():
        return
    call_command("migrate", verbosity=0)
    dice = random.Random(7)
    for chunk in synthetic_rows(SIZE):
        rows = Dataset.objects.bulk_create(chunk)
        DatasetScore.objects.bulk_create(_score(row.pk, dice) for row in rows)
    rebuild_index()


def _score(pk: int, dice: random.Random) -> "DatasetScore":
    from django.utils import timezone

    from opentusk.kit.quality.mqa import band_of
    from opentusk.quality.models import DatasetScore

    total = dice.randrange(150, 405, 5)
    dimensions = dict.fromkeys(("findability", "accessibility", "interoperability", "reusability", "contextuality"), 0)
    return DatasetScore(
        dataset_id=pk, model_version="mqa-1", profile="dcatap_2", total=total, band=band_of(total).value, measures={},
        missing=[], at=timezone.now(), **dimensions,
    )  # fmt: skip


def _size() -> str:
    return f"{SIZE:,} datasets"


MEASURES = [bench_search, bench_rebuild, bench_update]
