"""Proves that the real catalogues we hold come out harmonised, and valid wherever their source has the facts.

The expected values were read by eye in the files.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph as RdflibGraph
from rdflib import URIRef
from rdflib.namespace import OWL

from opentusk.kit.errors import Unreadable
from opentusk.kit.harmonise import Defaults, harmonise_catalog, harmonise_dataset
from opentusk.kit.iris import Iris
from opentusk.kit.items import CatalogReading
from opentusk.kit.problems import Problem
from opentusk.kit.rdf.documents import serialise
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.profiles import Profile
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import catalog_triples, dataset_triples
from opentusk.kit.reading import read_metadata
from opentusk.kit.records import Catalog, Dataset
from opentusk.kit.shacl import AGID_RULES, check_graph

SHARED = Path(__file__).resolve().parents[3] / "../shared"
SAMPLES = SHARED / "samples"
SHAPES = SHARED / "standards/shapes"
SHACL = "http://www.w3.org/ns/shacl#"
SITE = "https://dati.example.it"
IRIS = Iris(SITE)
EU = "http://publications.europa.eu/resource/authority"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
CSV, GPKG = f"{EU}/file-type/CSV", f"{EU}/file-type/GPKG"
ZIPPED = "https://www.iana.org/assignments/media-types/application/zip"

FILES = sorted(
    str(path.relative_to(SAMPLES))
    for folder in ("catalogs", "catalogs/history", "packages")
    for path in (SAMPLES / folder).iterdir()
    if path.is_file()
)
NOT_METADATA = {
    "catalogs/ckanext-dcat_dataset.ttl": "reading.syntax",
    "catalogs/semic_3.0.1_example-bee-population-dataset-series-combined.ttl": "reading.syntax",
    "packages/ckanmcp_datastore-search-success.json": "reading.not_a_catalogue",
    "packages/ckanmcp_group-list-success.json": "reading.not_a_catalogue",
    "packages/ckanmcp_mqa-metrics-success.json": "reading.not_a_catalogue",
    "packages/ckanmcp_mqa-quality-success.json": "reading.not_a_catalogue",
    "packages/ckanmcp_organization-list-success.json": "reading.not_a_catalogue",
    "packages/dati_gov_it_harvest_2026-08.json": "reading.not_a_catalogue",
    "packages/magda_ckanDatasetQuery.json": "reading.not_a_catalogue",
    "packages/piveau_package_search_response_example.json": "reading.json_syntax",
}
FOUR = ["comune_foggia.rdf", "comune_alessandria.rdf", "comune_lizzano.rdf", "brescia_mobilita.rdf"]
# Their theme has an empty address: only its label, on the nameless node, says which one is meant.
THEME_BY_LABEL = {
    "c_d643:elenco-matrimoni-residenti-foggia",
    "c_d643:elenco-morti-non-residenti-foggia-2024",
    "c_d643:elenco-morti-residenti-foggia-2024",
    "c_d643:elenco-nascite-non-residenti-foggia-2024",
}


def reading(name: str) -> CatalogReading:
    """What is read of a sample file."""
    return read_metadata((SAMPLES / name).read_bytes(), base=f"https://source.example.it/{name}")


@cache
def harmonised(name: str) -> tuple[Catalog, tuple[Dataset, ...], tuple[Problem, ...]]:
    """The catalogue and the datasets of one of the four files, as they come out, with every change."""
    found = reading(f"catalogs/{name}")
    catalog, problems = harmonise_catalog(found.catalog or Catalog(), Defaults(), IRIS)
    names = (catalog.publisher.name,) if catalog.publisher else ()
    datasets = []
    for item in found.items:
        assert item.record is not None
        dataset, changes = harmonise_dataset(item.record, Defaults(known_names=names), IRIS)
        datasets.append(dataset)
        problems += changes
    return catalog, tuple(datasets), tuple(problems)


def of(name: str) -> dict[str, Dataset]:
    """The datasets of a file by identifier."""
    return {dataset.identifier: dataset for dataset in harmonised(name)[1]}


def licences(dataset: Dataset) -> list[str | None]:
    """The licence of each distribution."""
    return [distribution.license.iri if distribution.license else None for distribution in dataset.distribution]


@pytest.mark.parametrize("name", [name for name in FILES if name not in NOT_METADATA])
def test_every_readable_file_is_harmonised_once_and_for_all(name: str) -> None:
    for item in reading(name).items:
        assert item.record is not None
        once, _ = harmonise_dataset(item.record, Defaults(), IRIS)

        twice, problems = harmonise_dataset(once, Defaults(), IRIS)

        assert twice == once
        assert [problem for problem in problems if problem.repairs] == []


@pytest.mark.parametrize(("name", "code"), sorted(NOT_METADATA.items()))
def test_every_other_file_is_refused_with_its_reason(name: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        reading(name)

    assert refusal.value.reason == code


@pytest.mark.parametrize("name", FOUR)
def test_every_change_has_its_sentences_place_and_values(name: str) -> None:
    for problem in harmonised(name)[2]:
        assert problem.where
        assert problem.before != problem.after
        assert problem.message_it != problem.code
        assert "…" not in problem.message_it + problem.message_en


def test_foggia_gets_its_code_its_name_and_its_identifiers() -> None:
    datasets = of("comune_foggia.rdf")

    assert len(datasets) == 7
    for identifier, dataset in datasets.items():
        assert identifier.startswith("c_d643:")
        assert dataset.rights_holder == dataset.publisher
        assert dataset.rights_holder is not None
        assert dataset.rights_holder.identifier == "c_d643"
        assert dataset.rights_holder.name == "Comune di Foggia"
        assert dataset.rights_holder.iri == f"{SITE}/agente/c_d643"
        assert [other.notation for other in dataset.other_identifier] == [identifier.replace("c_d643", "c___d643")]
    changed = {(problem.code, problem.before, problem.after) for problem in harmonised("comune_foggia.rdf")[2]}
    assert ("repair.ipa_code", "c___d643", "c_d643") in changed
    assert ("repair.body_name", "Stato Civile", "Comune di Foggia") in changed


def test_foggia_keeps_the_licence_of_the_files_and_the_conflict_is_told() -> None:
    datasets = of("comune_foggia.rdf").values()

    assert [licences(dataset) for dataset in datasets] == [[CC0]] * 7
    licence = next(iter(datasets)).distribution[0].license
    assert licence is not None
    assert licence.type == "http://purl.org/adms/licencetype/PublicDomain"
    told = Counter(problem.code for item in reading("catalogs/comune_foggia.rdf").items for problem in item.problems)
    assert told["reading.licences_differ"] == 7


def test_foggia_gets_four_themes_by_their_label_and_no_subject_is_made_up() -> None:
    datasets = of("comune_foggia.rdf")

    assert {dataset.theme for dataset in datasets.values()} == {(f"{EU}/data-theme/SOCI",)}
    labelled = {
        problem.where.partition(" › ")[0]
        for problem in harmonised("comune_foggia.rdf")[2]
        if problem.before == "Popolazione e società"
    }
    assert labelled == THEME_BY_LABEL
    assert [datasets[identifier].subject for identifier in sorted(THEME_BY_LABEL)] == [()] * 4
    assert datasets["c_d643:elenco-matrimoni-non-residenti-foggia"].subject == ("http://eurovoc.europa.eu/100208",)
    assert datasets["c_d643:elenco-nascite-residenti-foggia-2024"].subject == ("http://eurovoc.europa.eu/100210",)


def test_foggia_is_reached_at_an_office_with_an_address_of_its_own() -> None:
    for dataset in of("comune_foggia.rdf").values():
        (contact,) = dataset.contact_point
        assert contact.iri is not None
        assert contact.iri.startswith(f"{SITE}/contatto/c_d643/")
        assert (contact.fn, contact.has_email) == ("Stato Civile", "servizi.informatici@comune.foggia.it")
        assert (contact.has_telephone, contact.has_url) == ("08818192752", "http://www.comune.foggia.it")
        assert [place.geographic_name for place in dataset.spatial] == ["Foggia"]
        assert dataset.spatial[0].iri == f"{SITE}/luogo/071024"
        assert [distribution.format for distribution in dataset.distribution] == [CSV]


def test_alessandria_has_twenty_files_each_with_the_format_inside() -> None:
    datasets = of("comune_alessandria.rdf")

    assert {identifier: len(dataset.distribution) for identifier, dataset in datasets.items()} == {
        "c_a182:segnalazioni-municipium": 2,
        "c_a182:numeri-civici": 4,
        "c_a182:alberi": 4,
        "c_a182:viario": 2,
        "c_a182:ingressi-biblioteca": 8,
    }
    trees = datasets["c_a182:alberi"]
    assert [(file.format, file.compress_format) for file in trees.distribution] == [
        (CSV, None),
        (CSV, ZIPPED),
        (GPKG, None),
        (GPKG, ZIPPED),
    ]
    assert trees.distribution[1].media_type == "https://www.iana.org/assignments/media-types/text/csv"
    assert trees.theme == (f"{EU}/data-theme/ENVI",)
    assert {licence for dataset in datasets.values() for licence in licences(dataset)} == {CC_BY}
    assert {dataset.rights_holder.name for dataset in datasets.values() if dataset.rights_holder} == {
        "Comune di Alessandria"
    }
    assert {contact.has_email for dataset in datasets.values() for contact in dataset.contact_point} == {
        "assistenza.sit@comune.alessandria.it"
    }


def test_lizzano_is_repaired_without_a_single_lost_value() -> None:
    _catalog, (dataset,), problems = harmonised("comune_lizzano.rdf")

    assert dataset.identifier == "c_e630:popolazione"
    assert dataset.iri == "https://github.com/RTDLIZZANO/Comune_di_Lizzano/popolazione"
    assert (dataset.title, dataset.keyword) == ({"it": "popolazione"}, {"it": ("Lizzano", "Residenti", "Età")})
    assert dataset.accrual_periodicity == f"{EU}/frequency/ANNUAL"
    assert dataset.theme == (f"{EU}/data-theme/SOCI",)
    assert dataset.language == (f"{EU}/language/ITA",)
    (contact,) = dataset.contact_point
    assert contact.iri != "https://www.comune.lizzano.ta.it"
    assert contact.has_email == "servizifinanziari@comune.lizzano.ta.it"
    assert contact.has_url == "https://www.comune.lizzano.ta.it"
    assert (dataset.distribution[0].format, licences(dataset)) == (CSV, [CC_BY])
    assert [problem for problem in problems if problem.before and not problem.after] == []


def test_brescia_gets_its_licence_from_a_wrong_address_and_from_a_bare_name() -> None:
    datasets = of("brescia_mobilita.rdf")

    assert list(datasets) == ["bmspa:sosta", "bmspa:mobilita-sostenibile", "bmspa:trasporto-pubblico-locale"]
    assert [licences(dataset) for dataset in datasets.values()] == [[CC_BY, CC_BY], [CC_BY], [CC_BY]]
    changes = [problem for problem in harmonised("brescia_mobilita.rdf")[2] if problem.code == "repair.licence"]
    assert Counter(problem.before for problem in changes) == {
        "https://w3id.org/italia/controlled-vocabulary/licences/A21:CCBY40": 2,
        "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)": 2,
    }
    assert {dataset.theme for dataset in datasets.values()} == {(f"{EU}/data-theme/TRAN",)}
    shared = datasets["bmspa:mobilita-sostenibile"]
    assert shared.iri == "https://github.com/BresciaMobilita/Open-Data/mobilit%C3%A0-sostenibile"
    assert [other.notation for other in shared.other_identifier] == ["bmspa:mobilità-sostenibile"]
    assert {dataset.contact_point[0].has_email for dataset in datasets.values()} == {"customercare@bresciamobilita.it"}


def page(name: str, profile: Profile) -> Graph:
    """The whole catalogue as we would publish it."""
    catalog, datasets, _ = harmonised(name)
    triples = catalog_triples(catalog, profile, [dataset.iri or "" for dataset in datasets])
    return Graph([*triples, *(triple for dataset in datasets for triple in dataset_triples(dataset, profile))])


@pytest.mark.parametrize("name", FOUR)
def test_the_four_catalogues_break_no_rule_of_the_national_validator(name: str) -> None:
    found = check_graph(page(name, Profile.DCATAP_IT), AGID_RULES)

    # Rule 21 only recommends a subject, and Foggia left four of them empty.
    assert {problem.code for problem in found} <= {"agid.21"}
    assert {problem.where.partition(" › ")[0] for problem in found} == (
        THEME_BY_LABEL if name == "comune_foggia.rdf" else set()
    )


@cache
def shapes(name: str) -> RdflibGraph:
    """An official shape file, without the ontologies it imports, which are not at hand."""
    graph = RdflibGraph().parse(SHAPES / name)
    graph.remove((None, OWL.imports, None))
    return graph


def violations(graph: Graph, name: str) -> list[str]:
    """What the official checker finds wrong, without its warnings."""
    data = RdflibGraph().parse(data=serialise(graph.triples(), Syntax.N_TRIPLES), format="nt")
    _conforms, report, _text = validate(data, shacl_graph=shapes(name), advanced=True)
    return sorted(
        " ".join(
            str(report.value(result, URIRef(SHACL + part))) for part in ("focusNode", "resultPath", "resultMessage")
        )
        for result in report.objects(None, URIRef(SHACL + "result"))
        if report.value(result, URIRef(SHACL + "resultSeverity")) == URIRef(SHACL + "Violation")
    )


@pytest.mark.parametrize("name", FOUR)
@pytest.mark.parametrize("part", ["shapes", "deprecateduris", "range", "mdr-vocabularies.shape"])
def test_the_four_catalogues_satisfy_dcat_ap_2(name: str, part: str) -> None:
    shape_file = f"dcat-ap-2.1.1/dcat-ap_2.1.1_shacl_{part}.ttl"

    assert violations(page(name, Profile.DCATAP_2), shape_file) == []


@pytest.mark.parametrize("name", FOUR)
@pytest.mark.parametrize("part", ["shapes", "range", "deprecateduris"])
def test_the_four_catalogues_satisfy_dcat_ap_3(name: str, part: str) -> None:
    assert violations(page(name, Profile.DCATAP_IT), f"dcat-ap-3.0.1/{part}.ttl") == []
