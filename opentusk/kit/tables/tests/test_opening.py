"""Proves that every format opens with what is in it, and that what must not be opened is refused with its reason."""

import gzip
import json
import random
import sqlite3
import struct
import time
import tracemalloc
import zipfile
import zlib
from contextlib import closing
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.kit.errors import Unreadable
from opentusk.kit.sentences import SENTENCES
from opentusk.kit.tables.formats.opening import list_tables, load_raw
from opentusk.kit.tables.shapes import ColumnType, Options, TableSource
from opentusk.kit.tables.workspace import load_spatial, open_workspace

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"
OPTIONS = Options()


@pytest.fixture
def connection(tmp_path):
    with open_workspace(tmp_path / "work") as opened:
        yield opened


def read(connection, path, key="", name=""):
    """The source, the raw table and its rows (line, cells…) in order."""
    sources = {source.key: source for source in list_tables(path, name=name or path.name)}
    raw = load_raw(connection, path, sources[key], OPTIONS)
    columns = ", ".join(["_line", *(f"c{number}" for number in range(raw.width))])
    return raw, connection.execute(f"SELECT {columns} FROM {raw.view} ORDER BY _line").fetchall()


def reason(path, name=""):
    with pytest.raises(Unreadable) as refused:
        list_tables(path, name=name or path.name)
    return refused.value.reason


# Read by eye in LibreOffice and QGIS: how many rows, headers included, and which labels.
@pytest.mark.parametrize(
    ("name", "keys", "rows", "width", "first"),
    [
        ("ukqa_August-2010.xls", [""], 711, 9, ["Department Family", "Entity", "Transaction Date"]),
        ("ukqa_three_header_rows.ods", [""], 1138, 281, [None, None, None, "Group"]),
        ("xloader_go-realtime.xlsx", ["sheet:Realtime", "sheet:Tabelle1"], 51, 6, ["Company-GO-ID", "Company name"]),
        ("alessandria_alberi.csv.zip", [""], 16485, 18, ["Identificativo", "Tipologia", "Essenza"]),
        ("dati_gov_it_mqa_dataset_2026-08-18.csv.gz", [""], 64904, 5, ["dataset_id", "org_uuid", "org_slug"]),
    ],
)
def test_samples_without_labels_of_their_own(connection, name, keys, rows, width, first):
    path = SAMPLES / name

    raw, found = read(connection, path, key=keys[0])

    assert [source.key for source in list_tables(path, name=name)] == keys
    assert (len(found), raw.labels) == (rows, None)
    assert list(found[0][1 : len(first) + 1]) == first
    assert raw.width >= width


def test_an_excel_sheet_of_1990s_form_gives_days_and_amounts(connection):
    _raw, found = read(connection, SAMPLES / "ukqa_August-2010.xls")

    assert found[1][1:9] == (
        "DFID",
        "DFID",
        "2010-08-02",
        "Emergency / Humanitarian Assistance",
        "West and Southern Africa",
        "WFP CONTRIBUTIONS UNIT",
        "400111738",
        "3200000",
    )
    assert found[3][8] == "13931820.81"


def test_a_zipped_shapefile(connection):
    raw, found = read(connection, SAMPLES / "xloader_polling_locations.shapefile.zip")

    assert raw.labels[:4] == ("OBJECTID", "X", "Y", "PollLocID")
    assert (len(found), raw.has_geometry, raw.crs, raw.dialect.encoding) == (255, True, "", "utf-8")
    assert found[0][1:4] == ("1", "781862.000004", "2958580.000015")
    shape = connection.execute(f"SELECT _geom FROM {raw.view} ORDER BY _line LIMIT 1").fetchone()[0]
    assert struct.unpack("<BI2d", shape) == pytest.approx((1, 1, -71.0348, 42.3655), abs=0.001)


def test_a_geojson(connection):
    raw, found = read(connection, SAMPLES / "xloader_polling_locations.geojson")

    assert raw.labels[:3] == ("OBJECTID", "X", "Y")
    assert [row[2] for row in found] == ["781862.000004", "782174.071396"]
    shape = connection.execute(f"SELECT _geom FROM {raw.view} ORDER BY _line LIMIT 1").fetchone()[0]
    assert struct.unpack("<BI2d", shape) == (1, 1, -71.03489031049394, 42.36556300488601)


def test_a_geometry_that_cannot_be_drawn_keeps_its_row(connection):
    raw, found = read(connection, SAMPLES / "datagouv_invalid.geojson")

    assert found == [(1, "Point Feature", "A simple point feature.")]
    assert [(problem.code, problem.row, problem.rule) for problem in raw.problems] == [
        ("table.wrong_geometry", 1, "F5.p")
    ]


# Spreadsheets


def write_sheet(path, cells, options=None):
    book = xlsxwriter.Workbook(path, options or {})
    sheet = book.add_worksheet("Dati")
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)
    book.close()
    return path


def test_the_cells_of_a_sheet_come_in_iso_form(connection, tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Dati")
    forms = {
        form: book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm")
    }
    sheet.write_row(
        0, 0, ["giorno", "istante", "ora", "durata", "vero", "errore", "intero", "grande", "piccolo", "codice"]
    )
    sheet.write_datetime(1, 0, datetime(2023, 12, 31), forms["dd/mm/yyyy"])
    sheet.write_datetime(1, 1, datetime(2023, 12, 31, 10, 30), forms["dd/mm/yyyy hh:mm"])
    sheet.write_datetime(1, 2, clock(10, 30), forms["hh:mm"])
    sheet.write_datetime(1, 3, timedelta(hours=30), forms["[h]:mm"])
    sheet.write_boolean(1, 4, True)
    sheet.write_formula(1, 5, "=NA()", value="#N/A")
    sheet.write_number(1, 6, 4)
    sheet.write_number(1, 7, 1e20)
    sheet.write_number(1, 8, 0.00000012)
    sheet.write_string(1, 9, "00123")
    sheet.write_datetime(2, 1, datetime(2024, 1, 1), forms["dd/mm/yyyy hh:mm"])
    sheet.write_formula(2, 5, "=1/0", value="#DIV/0!")
    book.close()

    _raw, found = read(connection, path)

    assert found[1][1:] == (
        "2023-12-31", "2023-12-31 10:30:00", "10:30:00", "30:00:00", "true", "#N/A", "4", "100000000000000000000",
        "0.00000012", "00123",
    )  # fmt: skip
    assert found[2][2] == "2024-01-01 00:00:00"
    assert found[2][6] == "#DIV/0!"


def test_merged_cells_have_their_value_in_each_and_a_title_stands_once(connection, tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 3, "Popolazione al 31 dicembre")
    sheet.merge_range(1, 2, 1, 3, "Residenti")
    sheet.write_row(2, 0, ["Provincia", "Comune", "Maschi", "Femmine"])
    sheet.merge_range(3, 0, 4, 0, "Bari")
    sheet.write_row(3, 1, ["Altamura", 10, 20])
    sheet.write_row(4, 1, ["Bitonto", 30, 40])
    book.close()

    raw, found = read(connection, path)

    assert found[0][1:] == ("Popolazione al 31 dicembre", None, None, None)
    assert found[1][1:] == (None, None, "Residenti", "Residenti")
    assert [row[1] for row in found[3:]] == ["Bari", "Bari"]
    assert [(problem.code, problem.count) for problem in raw.problems] == [("table.merged_cells", 2)]


def test_hidden_and_empty_sheets_are_no_tables_and_hidden_ones_are_told(connection, tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Dati").write_row(2, 1, ["a", "b"])
    book.add_worksheet("Segreto").hide()
    book.add_worksheet("Vuoto")
    book.close()

    raw, found = read(connection, path)

    assert list_tables(path, name="a.xlsx") == [TableSource(key="", label="a.xlsx", format="xlsx")]
    assert found == [(3, "a", "b")]
    assert [problem.code for problem in raw.problems] == ["table.hidden_sheets"]


def test_decimals_that_look_like_thousands_are_declared_numbers(connection, tmp_path):
    path = write_sheet(tmp_path / "a.xlsx", [["x", "y", "z"], [1.894, 1.894, 5], [2.5, 2.123, "n.d."], [3, 7, 6]])

    raw, _found = read(connection, path)

    assert raw.native == {1: ColumnType.NUMBER}


CELL = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
    ),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_sheet_gives_back_every_cell(tmp_path, rows):
    path = write_sheet(tmp_path / "a.xlsx", [["a", "b", "c"], *rows])
    with open_workspace(tmp_path / "work") as connection:
        _raw, found = read(connection, path)

    read_rows = {row[0]: row[1:] for row in found}
    for line, row in enumerate(rows, 2):
        cells = read_rows.get(line, (None,) * 3)
        for before, after in zip(row, cells, strict=True):
            assert same(before, after)


def same(before, after):
    if before is None or before == "":
        return after is None
    return after == before if isinstance(before, str) else after is not None and float(after) == float(f"{before:.16g}")


def test_a_sheet_of_more_columns_than_can_be_used_is_refused(connection, tmp_path):
    path = write_sheet(tmp_path / "a.xlsx", [[f"c{number}" for number in range(16_384)]] * 3, {"constant_memory": True})
    begin = time.process_time()

    with pytest.raises(Unreadable) as refused:
        read(connection, path)

    assert (refused.value.reason, refused.value.detail) == ("table.too_many_columns", "16384")
    assert time.process_time() - begin < 5


def test_two_cells_far_apart_do_not_end_the_portal(connection, tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "z")
    book.close()
    begin = time.process_time()

    with pytest.raises(Unreadable) as refused:
        read(connection, path)

    assert refused.value.reason == "table.sheet_too_large"
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0" * 40, b"\x09\x02\x06\x00"]
)
def test_a_damaged_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xls"
    path.write_bytes(content)

    with open_workspace(tmp_path / "work") as connection, pytest.raises(Unreadable) as refused:
        load_raw(connection, path, TableSource(key="", label="a.xls", format="xls"), OPTIONS)

    assert refused.value.reason in {"table.sheet_damaged", "table.no_sheets"}


# JSON


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "labels", "rows"),
    [
        ('[{"a": 1, "b": "x"}, {"b": "y", "c": null}]', ("a", "b", "c"), [("1", "x", None), (None, "y", None)]),
        ('[["a", "b"], [1, 2]]', None, [("a", "b"), ("1", "2")]),
        ('[1, 2.50, "tre"]', ("valore",), [("1",), ("2.50",), ("tre",)]),
        ('{"totale": 2, "dati": [{"a": 1}, {"a": 2}]}', ("a",), [("1",), ("2",)]),
        ('{"success": true, "result": {"fields": [{"id": "a"}], "records": [{"a": 7}]}}', ("a",), [("7",)]),
        ('{"columns": ["a", "b"], "data": [[1, 2], [3, 4]]}', ("a", "b"), [("1", "2"), ("3", "4")]),
        ('{"meta": {"view": {"columns": [{"name": "a"}]}}, "data": [[1], [2]]}', ("a",), [("1",), ("2",)]),
        ('{"results": {"bindings": [{"s": {"type": "uri", "value": "u"}}]}}', ("s",), [("u",)]),
        ('{"records": [{"recordid": "r", "fields": {"a": 1}}]}', ("a", "recordid"), [("1", "r")]),
        ('{"BA": {"n": 1}, "LE": {"n": 2}}', ("chiave", "n"), [("BA", "1"), ("LE", "2")]),
        ('[{"a": {"b": {"c": 1}}, "d": [1, 2.50], "e": true}]', ("a.b.c", "d", "e"), [("1", "[1, 2.50]", "true")]),
        ('[{"n": 1.50}, {"n": 1E3}, {"n": 98765432109876543210}]', ("n",), [("1.50",), ("1000",), ("9876543210" * 2,)]),
        ('[{"g": {"type": "Point", "coordinates": [1, 2]}}]', ("g",), [('{"type": "Point", "coordinates": [1, 2]}',)]),
        ("\ufeff[{\"a\": \"è\"}]", ("a",), [("è",)]),
    ],
)  # fmt: skip
def test_json_in_its_many_forms(connection, tmp_path, content, labels, rows):
    raw, found = read(connection, write(tmp_path / "a.json", content))

    assert raw.labels == labels
    assert [row[1:] for row in found] == rows


def test_json_in_the_encodings_of_offices(connection, tmp_path):
    for encoding in ("utf-16", "cp1252"):
        path = write(tmp_path / "a.json", '[{"città": "Forlì è già più"}, {"città": "Cantù"}]'.encode(encoding))

        raw, found = read(connection, path)

        assert raw.labels == ("città",)
        assert found == [(1, "Forlì è già più"), (2, "Cantù")]


def test_a_document_of_several_tables(connection, tmp_path):
    path = write(tmp_path / "a.json", '{"vie": [{"via": "Roma"}], "piazze": [{"piazza": "Dante"}, {"piazza": "Po"}]}')

    assert [source.key for source in list_tables(path, name="a.json")] == ["path:vie", "path:piazze"]
    assert read(connection, path, key="path:piazze")[1] == [(1, "Dante"), (2, "Po")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"errore": "non trovato"}', "table.json_no_rows"),
        ('[{"a": 1}, {"a":', "table.json_syntax"),
        ("{'a': 1}", "table.other_content"),
        ("[" * 100_000, "table.json_too_deep"),
        ('{"a":' * 100_000, "table.json_too_deep"),
        ('{"@context": {}, "@graph": []}', "table.other_content"),
    ],
)
def test_json_that_is_no_table(tmp_path, content, code):
    begin = time.process_time()

    assert reason(write(tmp_path / "a.json", content)) == code
    assert time.process_time() - begin < 1


def test_a_json_whose_texts_have_single_brackets_is_read(connection, tmp_path):
    path = write(tmp_path / "a.json", json.dumps([{"t": "nota ["}] * 1_000))

    assert len(read(connection, path)[1]) == 1_000


def test_a_json_value_per_line_and_a_line_that_is_none(connection, tmp_path):
    path = write(tmp_path / "a.jsonl", '{"a": 1}\n\n{"a": rotto}\n{"a": 2.50, "b": "è"}\n')

    raw, found = read(connection, path)

    assert found == [(1, "1", None), (3, None, None), (4, "2.50", "è")]
    assert [(cell.row, cell.text) for cell in raw.ragged] == [(3, '{"a": rotto}')]
    assert [problem.code for problem in raw.problems] == ["table.bad_lines"]


JSON_VALUE = st.one_of(st.none(), st.booleans(), st.integers(), st.text(st.characters(codec="utf-8"), max_size=20))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(st.sampled_from(["a", "b", "città"]), JSON_VALUE), min_size=2, max_size=6))
def test_json_gives_back_every_value(tmp_path, rows):
    array = write(tmp_path / "a.json", json.dumps(rows, ensure_ascii=False))
    lines = write(tmp_path / "a.jsonl", "\n".join(json.dumps(row) for row in rows))
    for path in (array, lines):
        with open_workspace(tmp_path / "work") as connection:
            raw, found = read(connection, path)
        for row, (_line, *cells) in zip(rows, found, strict=True):
            given_cells = dict(zip(raw.labels, cells, strict=True))
            assert {label: as_cell(row.get(label)) for label in raw.labels} == given_cells


def as_cell(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None or value == "" else str(value).replace("\0", "") or None


# XML


@pytest.mark.parametrize(
    ("content", "labels", "rows"),
    [
        (
            '<r><v id="1"><a>x</a></v><v id="2"><a>y</a><b/></v></r>',
            ("id", "a", "b"),
            [("1", "x", None), ("2", "y", None)],
        ),
        (
            "<p xmlns='u'><meta><titolo>t</titolo></meta><data><lotto><cig>1</cig><ditte><d>A</d><d>B</d></ditte>"
            "</lotto><lotto><cig>2</cig></lotto></data></p>",
            ("cig", "ditte.d"),
            [("1", '["A", "B"]'), ("2", None)],
        ),
        ("<r><v><a>1</a><b>2</b></v></r>", ("a", "b"), [("1", "2")]),
        ("<r><v a='1'>testo</v><v a='2'>altro</v></r>", ("a", "v"), [("1", "testo"), ("2", "altro")]),
    ],
)
def test_xml_rows(connection, tmp_path, content, labels, rows):
    raw, found = read(connection, write(tmp_path / "a.xml", content))

    assert raw.labels == labels
    assert [row[1:] for row in found] == rows


def test_xml_in_latin_1(connection, tmp_path):
    content = "<?xml version='1.0' encoding='ISO-8859-1'?><r><v><a>Forlì</a></v><v><a>Cantù</a></v></r>"

    assert read(connection, write(tmp_path / "a.xml", content.encode("latin-1")))[1] == [(1, "Forlì"), (2, "Cantù")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<!DOCTYPE r [<!ENTITY a "b">]><r><v>&a;</v><v>&a;</v></r>', "table.hostile_xml"),
        ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><v>&x;</v><v/></r>', "table.hostile_xml"),
        ("<?xml version='1.0'?><r><v><a>1</a></v><v>", "table.xml_syntax"),
        ("<?xml version='1.0'?><r>testo</r>", "table.xml_no_rows"),
        ("<?xml version='1.0'?>" + "<a>" * 5_000, "table.xml_no_rows"),
        ("<html><title>Accesso  negato</title></html>", "table.html_page"),
    ],
)
def test_xml_that_is_no_table(tmp_path, content, code):
    assert reason(write(tmp_path / "a.xml", content)) == code


# Parquet, GeoPackage, Shapefile


def test_parquet_comes_in_iso_form_with_its_types(connection, tmp_path):
    path = tmp_path / "a.parquet"
    duckdb.sql(
        "SELECT 1::INT AS intero, 1.894::DOUBLE AS numero, 12.50::DECIMAL(9,2) AS denaro, DATE '2023-12-31' AS giorno, "
        "TIMESTAMPTZ '2023-07-01 10:00:00+00' AS istante, true AS vero, 'NA' AS sigla, [1, 2] AS elenco, "
        "{'a': 1} AS oggetto, '\\xAB'::BLOB AS byte, NULL::INT AS vuoto"
    ).write_parquet(str(path))

    raw, found = read(connection, path)

    assert found == [
        (1, "1", "1.894", "12.50", "2023-12-31", "2023-07-01 12:00:00", "true", "NA", "[1,2]", '{"a":1}', "AB", None)
    ]
    assert raw.native == {
        0: ColumnType.INTEGER,
        1: ColumnType.NUMBER,
        3: ColumnType.DATE,
        4: ColumnType.DATETIME,
        5: ColumnType.BOOLEAN,
        6: ColumnType.TEXT,
        10: ColumnType.INTEGER,
    }


def write_spatial(path, layer_sql, options):
    with closing(duckdb.connect()) as spatial:
        load_spatial(spatial)
        spatial.execute(f"COPY ({layer_sql}) TO '{path}' {options}")
    return path


POINTS = "SELECT 'Bari' AS comune, 5 AS n, ST_Point(657000, 4553000) AS geom UNION ALL SELECT 'Forlì', 7, NULL"


def test_geoparquet(connection, tmp_path):
    path = write_spatial(
        tmp_path / "a.parquet", "SELECT 'Bari' AS comune, ST_Point(16.8, 41.1) AS geom", "(FORMAT parquet)"
    )

    raw, found = read(connection, path)

    assert (raw.labels, raw.has_geometry, raw.crs) == (("comune",), True, "")
    shape = connection.execute(f"SELECT _geom FROM {raw.view}").fetchone()[0]
    assert (found, struct.unpack("<BI2d", shape)) == ([(1, "Bari")], (1, 1, 16.8, 41.1))


def test_a_geopackage(connection, tmp_path):
    path = write_spatial(tmp_path / "a.gpkg", POINTS, "WITH (FORMAT gdal, DRIVER 'GPKG', SRS 'EPSG:32633')")

    raw, found = read(connection, path)

    assert (raw.labels, raw.crs, raw.has_geometry) == (("comune", "n"), "EPSG:32633", True)
    assert found == [(1, "Bari", "5"), (2, "Forlì", "7")]
    shapes = connection.execute(f"SELECT _geom FROM {raw.view} ORDER BY _line").fetchall()
    assert struct.unpack("<BI2d", shapes[0][0]) == (1, 1, 657000, 4553000)
    assert shapes[1][0] is None


def test_a_geopackage_whose_table_is_a_view_or_runs_code_gives_nothing(tmp_path):
    path = tmp_path / "a.gpkg"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA application_id = {0x47504B47}")
        database.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)")
        database.execute("INSERT INTO gpkg_contents VALUES ('trappola', 'features')")
        database.execute("CREATE VIEW trappola AS SELECT load_extension('/tmp/x')")
        database.commit()

    assert reason(path) == "table.no_layers"


@pytest.mark.parametrize("with_cpg", [True, False])
def test_a_shapefile_in_gauss_boaga_with_the_encoding_of_offices(connection, tmp_path, with_cpg):
    encoding = "UTF-8" if with_cpg else "ISO-8859-1"
    write_spatial(
        tmp_path / "strade.shp",
        "SELECT 'Forlì' AS comune, 1.5 AS lung, ST_Point(2678000, 4553000) AS geom",
        f"WITH (FORMAT gdal, DRIVER 'ESRI Shapefile', SRS 'EPSG:3004', LAYER_CREATION_OPTIONS 'ENCODING={encoding}')",
    )
    if not with_cpg:
        (tmp_path / "strade.cpg").unlink()
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(tmp_path.glob("strade.*")):
            archive.write(part, f"cartella/{part.name.upper()}")

    raw, found = read(connection, path)

    assert (raw.labels, raw.crs) == (("comune", "lung"), "EPSG:3004")
    assert found == [(1, "Forlì", "1.5")]


def test_a_shapefile_without_its_system_asks_for_it(connection, tmp_path):
    write_spatial(
        tmp_path / "a.shp", "SELECT 1 AS n, ST_Point(1, 2) AS geom", "WITH (FORMAT gdal, DRIVER 'ESRI Shapefile')"
    )
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for ending in ("shp", "shx", "dbf"):
            archive.write(tmp_path / f"a.{ending}", f"a.{ending}")

    raw, _found = read(connection, path)

    assert [problem.code for problem in raw.problems] == ["table.unknown_crs"]


# Archives


def write_zip(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_an_archive_of_several_tables_gives_each(connection, tmp_path):
    sheet = write_sheet(tmp_path / "x.xlsx", [["a", "b"], [1, 2]]).read_bytes()
    path = write_zip(
        tmp_path / "a.zip",
        {
            "dati/uno.csv": "a;b\n1;2\n",
            "due.json": '[{"x": 1}]',
            "tre.xlsx": sheet,
            "leggimi.txt": "una nota",
            "__MACOSX/._uno.csv": "\0\0",
        },
    )

    sources = list_tables(path, name="a.zip")

    assert [source.key for source in sources] == ["member:dati/uno.csv", "member:due.json", "member:tre.xlsx"]
    assert read(connection, path, key="member:dati/uno.csv")[1] == [(1, "a", "b"), (2, "1", "2")]
    assert read(connection, path, key="member:due.json")[1] == [(1, "1")]
    raw, found = read(connection, path, key="member:tre.xlsx")
    assert found == [(1, "a", "b"), (2, "1", "2")]
    assert raw.source.key == "member:tre.xlsx"


def test_a_packed_json_and_a_packed_sheet(connection, tmp_path):
    sheet = write_sheet(tmp_path / "x.xlsx", [["a"], [1]]).read_bytes()
    packed = write(tmp_path / "a.json.gz", gzip.compress(b'[{"a": 1}]') + gzip.compress(b"\n"))

    assert read(connection, packed)[1] == [(1, "1")]
    assert read(connection, write(tmp_path / "x.xlsx.gz", gzip.compress(sheet)))[1] == [(1, "a"), (2, "1")]


def encrypted(path):
    """A ZIP whose only member says that it needs a password."""
    content = bytearray(write_zip(path, {"a.csv": "a;b\n1;2\n"}, zipfile.ZIP_STORED).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + offset] |= 1
    return write(path, bytes(content))


def with_link(path):
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("a.csv")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (encrypted, "table.archive_encrypted"),
        (with_link, "table.archive_link"),
        (lambda path: write_zip(path, {"../a.csv": "a;b"}), "table.archive_unsafe_name"),
        (lambda path: write_zip(path, {"/a.csv": "a;b"}), "table.archive_unsafe_name"),
        (lambda path: write_zip(path, {"C:\\a.csv": "a;b"}), "table.archive_unsafe_name"),
        (lambda path: write_zip(path, {f"{number}.csv": "" for number in range(1_001)}), "table.archive_too_many"),
        (lambda path: write_zip(path, {"a.csv": b"0" * 60_000_000}), "table.archive_bomb"),
        (lambda path: write_zip(path, {"b.zip": write_zip(path.with_name("b"), {"c.csv": "a;b"}).read_bytes()}),
         "table.archive_nested"),
        (lambda path: write_zip(path, {"b.csv.gz": gzip.compress(b"a;b\n1;2")}), "table.archive_nested"),
        (lambda path: write_zip(path, {"relazione.pdf": b"%PDF-1.7"}), "table.other_content"),
        (lambda path: write_zip(path, {"a.png": b"\x89PNG\r\n\x1a\n", "b.pdf": b"%PDF-1.7"}), "table.archive_empty"),
        (lambda path: write_zip(path, {}), "table.archive_empty"),
        (lambda path: write(path, write_zip(path, {"a.csv": "a;b\n" * 99}).read_bytes()[:50]), "table.archive_damaged"),
        (lambda path: write_zip(path, {"a.csv": "a;b\n1;2\n"}, zipfile.ZIP_LZMA), "table.archive_method"),
        (lambda path: write(path, gzip.compress(gzip.compress(b"a;b"))), "table.archive_nested"),
        (lambda path: write(path, gzip.compress(b"[1]" * 9_000)[:60]), "table.archive_damaged"),
        (lambda path: write(path, b"7z\xbc\xaf\x27\x1c"), "table.unsupported_archive"),
        (lambda path: write(path, b"%PDF-1.4"), "table.other_content"),
        (lambda path: write(path, b""), "table.empty"),
        (lambda path: write(path, bytes(range(256)) * 9), "table.unknown_format"),
    ],
)  # fmt: skip
def test_what_must_not_be_opened_is_refused_at_once(tmp_path, make, code):
    path = make(tmp_path / "a.zip")
    begin = time.process_time()

    assert reason(path) == code
    assert time.process_time() - begin < 1


def gz_bomb(path):
    """Four gigabytes of zeros in four megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    with path.open("wb") as file:
        file.write(packer.compress(b"[" + block))
        for _round in range(400):
            file.write(packer.compress(block))
        file.write(packer.flush())
    return path


def test_a_bomb_takes_no_memory_and_no_disk(connection, tmp_path):
    path = gz_bomb(tmp_path / "a.json.gz")
    tracemalloc.start()
    begin = time.process_time()

    with pytest.raises(Unreadable) as refused:
        load_raw(connection, path, TableSource(key="", label="a.json.gz", format="json"), OPTIONS)
    spent, (_now, peak) = time.process_time() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused.value.reason == "table.archive_bomb"
    assert spent < 1
    assert peak < 20_000_000
    assert list((tmp_path / "work").rglob("unpacked-*")) == []


def test_a_workbook_whose_directory_lies_about_its_size_is_refused(tmp_path):
    path = write_zip(tmp_path / "a.xlsx", {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": bytes(300_000_000)})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1_000)
    write(path, bytes(content))

    assert reason(path) in {"table.archive_damaged", "table.archive_bomb"}


def test_a_table_that_is_no_longer_there(connection, tmp_path):
    path = write_sheet(tmp_path / "a.xlsx", [["a"], [1]])

    with pytest.raises(Unreadable) as refused:
        load_raw(connection, path, TableSource(key="sheet:Altro", label="a.xlsx", format="xlsx"), OPTIONS)

    assert (refused.value.reason, refused.value.detail) == ("table.no_such_table", "Altro")


def test_days_of_the_calendar_are_those_of_the_sheet(connection, tmp_path):
    days = [date(1900, 3, 1), date(1969, 7, 20), date(2000, 2, 29), date(2100, 12, 31)]
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, form = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for row, day in enumerate(days):
        sheet.write_datetime(row, 0, day, form)
    book.close()

    assert [row[1] for row in read(connection, path)[1]] == [day.isoformat() for day in days]


NAMES = [f"c{number}" for number in range(20_000)]


def write_wide_ods(path, columns):
    """A sheet of one row and `columns` different cells, in the least that OpenDocument asks for."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' + " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("table", "text")
    )
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>c{number}</text:p></table:table-cell>'
        for number in range(columns)
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Dati"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    members = {
        "mimetype": kind,
        "content.xml": content,
        "META-INF/manifest.xml": (
            '<?xml version="1.0"?><manifest:manifest '
            f'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entry}</manifest:manifest>'
        ),
    }
    return write_zip(path, members)


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: write_wide_ods(folder / "a.ods", 20_000),
        lambda folder: write(folder / "a.json", json.dumps([dict.fromkeys(NAMES, 1)])),
        lambda folder: write(folder / "a.jsonl", '{"a": 1}\n' + json.dumps(dict.fromkeys(NAMES, 1))),
        lambda folder: write(folder / "a.xml", f"<r>{('<v><' + '/><'.join(NAMES[:3000]) + '/></v>') * 2}</r>"),
    ],
)  # fmt: skip
def test_twenty_thousand_columns_are_refused_in_every_format(connection, tmp_path, make):
    path = make(tmp_path)

    with pytest.raises(Unreadable) as refused:
        read(connection, path)

    assert refused.value.reason == "table.too_many_columns"


def damaged(content, luck):
    """The content with a few bytes changed, lost or cut off."""
    broken = bytearray(content)
    if luck.random() < 0.3:
        return bytes(broken[: luck.randrange(1, len(broken))])
    for _time in range(luck.choice([1, 3, 20])):
        at = luck.randrange(len(broken))
        broken[at : at + luck.choice([0, 1, 9])] = bytes([luck.randrange(256)])
    return bytes(broken)


@pytest.mark.parametrize("ending", ["json", "jsonl", "xml", "geojson", "gpkg", "parquet", "zip", "gz"])
def test_a_damaged_file_of_any_format_is_read_or_refused(tmp_path, ending):
    contents = {
        "json": lambda _path: json.dumps({"result": {"records": [{"a": 1, "b": {"c": [1, 2]}}] * 9}}).encode(),
        "jsonl": lambda _path: b'{"a": 1, "b": {"c": [1, 2]}}\n' * 9,
        "xml": lambda _path: b"<r>" + b"<v id='1'><a>x</a><b><c>1</c></b></v>" * 9 + b"</r>",
        "geojson": lambda _path: (SAMPLES / "xloader_polling_locations.geojson").read_bytes(),
        "gpkg": lambda path: write_spatial(path, POINTS, "WITH (FORMAT gdal, DRIVER 'GPKG')").read_bytes(),
        "parquet": lambda path: write_spatial(path, POINTS, "(FORMAT parquet)").read_bytes(),
        "zip": lambda path: write_zip(path, {"a.csv": "a;b\n1;2\n" * 9, "b.json": '[{"a": 1}]'}).read_bytes(),
        "gz": lambda _path: gzip.compress(b"a;b\n1;2\n" * 99),
    }
    whole, luck = contents[ending](tmp_path / f"whole.{ending}"), random.Random(ending)
    outcomes = set()

    for _time in range(20):
        path = write(tmp_path / f"a.{ending}", damaged(whole, luck))
        with open_workspace(tmp_path / "work") as connection:
            try:
                for source in list_tables(path, name=path.name):
                    load_raw(connection, path, source, OPTIONS)
                outcomes.add("read")
            except Unreadable as fault:
                outcomes.add(fault.reason)

    assert len(outcomes) > 1
    assert all(outcome == "read" or outcome in SENTENCES for outcome in outcomes)
