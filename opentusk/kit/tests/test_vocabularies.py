"""Proves that our compact tables hold every code, IRI and name of the official lists.

The official files are read here and nowhere else: a new release of a list makes a test fail, not a portal.
"""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from opentusk.kit import vocabularies
from opentusk.kit.vocabularies import (
    ACCESS_RIGHTS,
    AVAILABILITIES,
    DATASET_TYPES,
    DISTRIBUTION_STATUSES,
    FILE_TYPES,
    FREQUENCIES,
    HVD_CATEGORIES,
    LANGUAGES,
    LICENCES,
    MEDIA_TYPES,
    PLACES,
    SUBTHEMES,
    THEMES,
    Vocabulary,
)

OFFICIAL = Path(__file__).resolve().parents[3] / "../shared/standards/vocabularies"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
AGID_LICENCES = "https://w3id.org/italia/controlled-vocabulary/licences/"
IDENTIFIER = pyoxigraph.NamedNode("http://purl.org/dc/elements/1.1/identifier")
LABEL = pyoxigraph.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
TYPE = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
AGID_LICENCE = pyoxigraph.NamedNode("http://dati.gov.it/onto/dcatapit#LicenseDocument")
ALL = [value for value in vars(vocabularies).values() if isinstance(value, Vocabulary)]


def official(name: str) -> pyoxigraph.Store:
    """The official list `name`, as it is."""
    store = pyoxigraph.Store()
    syntax = pyoxigraph.RdfFormat.TURTLE if name.endswith("ttl") else pyoxigraph.RdfFormat.RDF_XML
    store.load(path=str(OFFICIAL / name), format=syntax, base_iri="http://example.org/")
    return store


def concepts(store: pyoxigraph.Store) -> dict[str, dict[str, str]]:
    """IRI → language → name of every concept that has a code."""
    return {
        quad.subject.value: {
            label.object.language: " ".join(label.object.value.split())
            for label in store.quads_for_pattern(quad.subject, LABEL, None)
        }
        for quad in store.quads_for_pattern(None, IDENTIFIER, None)
    }


@pytest.mark.parametrize(
    ("vocabulary", "name", "count"),
    [
        (THEMES, "eu/data-theme-filtered.rdf", 14),
        (FILE_TYPES, "eu/filetypes-filtered.rdf", 184),
        (FREQUENCIES, "eu/frequencies-filtered.rdf", 31),
        (LANGUAGES, "eu/languages-filtered.rdf", 404),
        (ACCESS_RIGHTS, "eu/access-right-skos.rdf", 7),
        (AVAILABILITIES, "eu/planned-availability-sparql-result.ttl", 4),
        (DISTRIBUTION_STATUSES, "eu/distribution-status-sparql-result.ttl", 4),
        (DATASET_TYPES, "eu/dataset-types-sparql-result.ttl", 24),
        (HVD_CATEGORIES, "eu/high-value-categories.ttl", 96),
        (PLACES, "eu/places-filtered.rdf", 238),
        (PLACES, "eu/countries-skos.rdf", 284),
        (PLACES, "eu/continents-skos.rdf", 7),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_every_official_concept_has_its_iri_and_names(vocabulary, name, count):
    listed = concepts(official(name))

    assert len(listed) == count
    for iri, names in listed.items():
        term = vocabulary.by_iri(iri)
        assert term is not None, iri
        assert term.code == iri.rsplit("/", 1)[1]
        assert term.en == names["en"]
        assert term.it == names.get("it", term.it)


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda vocabulary: vocabulary.name)
def test_every_table_says_what_it_is_and_where_it_comes_from(vocabulary):
    assert vocabulary.scheme.startswith("http")
    assert vocabulary.title_it
    assert vocabulary.source
    assert vocabulary.date
    assert len({term.iri for term in vocabulary.terms}) == len(vocabulary.terms)
    assert all(term.code and term.it and term.en for term in vocabulary.terms)


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda vocabulary: vocabulary.name)
def test_every_term_is_found_by_its_iri_in_any_dress(vocabulary):
    for term in vocabulary.terms:
        bare = term.iri.split("://", 1)[1].rstrip("/")
        for spelling in (term.iri, f"http://{bare}", f"https://{bare}/", f" <{term.iri}> ", term.iri.upper()):
            assert vocabulary.find(spelling) == term, spelling


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda vocabulary: vocabulary.name)
def test_no_spelling_names_two_terms(vocabulary):
    """A synonym that a code or a name of another term already is would be dead weight in the table."""
    for row, term in zip(vocabulary._table.rows, vocabulary.terms, strict=True):
        for spelling in filter(None, row.get("aka", "").split("|")):
            assert vocabulary.find(spelling) == term, (term.code, spelling)


def test_the_formats_carry_the_lists_of_the_european_score():
    machine_readable = _named_types("mqa/edp-machine-readable-format.rdf")
    non_proprietary = _named_types("mqa/edp-non-proprietary-format.rdf")

    assert {term.code for term in FILE_TYPES.terms if term.machine_readable} == machine_readable
    assert {term.code for term in FILE_TYPES.terms if term.non_proprietary} == non_proprietary
    assert (len(machine_readable), len(non_proprietary)) == (20, 29)


def _named_types(name: str) -> set[str]:
    return set(re.findall(r'file-type/(\w+)"', (OFFICIAL / name).read_text("utf-8")))


@pytest.mark.parametrize(
    ("stars", "codes"),
    [
        (4, "RDF RDF_XML RDF_TURTLE JSON_LD"),
        (3, "CSV JSON XML ODS XLSX GEOJSON GPKG SHP"),
        (2, "XLS"),
        (1, "TXT HTML PDF DOC DOCX ODT PNG GIF JPEG TIFF"),
    ],
)
def test_the_stars_are_those_of_the_guidelines(stars, codes):
    assert {FILE_TYPES.by_code(code).stars for code in codes.split()} == {stars}


def test_every_media_type_of_the_registry_is_listed():
    for name in ("application", "image", "model", "text"):
        with (OFFICIAL / f"mqa/iana-mediatype-{name}.csv").open(encoding="utf-8-sig", newline="") as registry:
            for row in csv.DictReader(registry):
                if row["Template"]:
                    assert MEDIA_TYPES.by_code(row["Template"].strip()), row["Template"]
    assert MEDIA_TYPES.by_code("text/csv").iri == "https://www.iana.org/assignments/media-types/text/csv"


def test_the_media_type_of_a_format_is_one_of_the_registry():
    for term in FILE_TYPES.terms:
        assert term.media_type is None or MEDIA_TYPES.by_code(term.media_type), term.code


def test_every_european_licence_is_known_by_its_iri():
    for iri, names in concepts(official("eu/licences-skos.rdf")).items():
        found = LICENCES.find(iri) or LICENCES.find(iri.rsplit("/", 1)[1])
        assert found is not None, (iri, names)


def test_every_italian_licence_has_its_class():
    listed = official("it/licences.ttl").quads_for_pattern(None, TYPE, AGID_LICENCE)
    codes = {quad.subject.value for quad in listed}

    assert len(codes) == 51
    for iri in codes:
        assert LICENCES.find(iri).openness == iri.rsplit("/", 1)[1][0], iri


def test_the_european_score_knows_the_licences_we_emit_as_it_says():
    known = (OFFICIAL / "mqa/edp-licences-skos.rdf").read_text("utf-8")
    with (OFFICIAL / "mqa/ckan-mqa_licenses.csv").open(encoding="utf-8-sig", newline="") as rows:
        known += "".join(f'"{cell}"' for row in csv.reader(rows) for cell in row)

    for licence in LICENCES.terms:
        assert licence.mqa_known == (f'"{licence.iri}"' in known), licence.code


def test_what_a_licence_asks():
    by_nc_sa = LICENCES.find("CC BY-NC-SA 4.0")

    assert by_nc_sa.attribution
    assert by_nc_sa.share_alike
    assert by_nc_sa.non_commercial
    assert not by_nc_sa.no_derivatives
    assert by_nc_sa.openness == "B"
    assert LICENCES.by_code("CC_BY_4_0").agid_iri == f"{AGID_LICENCES}A21_CCBY40"
    assert LICENCES.by_code("CC_BY_4_0").eu_iri == f"{AUTHORITY}licence/CC_BY_4_0"
    assert LICENCES.by_code("CC_BY_4_0").version == "4.0"
    assert LICENCES.by_code("CC_BY_4_0").type_iri == "http://purl.org/adms/licencetype/Attribution"


def test_the_length_of_a_frequency_grows_with_its_name():
    codes = "1MIN HOURLY DAILY WEEKLY BIWEEKLY MONTHLY BIMONTHLY QUARTERLY ANNUAL_3 ANNUAL_2 ANNUAL BIENNIAL DECENNIAL"
    days = [FREQUENCIES.by_code(code).days for code in codes.split()]

    assert days == sorted(days)
    assert FREQUENCIES.by_code("IRREG").days is None


def test_a_subtheme_stands_under_the_themes_of_the_official_mapping():
    with (OFFICIAL / "it/theme-subtheme-mapping.csv").open(encoding="utf-8-sig", newline="") as mapping:
        for row in csv.DictReader(mapping):
            assert row["uri_1_livello"] in SUBTHEMES.by_iri(row["uri_2_livello"]).themes
    mapping_as_graph = (OFFICIAL / "it/theme-subtheme-mapping.ttl").read_text("utf-8")
    for iri in re.findall(r"<(http://eurovoc\.europa\.eu/\d+)> a ", mapping_as_graph):
        assert SUBTHEMES.by_iri(iri), iri


def test_the_high_value_categories_have_six_parents():
    six = {term.iri for term in HVD_CATEGORIES.terms if term.iri in {other.parent for other in HVD_CATEGORIES.terms}}

    assert len(six) == 6
    assert HVD_CATEGORIES.by_code("c_f2b50efd").parent == "http://data.europa.eu/bna/c_e1da4e07"
    assert HVD_CATEGORIES.by_code("c_e1da4e07").it == concepts_it("eu/high-value-dataset-category.rdf", "c_e1da4e07")
    assert HVD_CATEGORIES.find("http://data.europa.eu/bna/asd487ae75") is None


def concepts_it(name: str, code: str) -> str:
    subject = pyoxigraph.NamedNode(f"http://data.europa.eu/bna/{code}")
    labels = official(name).quads_for_pattern(subject, LABEL, None)
    return next(label.object.value for label in labels if label.object.language == "it")


def test_importing_the_vocabularies_reads_no_table():
    script = (
        "import importlib.resources as r, sys; import opentusk.kit.vocabularies as v; "
        "sys.exit(any('_table' in vars(x) for x in vars(v).values() if isinstance(x, v.Vocabulary)))"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
