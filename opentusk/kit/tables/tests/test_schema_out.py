"""Proves that the schemas say of a table what it is: types that can be read back, dialect, null marks, dictionary."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.schema_out import csvw, csvw_of_export, table_schema
from opentusk.kit.tables.shapes import ColumnType

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"
MESSY = (
    "Elenco delle scuole\n"
    "Codice;Comune;Importo (€);Alunni;Quota;Inizio;Mensa;Prov.;Nota\n"
    "BAIC80800X;Bari;1.234,50;1.200;12,5;31/12/2023;sì;BA;n.d.\n"
    "NAIC80900Q;Napoli;2.345,75;2.300;7,25;01/09/2024;no;NA;a\n"
    "SIIC81000L;Siena;345,00;900;1.000,5;15/01/2024;sì;SI;b\n"
)


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "scuole.csv"
    path.write_bytes(MESSY.encode("cp1252"))
    return examine_table(path, name="scuole.csv", out=tmp_path / "out")


def column_type(field):
    """The type of a column, read back from its Table Schema."""
    if field["type"] == "number":
        return ColumnType.DECIMAL if "scale" in field else ColumnType.NUMBER
    return ColumnType.TEXT if field["type"] == "string" else ColumnType(field["type"])


@pytest.mark.parametrize("name", ["lizzano_popolazione.csv", "puglia_dae_osm.csv", "ukqa_August-2010.xls"])
def test_the_types_of_a_real_table_survive_the_schema(name, tmp_path):
    found = examine_table(SAMPLES / name, name=name, out=tmp_path)

    schema = table_schema(found, title="Prova")

    assert [field["name"] for field in schema["fields"]] == [column.name for column in found.columns]
    assert [column_type(field) for field in schema["fields"]] == [column.type for column in found.columns]
    assert schema["title"] == "Prova"


def test_every_type_survives_the_schema(messy):
    for kind in set(ColumnType) - {ColumnType.GEOMETRY}:
        changed = replace(messy, columns=(replace(messy.columns[0], type=kind, codes=()),), profiles=())

        assert column_type(table_schema(changed)["fields"][0]) is kind


def test_codes_become_a_list_of_values_and_the_dictionary_is_told(messy):
    described = replace(
        messy.columns[7],
        codes=("BA", "NA", "SI"),
        title="Provincia",
        description="Sigla della provincia della scuola",
        unit="sigla",
        is_key=True,
    )

    field = table_schema(replace(messy, columns=(described,)))["fields"][0]

    assert field["constraints"] == {"enum": ["BA", "NA", "SI"], "required": True, "unique": True}
    assert (field["title"], field["unit"]) == ("Provincia", "sigla")
    assert field["description"] == "Sigla della provincia della scuola"
    assert (field["semantic"], field["semanticTitle"]) == ("sigla_provincia", "Sigla della provincia")


def test_a_personal_column_tells_no_value(messy):
    personal = replace(messy.columns[3], is_personal=True)

    assert "constraints" not in table_schema(replace(messy, columns=(personal,)))["fields"][0]


def test_csvw_describes_the_file_as_it_was_written(messy):
    described = csvw(messy, url="https://dati.example.it/scuole.csv", title="Scuole")

    assert described["dialect"] == {
        "encoding": "windows-1252",
        "delimiter": ";",
        "quoteChar": '"',
        "header": True,
        "headerRowCount": 1,
        "skipRows": 1,
        "lineTerminators": ["\n"],
    }
    columns = {column["titles"][0]: column for column in described["tableSchema"]["columns"]}
    assert columns["Importo (€)"]["datatype"] == {"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}
    assert columns["Alunni"]["datatype"] == {"base": "integer", "format": {"decimalChar": ",", "groupChar": "."}}
    assert columns["Inizio"]["datatype"] == {"base": "date", "format": "dd/MM/yyyy"}
    assert columns["Mensa"]["datatype"] == {"base": "boolean", "format": "sì|no"}
    assert columns["Prov."]["datatype"] == "string"
    assert columns["Nota"]["null"] == ["", "n.d."]


def test_a_reader_that_follows_the_csvw_finds_the_table(messy, tmp_path):
    described = csvw(messy, url="scuole.csv")
    dialect, columns = described["dialect"], described["tableSchema"]["columns"]

    text = io.StringIO(MESSY.encode("cp1252").decode(dialect["encoding"]))
    rows = list(csv.reader(text, delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"]))[dialect["skipRows"] :]

    assert rows[0] == [column["titles"][0] for column in columns]
    assert len(rows) - dialect["headerRowCount"] == messy.rows


def test_csvw_of_what_is_no_text_describes_our_export(tmp_path):
    name = "ukqa_August-2010.xls"
    found = examine_table(SAMPLES / name, name=name, out=tmp_path)

    described = csvw(found, url="https://dati.example.it/export.csv")

    assert described == csvw_of_export(found, url="https://dati.example.it/export.csv")
    assert described["dialect"]["delimiter"] == ","
    assert described["tableSchema"]["columns"][2] == {
        "name": "transaction_date",
        "titles": ["transaction_date", "Transaction Date"],
        "datatype": "date",
        "null": "",
    }
