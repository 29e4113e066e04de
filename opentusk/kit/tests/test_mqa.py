"""The European score: 405 for a complete record, exactly what each property is worth, and the known real totals."""

import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from opentusk.kit.quality.indicators import INDICATORS, MAXIMUM, POINTS, Dimension
from opentusk.kit.quality.measures import is_known_media_type
from opentusk.kit.quality.mqa import (
    Band,
    Score,
    assume_reachable,
    band_of,
    dashboard_points,
    mean_total,
    score_dataset,
)
from opentusk.kit.quality.mqa_next import count_known_metrics
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.namespaces import DCAT, DCATAPIT, DCT, TYPE
from opentusk.kit.rdf.syntax import parse_document
from opentusk.kit.rdf.write import Profile, dataset_triples
from opentusk.kit.records import (
    Agent,
    ContactPoint,
    Dataset,
    Distribution,
    Identifier,
    LicenseDocument,
    Location,
    PeriodOfTime,
)
from opentusk.kit.sentences import SENTENCES
from opentusk.kit.vocabularies import FILE_TYPES, LICENCES

SHARED = Path(__file__).resolve().parents[4] / "shared"
MQA_LISTS = SHARED / "standards/vocabularies/mqa"
AUTHORITY = "http://publications.europa.eu/resource/authority"
IRI = "https://dati.example.it/id/dataset/c_e506/alberi"
FILE = Distribution(
    iri="https://dati.example.it/id/distribuzione/8f0c",
    title={"it": "Alberi, CSV"},
    description={"it": "CSV, UTF-8, virgola."},
    access_url="https://dati.example.it/dataset/c_e506-alberi/risorsa/8f0c",
    download_url=("https://dati.example.it/file/8f0c/alberi.csv",),
    format=f"{AUTHORITY}/file-type/CSV",
    media_type="https://www.iana.org/assignments/media-types/text/csv",
    license=LicenseDocument(
        iri="https://creativecommons.org/licenses/by/4.0/",
        type="http://purl.org/adms/licencetype/Attribution",
        name={"it": "CC BY 4.0"},
    ),
    rights=f"{AUTHORITY}/access-right/PUBLIC",
    availability=f"{AUTHORITY}/planned-availability/STABLE",
    status=f"{AUTHORITY}/distribution-status/COMPLETED",
    issued="2025-02-01",
    modified="2026-09-12",
    byte_size=345124,
)
HOLDER = Agent(iri="https://dati.example.it/agente/c_e506", identifier="c_e506", name="Comune di Lecce")
TREES = Dataset(
    iri=IRI,
    identifier="c_e506:alberi",
    title={"it": "Alberi del verde pubblico"},
    description={"it": "Posizione e specie degli alberi comunali, una riga per albero."},
    issued="2025-02-01",
    modified="2026-09-12",
    rights_holder=HOLDER,
    publisher=HOLDER,
    creator=(HOLDER,),
    contact_point=(
        ContactPoint(iri="https://dati.example.it/contatto/c_e506", fn="Ufficio", has_email="opendata@example.it"),
    ),
    theme=(f"{AUTHORITY}/data-theme/ENVI",),
    subject=("http://eurovoc.europa.eu/100243",),
    keyword={"it": ("alberi",)},
    accrual_periodicity=f"{AUTHORITY}/frequency/ANNUAL",
    access_rights=f"{AUTHORITY}/access-right/PUBLIC",
    language=(f"{AUTHORITY}/language/ITA",),
    spatial=(Location(iri="https://dati.example.it/luogo/075035", geographic_name="Lecce"),),
    temporal=(
        PeriodOfTime(iri="https://dati.example.it/periodo/2025", start_date="2025-01-01", end_date="2025-12-31"),
    ),
    landing_page="https://dati.example.it/dataset/c_e506-alberi",
    version_info="1.2",
    other_identifier=(Identifier(iri=f"{IRI}#uuid", notation="8f0c"),),
    distribution=(FILE,),
)


def score(record: Dataset) -> Score:
    graph = Graph(dataset_triples(record, Profile.DCATAP_2))
    return score_dataset(graph, IRI, assume_reachable(graph))


def without_file_field(**fields: Any) -> Dataset:
    return replace(TREES, distribution=(replace(FILE, **fields),))


def test_the_weights_are_those_of_the_portal() -> None:
    vocabulary = (MQA_LISTS / "piveau-dqv-vocabulary.ttl").read_text("utf-8")
    official = re.findall(r"pv:(\w+)\s+a\s+dqv:Metric(?:(?!dqv:Metric).)*?trueScore\s+\"(\d+)", vocabulary, re.DOTALL)

    assert MAXIMUM == 405
    assert len(INDICATORS) == 23
    assert {name: int(points) for name, points in official} == POINTS


def test_every_indicator_has_its_hint() -> None:
    assert [indicator.hint for indicator in INDICATORS if indicator.hint not in SENTENCES] == []


def test_a_complete_record_has_every_point() -> None:
    full = score(TREES)

    assert full.total == 405
    assert full.missing == ()
    assert full.band is Band.EXCELLENT
    assert list(full.dimensions.values()) == [100, 100, 110, 75, 20]


@pytest.mark.parametrize(
    ("record", "lost"),
    [
        (replace(TREES, keyword={}), 30),
        (replace(TREES, theme=()), 30),
        (replace(TREES, spatial=()), 20),
        (replace(TREES, temporal=()), 20),
        (replace(TREES, access_rights=None), 15),
        (replace(TREES, contact_point=()), 20),
        (replace(TREES, publisher=None), 10),
        (replace(TREES, issued=None), 0),
        (replace(without_file_field(issued=None), issued=None), 5),
        (replace(without_file_field(modified=None), modified=None), 5),
        (replace(TREES, description={}), 30),
        (without_file_field(access_url=""), 50 + 30),
        (without_file_field(download_url=()), 20 + 30),
        (without_file_field(format=None), 20 + 10 + 20 + 20),
        (without_file_field(media_type=None), 10 + 10),
        (without_file_field(format=f"{AUTHORITY}/file-type/XLSX"), 20),
        (without_file_field(format=f"{AUTHORITY}/file-type/PDF"), 40),
        (without_file_field(license=None), 30),
        (without_file_field(rights=None), 5),
        (without_file_field(byte_size=None), 5),
        (replace(TREES, distribution=()), 220),
    ],
)
def test_a_missing_property_loses_exactly_its_points(record: Dataset, lost: int) -> None:
    result = score(record)

    assert result.total == 405 - lost
    assert sum(missing.points for missing in result.missing) == lost
    assert [missing.points for missing in result.missing] == sorted(
        (missing.points for missing in result.missing), reverse=True
    )
    assert not any("{" in text for missing in result.missing for text in (missing.message_it, missing.message_en))


def test_a_url_without_a_known_good_status_counts_as_not_reachable() -> None:
    graph = Graph(dataset_triples(TREES, Profile.DCATAP_2))

    unknown = score_dataset(graph, IRI)
    refused = score_dataset(graph, IRI, {FILE.access_url: 405, FILE.download_url[0]: 204})

    assert unknown.dimensions[Dimension.ACCESSIBILITY] == 20
    assert refused.dimensions[Dimension.ACCESSIBILITY] == 50


def test_only_the_best_distribution_counts_and_all_are_kept() -> None:
    table = replace(FILE, iri=f"{FILE.iri}-pdf", format=f"{AUTHORITY}/file-type/PDF", byte_size=None)
    result = score(replace(TREES, distribution=(table, FILE)))

    assert result.total == 405
    assert result.best == 1
    assert [measures["byteSizeAvailability"] for measures in result.distributions] == [False, True]


def test_the_compliance_hint_names_the_broken_constraint() -> None:
    hint = next(
        missing for missing in score(replace(TREES, title={})).missing if missing.indicator == "dcatApCompliance"
    )

    assert "dct:title" in hint.message_it


def test_a_catalogue_has_two_figures() -> None:
    half = replace(FILE, iri=f"{FILE.iri}-2", license=None)
    scores = [score(replace(TREES, distribution=(FILE, half))), score(replace(TREES, keyword={}))]

    assert mean_total(scores) == (405 + 375) / 2
    assert dashboard_points(scores) == pytest.approx(405 - 30 / 2 - 30 / 3)
    assert mean_total([]) is None


def test_the_bands_begin_where_the_portal_says() -> None:
    assert [band_of(total) for total in (405, 351, 350, 221, 220, 121, 120, 0)] == [
        *[Band.EXCELLENT] * 2,
        *[Band.GOOD] * 2,
        *[Band.SUFFICIENT] * 2,
        *[Band.BAD] * 2,
    ]


@pytest.mark.parametrize(
    ("name", "total"),
    [("comune_lizzano", 250), ("comune_alessandria", 250), ("comune_foggia", 240), ("brescia_mobilita", 240)],
)
def test_a_real_catalogue_scores_what_was_measured(name: str, total: int) -> None:
    content = (SHARED / f"samples/catalogs/{name}.rdf").read_bytes()
    graph = parse_document(content, base=f"https://example.org/{name}.rdf")
    status = assume_reachable(graph)

    totals = [score_dataset(graph, node.value, status).total for node in graph.instances(DCATAPIT("Dataset"))]

    assert set(totals) == {total}


def test_another_dataset_of_the_graph_does_not_cost_this_one_its_conformance() -> None:
    graph = Graph(dataset_triples(TREES, Profile.DCATAP_2))
    other = NamedNode("https://dati.example.it/id/dataset/c_e506/altro")
    graph.add(other, TYPE, DCAT("Dataset"))
    graph.add(NamedNode(IRI), DCT("isVersionOf"), other)

    assert score_dataset(graph, IRI, assume_reachable(graph)).total == 405


def test_the_second_model_is_told_as_known_metrics_only() -> None:
    graph = Graph(dataset_triples(TREES, Profile.DCATAP_3))

    partial = count_known_metrics(graph, IRI)

    assert partial.known == 7
    assert {name for name, answer in partial.measures.items() if answer} == {
        "admsIdentifierAvailability",
        "statusAvailability",
        "dcatap300level1",
    }


def official_file_types(name: str) -> set[str]:
    return set(re.findall(r"rdf:about=\"([^\"]+)\"", (MQA_LISTS / name).read_text("utf-8")))


def test_the_lists_of_file_types_are_the_official_ones() -> None:
    assert {term.iri for term in FILE_TYPES.terms if term.machine_readable} == official_file_types(
        "edp-machine-readable-format.rdf"
    )
    assert {term.iri for term in FILE_TYPES.terms if term.non_proprietary} == official_file_types(
        "edp-non-proprietary-format.rdf"
    )


def test_the_registered_media_types_are_known_and_others_are_not() -> None:
    registered = []
    for name in ("application", "image", "model", "text"):
        with (MQA_LISTS / f"iana-mediatype-{name}.csv").open(encoding="utf-8") as file:
            registered += [row["Template"] for row in csv.DictReader(file) if row["Template"]]

    prefix = "https://www.iana.org/assignments/media-types/"
    unknown = [name for name in registered if not is_known_media_type(prefix + name)]

    assert unknown == []
    assert is_known_media_type("http://www.iana.org/assignments/media-types/text/csv")
    assert not is_known_media_type("text/csv")
    assert not is_known_media_type(f"{prefix}text/nothing")


def test_a_licence_is_known_when_the_official_list_has_its_spelling() -> None:
    official = set(
        re.findall(r"rdf:(?:about|resource)=\"([^\"]+)\"", (MQA_LISTS / "edp-licences-skos.rdf").read_text("utf-8"))
    )
    with (MQA_LISTS / "ckan-mqa_licenses.csv").open(encoding="utf-8") as file:
        official |= {cell for row in csv.reader(file) for cell in row if cell.startswith("http")}

    assert [term.iri for term in LICENCES.terms if term.mqa_known != (term.iri in official)] == []
