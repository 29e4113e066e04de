"""Proves that personal data are suspected in real and invented tables, that little else is, and that no value leaks."""

import csv
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opentusk.kit.personal import KINDS, advise, find_personal, hidden_columns, names_somebody, shown_name, tell_finding
from opentusk.kit.personal.codes import is_codice_fiscale, is_iban
from opentusk.kit.tables.formats.opening import list_tables
from opentusk.kit.tables.json_shapes import as_json
from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.shapes import Column, ColumnType, PersonalFinding
from opentusk.kit.tests.personal_cases import CASES, CF, EXPECTED, PEOPLE, TITLES

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "tables"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 2, "memory_limit": "512MB"}) as opened:
        yield opened


def look(
    connection: duckdb.DuckDBPyConnection, labels: Sequence[str], rows: Sequence[Sequence[str]], title: str = ""
) -> tuple[PersonalFinding, ...]:
    """What is suspected of a small table, whose columns are called `c0`, `c1`, `c2`…"""
    names = [f"c{number}" for number in range(len(labels))]
    connection.execute(f"CREATE OR REPLACE TABLE cells ({', '.join(f'{name} VARCHAR' for name in names)})")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        one_line = ([" ".join(cell.split("\n")).replace("\r", "") for cell in row] for row in rows)
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(one_line)
        file.flush()
        connection.execute(f"COPY cells FROM '{file.name}' (HEADER false, DELIMITER ',', QUOTE '\"', ESCAPE '\"')")
    columns = [Column(name=name, label=label, type=ColumnType.TEXT) for name, label in zip(names, labels, strict=True)]
    return find_personal(connection, "cells", columns, title=title)


def told(found: Sequence[PersonalFinding], *severities: str) -> set[tuple[str, str]]:
    """Severity and kind, those of these severities only (of all when none is named)."""
    return {(f.severity.value, f.kind) for f in found if not severities or f.severity.value in severities}


@pytest.mark.parametrize("case", CASES)
def test_what_a_table_makes_suspect(connection, case):
    labels, rows, expected = CASES[case]

    assert told(look(connection, labels, rows), "blocks", "major") == expected


@pytest.mark.parametrize("title", TITLES)
def test_a_title_speaks_of_people_or_of_places(connection, title):
    found = look(connection, ["numero pratica", "importo"], [["A1", "100,00"], ["A2", "250,50"]], title)

    assert told(found, "blocks", "major") == TITLES[title]


def test_a_list_published_by_duty_needs_its_purpose(connection):
    title = "Incarichi e consulenze – Amministrazione trasparente"

    found = look(connection, ["Consulente", "Compenso"], [[name, "1000"] for name in PEOPLE], title)

    assert ("major", "trasparenza") in told(found)
    assert "trasparenza" not in {kind for _severity, kind in told(look(connection, ["Anno"], [["2024"]], title))}


def test_a_file_without_header_begins_with_somebody_s_row(connection):
    found = look(connection, [CF, "Rossi Mario"], [["BNCCRL70A41A662X", "Bianchi Carla"]])

    assert ("blocks", "codice_fiscale") in told(found)
    assert shown_name(CF.lower(), "it") == shown_name("rossi_mario", "it") == "(senza intestazione)"
    assert CF.lower() not in " ".join(tell_finding(finding, "it", {"c0": CF}) for finding in found).lower()


def samples() -> list[Path]:
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_what_the_sample_tables_make_suspect(path, tmp_path):
    found = set()
    for number, source in enumerate(list_tables(path, name=path.name)):
        out = tmp_path / str(number)
        out.mkdir()
        found |= told(examine_table(path, name=path.name, out=out, key=source.key).personal)

    assert found == EXPECTED.get(path.name, (set(), ""))[0]


def test_nothing_that_the_examination_says_holds_a_value(tmp_path):
    rows = [[*name.split(" ", 1), CF, "333 1234567", "31/02/1980", "12,5"] for name in PEOPLE]
    path, out = tmp_path / "elenco.csv", tmp_path / "out"
    header = ["Cognome", "Nome", "CF", "Cellulare", "Data di nascita", "Punti"]
    path.write_text("\n".join(";".join(row) for row in [header, *rows]), encoding="utf-8")
    out.mkdir()

    examination = examine_table(path, name="elenco.csv", out=out)

    said = json.dumps(as_json(examination), ensure_ascii=False, default=str).lower()
    assert {column.name for column in examination.columns if column.is_personal} == {
        "cognome", "nome", "cf", "cellulare", "data_di_nascita"
    }  # fmt: skip
    assert [cell for row in rows for cell in row[:5] if cell.lower() in said] == []


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@st.composite
def tax_codes(draw: st.DrawFn) -> str:
    """A codice fiscale of nobody, with its check letter."""
    letters = draw(st.text(ALPHABET, min_size=6, max_size=6))
    day = draw(st.integers(1, 31)) + draw(st.sampled_from((0, 40)))
    year, month = draw(st.integers(0, 99)), draw(st.sampled_from("ABCDEHLMPRST"))
    place = draw(st.sampled_from(ALPHABET)) + f"{draw(st.integers(1, 999)):03}"
    body = f"{letters}{year:02}{month}{day:02}{place}"
    return next(body + check for check in ALPHABET if is_codice_fiscale(body + check))


@settings(max_examples=40, deadline=None)
@given(codes=st.lists(tax_codes(), min_size=1, max_size=5, unique=True), column=st.integers(0, 3), data=st.data())
def test_planted_codes_are_always_found_and_counted(connection, codes, column, data):
    rows = [[f"A{number}", "1.234,56", "via Roma 12", f"nota numero {number}"] for number in range(60)]
    places = data.draw(st.lists(st.integers(0, 59), min_size=len(codes), max_size=len(codes), unique=True))
    around = data.draw(st.sampled_from(("{}", "cod. {}", "({})", "{}, vedi", "c.f.:{}")))
    for place, code in zip(places, codes, strict=True):
        rows[place][column] = around.format(code)

    found = [f for f in look(connection, ["a", "b", "c", "d"], rows) if f.kind == "codice_fiscale"]

    assert [(f.columns, f.count) for f in found] == [((f"c{column}",), len(codes))]


def digits(size: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=size, max_size=size)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            digits(11),
            st.sampled_from(("071024", "075035", "063049", "001272")),
            st.builds("{}{}".format, digits(7), st.text("0123456789ABCDEF", min_size=3, max_size=3)),
            st.builds("{}{}{}{}".format, st.sampled_from(ALPHABET), digits(2), st.sampled_from(ALPHABET), digits(11)),
            st.uuids().map(str),
        ),
        min_size=1,
        max_size=40,
    )
)
@example(rows=[("00390000000", "071024", "0039012345", "A00A00000000000", "e3e70682-c209-4cac-629f-6fbed82c07cd")])
def test_codes_of_firms_places_contracts_and_projects_are_never_suspected(connection, rows):
    assert look(connection, ["partita iva", "codice istat", "CIG", "CUP", "guid"], rows) == ()


def test_a_million_rows_cost_less_than_a_second_and_one_code_among_them_is_found(connection):
    connection.execute(
        "CREATE OR REPLACE TABLE big AS SELECT 'ID' || i AS c0, '0' || (71000 + i % 300) AS c1, "
        "'VIA ROMA ' || i % 90 AS c2, (i % 200)::VARCHAR AS c3, '31/12/' || (1950 + i % 70) AS c4, "
        "(i / 7)::VARCHAR AS c5, CASE WHEN i % 2 = 0 THEN 'sì' ELSE 'no' END AS c6, 'NA' AS c7, "
        "(40 + i / 1e6)::VARCHAR AS c8, (16 + i / 1e6)::VARCHAR AS c9, lpad((i * 31)::VARCHAR, 11, '0') AS c10, "
        f"CASE WHEN i = 777777 THEN 'pratica {CF}' ELSE 'pratica numero ' || i || ' di manutenzione' END AS c11 "
        "FROM range(1000000) AS r(i)"
    )
    columns = [Column(name=f"c{number}", label=f"colonna {number}", type=ColumnType.TEXT) for number in range(12)]

    began = time.process_time()
    found = find_personal(connection, "big", columns)
    spent = time.process_time() - began
    connection.execute("DROP TABLE big")

    assert [(f.kind, f.column, f.count) for f in found] == [("codice_fiscale", "c11", 1)]
    # Both cores together, so that a busy machine does not matter: one second on each.
    assert spent < 2.0


def test_nothing_said_of_a_table_holds_a_value(connection):
    rows = [[*name.split(" ", 1), CF, "333 1234567", f"{name.split()[0].lower()}@gmail.com"] for name in PEOPLE]
    found = look(connection, ["Cognome", "Nome", "CF", "Cellulare", "Email"], rows)

    said = json.dumps([asdict(f) for f in found]) + repr(found)
    said += " ".join(tell_finding(f, language) + advise(f, language) for f in found for language in ("it", "en"))

    assert hidden_columns(found) == {"c0", "c1", "c2", "c3", "c4"}
    assert [cell for row in rows for cell in row if cell.lower() in said.lower()] == []


def test_every_kind_is_said_in_both_languages(connection):
    for kind in KINDS:
        finding = PersonalFinding(
            column="c0", columns=("c0",), kind=kind, rule="P2", severity="major", share=0.004, count=3, smallest=1
        )
        assert tell_finding(finding, "it") != tell_finding(finding, "en")
        assert "…" not in tell_finding(finding, "it").replace("info@…", "")


@pytest.mark.parametrize(
    "text", [f"è {CF}", "scrivi a mario.rossi@gmail.com", "IT60X0542811101000000123456", "333/1234567"]
)
def test_a_reason_that_names_somebody_is_noticed(text):
    assert names_somebody(text)


@pytest.mark.parametrize(
    "text", ["", "D.Lgs. 33/2013, art. 15", "prot. 0012345 del 3/3/2024", "rpd@pec.comune.lecce.it"]
)
def test_a_reason_that_names_a_rule_or_an_office_is_fine(text):
    assert not names_somebody(text)


def test_an_iban_has_its_check_digits():
    assert is_iban("IT60 X054 2811 1010 0000 0123 456")
    assert not is_iban("IT61X0542811101000000123456")
