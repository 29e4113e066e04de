"""Proves that where the coordinates are personal nothing tells the places that were made of them: no way of asking."""

import json
from dataclasses import replace

import pytest

from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.exporting import export
from opentusk.kit.queries.query_grammar import parse_query
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.kit.queries.sql.pool import SqlPool, SqlRequest
from opentusk.kit.queries.tests.tables import ROWS, write_table
from opentusk.kit.tables.shapes import Column, ColumnType

PLACES = [(18.17, 40.35), (18.18, 40.36), (18.19, 40.37), (16.87, 41.12), (16.88, 41.13), (16.89, 41.14)]
NUMBER, TEXT = ColumnType.NUMBER, ColumnType.TEXT
SOURCES = {
    "degrees": Column(name="y", label="Y", type=NUMBER, semantic="latitudine", is_personal=True),
    "both in one cell": Column(name="xy", label="Dove", type=TEXT, semantic="coordinate", is_personal=True),
    "metres": Column(name="est", label="Est", type=NUMBER, semantic="coordinata_est", is_personal=True),
    "swapped, known by their label": Column(name="long", label="Long.", type=NUMBER, is_personal=True),
}
ROWS_ASKED = ["bbox=16,40,19,42", "near=40.35,18.17,1000", "sort=_lon", "columns=comune,_lat", "_lon__gt=1"]
ASKED = [
    {"select": "bbox(geom)", "group_by": "comune"},
    {"where": "in_bbox(geom, 16, 40, 19, 42)"},
    {"select": "_lon"},
    {"group_by": "grid(geom, 8)", "select": "count(*)"},
    {"order_by": "_lat"},
]


@pytest.fixture(scope="module")
def engine():
    made = Engine(memory="200MB", threads=1)
    yield made
    made.close()


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return write_table(tmp_path_factory.mktemp("places"), ROWS, key="places", places=PLACES)


@pytest.fixture(params=SOURCES)
def hidden(request, shown):
    return replace(shown, columns=(*shown.columns, SOURCES[request.param]))


def pairs(asked: str) -> list[tuple[str, str]]:
    name, _sign, value = asked.partition("=")
    return [(name, value)]


@pytest.mark.parametrize("asked", ROWS_ASKED)
def test_rows_are_not_found_or_sorted_by_a_hidden_place(engine, shown, hidden, asked):
    run(engine, shown, parse_rows(pairs(asked), shown.columns))

    with pytest.raises(BadQuery):
        run(engine, hidden, parse_rows(pairs(asked), hidden.columns))


@pytest.mark.parametrize("asked", ASKED)
def test_no_expression_tells_a_hidden_place(engine, shown, hidden, asked):
    run(engine, shown, parse_query(asked.items(), shown.columns))

    with pytest.raises(BadQuery):
        run(engine, hidden, parse_query(asked.items(), hidden.columns))


@pytest.mark.parametrize("format", ["geojson", "parquet", "csv", "json"])
def test_no_export_holds_a_hidden_place(engine, hidden, tmp_path, format):
    query = parse_rows([], hidden.columns)
    try:
        export(engine, hidden, query, format, tmp_path / "out")
    except BadQuery:
        assert format == "geojson"
    else:
        content = (tmp_path / "out").read_bytes()
        assert b"_lon" not in content and b"18.17" not in content


def test_no_statement_tells_a_hidden_place(shown, hidden):
    pool = SqlPool()
    everything = json.loads(pool.run(SqlRequest(sql="SELECT * FROM t", tables=[(("t",), hidden)])).rows)

    assert len(everything) == len(ROWS) and "_lon" not in everything[0]
    with pytest.raises(BadQuery):
        pool.run(SqlRequest(sql="SELECT _lat FROM t", tables=[(("t",), hidden)]))
    assert pool.run(SqlRequest(sql="SELECT _lat FROM t", tables=[(("t",), shown)])).count == len(ROWS)
    pool.close()


def test_a_place_that_a_person_cleared_is_shown(engine, shown):
    cleared = replace(shown, columns=(*shown.columns, replace(SOURCES["degrees"], is_personal=False)))

    assert "_lon" in engine.columns_of(cleared)
    assert (
        len(run(engine, cleared, parse_rows([("bbox", "18,40,19,41"), ("columns", "comune")], cleared.columns)).rows)
        == 3
    )
