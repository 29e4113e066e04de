"""Proves that every format says every value, that an export is whole and repeatable, and what is refused."""

import csv
import hashlib
import json
import threading
from datetime import date, datetime, time
from decimal import Decimal

import duckdb
import pytest
from python_calamine import load_workbook

from opentusk.kit.queries.errors import BadQuery, OverBudget
from opentusk.kit.queries.exporting import export
from opentusk.kit.queries.exports.shapes import FORMATS, ExportOptions
from opentusk.kit.queries.query_grammar import parse_query
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.shapes import Limits, TableRef
from opentusk.kit.queries.tests.tables import COLUMNS, ROWS, TYPES, write_table
from opentusk.kit.tables.shapes import Column, ColumnType

PLACES = [(18.17, 40.35), (12.04, 44.22), (18.2, 40.35), (None, None), (16.87, 41.12), (16.8, 41.1)]


def exported(engine, table, folder, format, *parameters, **options):
    query = parse_rows(parameters, table.columns)
    found = export(engine, table, query, format, folder / f"out.{format}", ExportOptions(**options))
    assert found.sha256 == hashlib.sha256(found.path.read_bytes()).hexdigest()
    assert found.size == found.path.stat().st_size
    return found


def text(found) -> str:
    return found.path.read_bytes().decode("utf-8")


def test_csv_has_all_rows_in_order_and_nothing_personal(engine, table, tmp_path):
    found = exported(engine, table, tmp_path, "csv")

    lines = list(csv.DictReader(text(found).splitlines()))
    assert found.rows == len(lines) == len(ROWS)
    assert list(lines[0]) == list(TYPES)
    assert lines[0] == {
        "comune": "Lecce", "anno": "2023", "importo": "1234.56", "quota": "0.1", "attivo": "true",
        "giorno": "2023-12-31", "istante": "2023-12-31T23:59:59", "ora": "08:30:00",
    }  # fmt: skip
    assert [line["comune"] for line in lines] == [row["comune"] or "" for row in ROWS]


def test_the_italian_csv_opens_by_a_double_click(engine, table, tmp_path):
    found = exported(engine, table, tmp_path, "csv-it", ("sort", "anno"), labels=True)

    lines = text(found).split("\n")
    assert lines[0] == "\ufeffComune;Anno;Importo;Quota;Attivo;Giorno;Istante;Ora"
    assert lines[1] == '"Bari ""vecchia""";-1;9999999999,99;0,0;FALSO;28/02/1999;28/02/1999 01:02:03;01:02:03'
    assert lines[2] == "Lecce;2023;1234,56;0,1;VERO;31/12/2023;31/12/2023 23:59:59;08:30:00"


def test_csv_options(engine, table, tmp_path):
    found = exported(
        engine, table, tmp_path, "csv", ("columns", "comune,importo"), separator="|", decimal=",", bom=True
    )

    assert text(found).startswith("\ufeffcomune|importo\nLecce|1234,56\n")


def test_tsv_quotes_what_holds_a_tab(engine, tmp_path):
    table = write_table(tmp_path, [{"comune": "con\ttab"}], key="tab")

    found = exported(engine, table, tmp_path, "tsv", ("columns", "comune,anno"))

    assert text(found) == 'comune\tanno\n"con\ttab"\t\n'


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_says_decimals_as_numbers_and_large_integers_as_strings(engine, table, tmp_path, format):
    content = text(exported(engine, table, tmp_path, format))

    rows = json.loads(content) if format == "json" else [json.loads(line) for line in content.splitlines()]
    assert len(rows) == len(ROWS)
    assert '"importo":-5.00' in content
    assert rows[2] == {
        "comune": "FORLI'", "anno": 2024, "importo": 0, "quota": 1e300, "attivo": None, "giorno": "2024-05-31",
        "istante": "2024-05-31T10:30:00.25", "ora": "23:59:59",
    }  # fmt: skip
    assert rows[4]["anno"] == "9007199254740993"
    assert rows[5]["comune"] == 'Bari "vecchia"'


def test_an_export_without_rows_is_whole_too(engine, table, tmp_path):
    empty = ("anno", "1500")

    assert text(exported(engine, table, tmp_path, "csv", empty)) == ",".join(TYPES) + "\n"
    assert json.loads(text(exported(engine, table, tmp_path, "json", empty))) == []
    assert text(exported(engine, table, tmp_path, "jsonl", empty)) == ""
    assert exported(engine, table, tmp_path, "xlsx", empty).rows == 0


def test_parquet_keeps_types_and_descriptions(engine, table, tmp_path):
    found = exported(engine, table, tmp_path, "parquet", descriptions=(("importo", "L'importo, in euro"),))

    with duckdb.connect() as connection:
        kinds = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{found.path}')").fetchall()
        rows = connection.execute(f"FROM '{found.path}'").fetchall()
        facts = dict(connection.execute(f"SELECT key, value FROM parquet_kv_metadata('{found.path}')").fetchall())
    assert dict(kinds) == {name: sql for name, (sql, _kind) in TYPES.items()}
    assert rows == [tuple(row[name] for name in TYPES) for row in ROWS]
    assert facts == {b"importo": b"L'importo, in euro"}


def test_excel_keeps_codes_as_text_and_dates_as_dates(engine, tmp_path):
    rows = [{**ROWS[0], "comune": "071057"}, {**ROWS[1], "comune": "=1+1"}, {"giorno": date(1861, 3, 17)}]
    table = write_table(tmp_path, rows, key="excel")

    found = exported(engine, table, tmp_path, "xlsx", labels=True)

    sheet = load_workbook(str(found.path)).get_sheet_by_name("dati").to_python()
    assert sheet[0] == [column.label for column in COLUMNS]
    assert sheet[1] == ["071057", 2023, 1234.56, 0.1, True, date(2023, 12, 31), datetime(2023, 12, 31, 23, 59, 59),
                        time(8, 30)]  # fmt: skip
    assert sheet[2][0] == "=1+1"
    assert sheet[3][5] == "1861-03-17"


def test_excel_never_cuts(engine, tmp_path):
    long = write_table(tmp_path, [{"comune": "x" * 32_768}], key="long")
    with pytest.raises(BadQuery) as caught:
        exported(engine, long, tmp_path, "xlsx")
    assert caught.value.code == "query.too_long_for_xlsx"

    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT i + 1 AS _row, i AS anno FROM range(1048576) r(i)) TO '{tmp_path}/m.parquet'")
    column = Column(name="anno", label="Anno", type=ColumnType.INTEGER)
    many = TableRef(key="m", parquet=tmp_path / "m.parquet", columns=(column,))
    with pytest.raises(BadQuery) as caught:
        exported(engine, many, tmp_path, "xlsx")
    assert caught.value.code == "query.too_many_for_xlsx"
    assert "Parquet" in caught.value.message("it")


def test_excel_writes_long_numbers_as_text(engine, tmp_path):
    table = write_table(tmp_path, [{"anno": 2**60, "importo": Decimal("1234567890.12")}], key="digits")

    found = exported(engine, table, tmp_path, "xlsx", ("columns", "anno,importo"))

    assert load_workbook(str(found.path)).get_sheet_by_index(0).to_python()[1] == [str(2**60), 1234567890.12]


def test_geojson_has_a_feature_for_each_row(engine, tmp_path):
    table = write_table(tmp_path, ROWS, key="geo", places=PLACES)

    found = json.loads(text(exported(engine, table, tmp_path, "geojson", ("columns", "comune,importo"))))

    assert found["type"] == "FeatureCollection"
    assert found["features"][0] == {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [18.17, 40.35]},
        "properties": {"comune": "Lecce", "importo": 1234.56},
    }  # fmt: skip
    assert found["features"][3]["geometry"] is None
    assert len(found["features"]) == len(ROWS)


def test_geometries_go_into_geojson_and_geoparquet(engine, tmp_path):
    wkb = bytes.fromhex("0102000000020000000000000000003040000000000000444000000000000031400000000000804440")
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 1::BIGINT _row, 'via' comune, 16.5 _lon, 40.5 _lat, $1::BLOB _geom) "
            f"TO '{tmp_path}/line.parquet' (FORMAT parquet)", [wkb],
        )  # fmt: skip
    table = TableRef(key="line", parquet=tmp_path / "line.parquet", columns=COLUMNS[:1])

    features = json.loads(text(exported(engine, table, tmp_path, "geojson")))["features"]
    found = exported(engine, table, tmp_path, "geoparquet")

    assert features[0]["geometry"] == {"type": "LineString", "coordinates": [[16, 40], [17, 41]]}
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT comune, geometry FROM read_parquet('{found.path}')").fetchall()
        facts = dict(connection.execute(f"SELECT key, value FROM parquet_kv_metadata('{found.path}')").fetchall())
    assert rows == [("via", wkb)]
    assert json.loads(facts[b"geo"])["primary_column"] == "geometry"


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "geoparquet"])
def test_three_exports_are_the_same_bytes(engine, tmp_path, format):
    rows = [dict(row, quota=number / 7) for number, row in enumerate(ROWS * 400)]
    table = write_many(tmp_path, rows)

    digests = {exported(engine, table, tmp_path, format).sha256 for _time in range(3)}
    sums = {
        export(engine, table, parse_query([("select", "sum(quota), avg(quota), stddev(quota)")], table.columns),
               "csv", tmp_path / "sums.csv").sha256
        for _time in range(3)
    }  # fmt: skip

    assert len(digests) == len(sums) == 1


def write_many(folder, rows):
    small = write_table(folder, rows[:6], key="small", places=PLACES)
    path = folder / "many.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT row_number() OVER () AS _row, * EXCLUDE (_row, quota), hash(i) / 3e19 AS quota "
            f"FROM '{small.parquet}', range({len(rows) // 6}) r(i)) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
        )
    return TableRef(key=str(path), parquet=path, columns=small.columns)


def test_a_query_of_groups_is_exported_with_its_names(engine, table, tmp_path):
    query = parse_query([("group_by", "year(giorno) as anno"), ("select", "sum(importo) as somma")], table.columns)

    found = export(engine, table, query, "csv", tmp_path / "groups.csv")

    assert text(found) == "anno,somma\n1999,9999999999.99\n2023,1234.56\n2024,-5.00\n,1234.56\n"


def test_a_limit_is_obeyed_and_pages_are_not(engine, table, tmp_path):
    assert exported(engine, table, tmp_path, "csv", ("limit", "2")).rows == 2
    assert exported(engine, table, tmp_path, "csv", ("page_size", "2"), ("page", "2")).rows == len(ROWS)


@pytest.mark.parametrize("format", ["geojson", "geoparquet"])
def test_a_table_without_places_has_no_map(engine, table, tmp_path, format):
    with pytest.raises(BadQuery) as caught:
        exported(engine, table, tmp_path, format)

    assert caught.value.code == "query.no_places_to_write"


def test_what_takes_too_long_is_an_error_and_no_short_file(engine, table, tmp_path):
    with pytest.raises(OverBudget):
        export(engine, table, parse_rows([], COLUMNS), "csv", tmp_path / "late.csv", limits=Limits(export=0))

    assert not (tmp_path / "late.csv").exists()


def test_an_export_while_versions_are_replaced_has_the_rows_of_one(engine, tmp_path):
    versions = [write_table(tmp_path, ROWS * (number + 1), key=f"version{number}") for number in range(4)]
    current = [versions[0]]
    stop = threading.Event()

    def replace_it() -> None:
        number = 0
        while not stop.is_set():
            number = (number + 1) % len(versions)
            engine.warm(versions[number])
            current[0] = versions[number]

    thread = threading.Thread(target=replace_it)
    thread.start()
    try:
        digests = {}
        for _time in range(40):
            chosen = current[0]
            found = exported(engine, chosen, tmp_path, "csv")
            assert found.rows == len(ROWS) * (int(chosen.key[-1]) + 1)
            assert digests.setdefault(chosen.key, found.sha256) == found.sha256
    finally:
        stop.set()
        thread.join()
