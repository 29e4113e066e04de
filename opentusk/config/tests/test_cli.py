"""Proves the contract of the command line: JSON on stdout, everything else on stderr, three exit codes."""

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from opentusk.config.cli import BLOCKED, FINE, UNREADABLE, main

SAMPLES = Path(__file__).resolve().parents[3] / "../shared/samples"
LIZZANO = str(SAMPLES / "catalogs" / "comune_lizzano.rdf")


def test_check_prints_datasets_problems_and_score(capsys):
    assert main(["check", LIZZANO]) == FINE

    answer = json.loads(capsys.readouterr().out)
    assert answer["datasets"] == 1
    assert answer["score"]["mean"] == 250
    keys = {"code", "severity", "where", "message_it", "message_en", "before", "after"}
    assert all(problem.keys() == keys for problem in answer["problems"])


def test_a_file_with_a_blocking_problem_exits_with_one(capsys):
    assert main(["check", str(SAMPLES / "packages" / "dataset_minimal.json")]) == BLOCKED

    assert any(problem["severity"] == "blocks" for problem in json.loads(capsys.readouterr().out)["problems"])


@pytest.mark.parametrize("profile", ["dcatap_it", "dcatap_2", "dcatap_3", "hvd"])
def test_every_profile_can_be_asked(profile, capsys):
    main(["check", LIZZANO, "--profile", profile])

    assert json.loads(capsys.readouterr().out)["datasets"] == 1


@pytest.mark.parametrize(
    "source",
    [
        str(SAMPLES / "catalogs" / "ckanext-dcat_dataset.ttl"),
        str(SAMPLES / "packages" / "magda_ckanDatasetQuery.json"),
        "/non/esiste.rdf",
        "http://127.0.0.1:1/catalog.rdf",
        "http://169.254.169.254/latest",
        "http://",
        "http://[::1",
    ],
)
def test_what_cannot_be_read_exits_with_two_and_says_why_on_stderr(source, capsys):
    assert main(["check", source]) == UNREADABLE

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip()


@pytest.mark.parametrize(
    ("target", "syntax"), [("ttl", RdfFormat.TURTLE), ("rdf", RdfFormat.RDF_XML), ("nt", RdfFormat.N_TRIPLES)]
)
def test_convert_writes_a_document_that_reads_strictly(target, syntax, tmp_path, capsys):
    written = tmp_path / f"catalogo.{target}"

    assert main(["convert", LIZZANO, "--to", target, "-o", str(written)]) == FINE

    assert json.loads(capsys.readouterr().out)["datasets"] == 1
    assert len(list(parse(written.read_bytes(), syntax))) > 50
    assert main(["check", str(written)]) == FINE


def test_convert_writes_ckan_packages(tmp_path, capsys):
    written = tmp_path / "pacchetti.json"

    assert main(["convert", LIZZANO, "--to", "ckan", "-o", str(written)]) == FINE

    assert json.loads(written.read_text())[0]["identifier"] == "c_e630:popolazione"
