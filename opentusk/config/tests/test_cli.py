"""Proves the contract of the command line: JSON on stdout, everything else on stderr, three exit codes."""

import json
from pathlib import Path

import duckdb
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


TABLES = SAMPLES / "tables"


def told(capsys):
    return json.loads(capsys.readouterr().out)


def test_profile_prints_the_promised_shape_and_nothing_else(capsys):
    assert main(["profile", str(TABLES / "lizzano_popolazione.csv")]) == FINE

    answer = told(capsys)
    assert list(answer) == ["encoding", "dialect", "rows", "columns", "problems", "personal_data"]
    assert (answer["encoding"], answer["rows"]) == ("utf-8", 6)
    assert answer["dialect"] == {"delimiter": ";", "quote": '"', "header_row": 1, "skip_rows": 0}
    keys = ["name", "type", "semantic", "nulls", "distinct", "min", "max", "examples", "exceptions"]
    assert all(list(column) == keys for column in answer["columns"])
    assert answer["columns"][0] == {
        "name": "anno",
        "type": "integer",
        "semantic": "anno",
        "nulls": 0,
        "distinct": 6,
        "min": "2019",
        "max": "2024",
        "examples": ["2019", "2020", "2021", "2022", "2023"],
        "exceptions": 0,
    }
    keys = ["code", "severity", "row", "column", "message_it", "fix"]
    assert answer["problems"] and all(list(problem) == keys for problem in answer["problems"])
    assert all("…" not in problem["message_it"] for problem in answer["problems"])


def test_personal_data_block_and_no_value_is_told(capsys, tmp_path):
    path = tmp_path / "beneficiari.csv"
    path.write_text("Codice fiscale;Importo\nRSSMRA85T10A562S;100\nRSSMRA85T10A562S;200\n")

    assert main(["profile", str(path)]) == BLOCKED

    printed = capsys.readouterr().out
    answer = json.loads(printed)
    found = answer["personal_data"][0]
    assert (found["column"], found["kind"]) == ("codice_fiscale", "codice_fiscale")
    assert set(found) == {"column", "kind", "share"}
    assert "RSSMRA85T10A562S" not in printed


def test_table_writes_typed_parquet(capsys, tmp_path):
    written = tmp_path / "popolazione.parquet"

    assert main(["table", str(TABLES / "lizzano_popolazione.csv"), "-o", str(written)]) == FINE

    assert told(capsys)["rows"] == 6
    assert [path.name for path in tmp_path.iterdir()] == ["popolazione.parquet"]
    rows = duckdb.execute("SELECT anno, tot_pop, perc_m FROM read_parquet(?) ORDER BY _row LIMIT 1", [str(written)])
    assert [str(value) for value in rows.fetchone()] == ["2019", "9768", "48.98"]


def test_of_several_tables_one_is_taken_and_the_others_are_named(capsys):
    path = str(TABLES / "xloader_go-realtime.xlsx")

    main(["profile", path])
    first = told(capsys)
    main(["profile", path, "--table", "sheet:Tabelle1"])
    second = told(capsys)

    assert [problem["message_it"] for problem in first["problems"] if problem["code"] == "table.other_tables"] == [
        "Il file contiene altre 1 tabelle: sheet:Tabelle1. Indica quale con --table."
    ]
    assert len(second["columns"]) == 1


def test_an_accepted_proposal_is_applied(capsys, tmp_path):
    path = tmp_path / "codici.csv"
    path.write_text("Codice ISTAT;Abitanti\n71057;10\n72006;20\n")
    main(["profile", str(path)])
    fixes = [problem["fix"] for problem in told(capsys)["problems"] if problem["code"] == "table.lost_zeros"]

    main(["profile", str(path), "--accept", fixes[0]])

    assert told(capsys)["columns"][0]["examples"] == ["071057", "072006"]


@pytest.mark.parametrize("command", [["profile"], ["table", "-o", "fuori.parquet"]])
def test_a_file_that_is_no_table_exits_with_two(command, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("relazione.pdf").write_bytes(b"%PDF-1.7")

    assert main([*command, "relazione.pdf"]) == UNREADABLE

    said = capsys.readouterr()
    assert (said.out, "PDF" in said.err) == ("", True)
    assert [path.name for path in tmp_path.iterdir()] == ["relazione.pdf"]


ODD = {
    "vuoto.zip": (b"PK\x05\x06" + bytes(18), "L'archivio non contiene tabelle: servono"),
    "zeri.csv": (bytes(500), "Il file non è un testo"),
    "scalari.json": (b'{"a": 1}', "Nel JSON non c'è un elenco di righe: serve"),
    "rotto.parquet": (b"PAR1" + bytes(50) + b"PAR1", "Il file Parquet è danneggiato"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_cannot_be_read_is_told_in_one_sentence_without_our_folders(name, capsys, tmp_path):
    content, said = ODD[name]
    (tmp_path / name).write_bytes(content)

    assert main(["profile", str(tmp_path / name)]) == UNREADABLE

    printed = capsys.readouterr()
    assert said in printed.err and printed.out == ""
    assert str(tmp_path) not in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_types_are_words_of_people(capsys, tmp_path):
    path = tmp_path / "fogli.csv"
    path.write_text("foglio;via\n" + "12;Roma\n" * 300 + "sopra;Bari\n")

    main(["profile", str(path)])

    assert "1 celle non sono numeri interi (la prima alla riga 302)" in capsys.readouterr().out
