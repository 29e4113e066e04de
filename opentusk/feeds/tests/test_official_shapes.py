"""Proves that our own full export, of a portal that harvested the four real catalogues, satisfies the official shapes.

The datasets go the whole way: read, harmonised, judged and stored as a harvest does it, then exported.
"""

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph as RdflibGraph
from rdflib import URIRef
from rdflib.namespace import OWL

from opentusk.bodies.actions import ensure_agent
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import checksum_of, iris
from opentusk.catalog.storing import Incoming, store_records
from opentusk.catalog.tests.records import distribution
from opentusk.feeds.building import require_readable
from opentusk.feeds.exporting import export_catalog
from opentusk.feeds.tests.conftest import publish_one
from opentusk.feeds.tests.reading import graph_of, walk
from opentusk.journal.actors import Actor, ActorKind
from opentusk.journal.reactions import deliver_all
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile
from opentusk.kit.reading import read_metadata
from opentusk.kit.record_json import write_record
from opentusk.kit.shacl import AGID_RULES, check_graph

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[3] / "../shared"
SHAPES = SHARED / "standards/shapes"
SHACL = "http://www.w3.org/ns/shacl#"
SOURCE = Actor(ActorKind.SOURCE, "harvest.source:1", "raccolta da un catalogo")
FILES = {"comune_foggia.rdf": 7, "comune_alessandria.rdf": 5, "comune_lizzano.rdf": 1, "brescia_mobilita.rdf": 3}
GEOSPATIAL = "http://data.europa.eu/bna/c_ac64a52d"
HVD_REGULATION = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
VERSION_2 = "dcat-ap-2.1.1/dcat-ap_2.1.1_shacl_"
CHECKS = [
    *((Profile.DCATAP_2, f"{VERSION_2}{part}.ttl") for part in ("shapes", "range", "deprecateduris")),
    *((Profile.DCATAP_3, f"dcat-ap-3.0.1/{part}.ttl") for part in ("shapes", "range")),
    *((Profile.DCATAP_IT, f"dcat-ap-3.0.1/{part}.ttl") for part in ("shapes", "range")),
    (Profile.DCATAP_IT, "dcat-ap-it/draft_catalog_shapes.ttl"),
]


@pytest.fixture
def harvested(db) -> list[Dataset]:
    for name in FILES:
        harvest(name)
    deliver_all()
    return list(Dataset.objects.published())


def harvest(name: str) -> None:
    address = f"https://source.example.org/{name}"
    reading = read_metadata((SHARED / "samples/catalogs" / name).read_bytes(), base=address)
    publisher = reading.catalog.publisher if reading.catalog else None
    defaults = Defaults(known_names=(publisher.name,) if publisher else ())
    batch = [incoming(item, defaults) for item in reading.items]
    store_records(batch, origin=name, by=SOURCE)


def incoming(item, defaults: Defaults) -> Incoming:
    record, problems = harmonise_dataset(item.record, defaults, iris())
    return Incoming(
        record=record,
        holder=ensure_agent(record.rights_holder, by=SOURCE),
        origin_id=item.source_id,
        origin_checksum=checksum_of(write_record(item.record)),
        problems=problems,
    )


def exported(profile: Profile, syntax: Syntax = Syntax.TURTLE) -> bytes:
    pieces: list[bytes] = []
    assert export_catalog(pieces.append, syntax, profile).left_out == []
    return b"".join(pieces)


@cache
def shapes(name: str) -> RdflibGraph:
    """A shape file without the ontologies it imports, which are not at hand."""
    graph = RdflibGraph().parse(SHAPES / name)
    graph.remove((None, OWL.imports, None))
    return graph


def violations(document: bytes, name: str) -> list[str]:
    data = RdflibGraph().parse(data=document, format="turtle")
    _conforms, report, _text = validate(data, shacl_graph=shapes(name), advanced=True)
    return sorted(
        " ".join(
            str(report.value(result, URIRef(SHACL + part))) for part in ("focusNode", "resultPath", "resultMessage")
        )
        for result in report.objects(None, URIRef(SHACL + "result"))
        if report.value(result, URIRef(SHACL + "resultSeverity")) == URIRef(SHACL + "Violation")
    )


def test_every_dataset_of_the_four_catalogues_is_published(harvested):
    assert len(harvested) == sum(FILES.values())


def test_the_export_satisfies_the_official_shapes(harvested):
    found = {(profile.value, name): violations(exported(profile), name) for profile, name in CHECKS}

    assert {check: wrong for check, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("profile", [Profile.DCATAP_IT, Profile.DCATAP_3])
def test_a_flagged_dataset_satisfies_the_shapes_of_high_value(lecce, profile):
    regulation = (HVD_REGULATION,)
    parts = (distribution("indirizzi", applicable_legislation=regulation),)
    publish_one(lecce, "indirizzi", hvd_category=(GEOSPATIAL,), applicable_legislation=regulation, distribution=parts)

    assert violations(exported(profile), "dcat-ap-hvd-3.0.0/hvd-SHACL-base.ttl") == []


def test_the_export_breaks_no_rule_of_the_national_validator(harvested):
    found = check_graph(graph_of(exported(Profile.DCATAP_IT)), AGID_RULES)

    # Rule 21 only recommends a subject, and Foggia left four of them empty.
    assert {problem.code for problem in found} <= {"agid.21"}


def test_every_syntax_of_every_profile_can_be_read_strictly(harvested):
    for profile in Profile:
        for syntax in Syntax:
            require_readable(exported(profile, syntax), syntax)


def test_the_feed_shows_what_was_harvested(client, harvested):
    assert sorted(walk(client, "/catalog.ttl")) == sorted(dataset.identifier for dataset in harvested)
