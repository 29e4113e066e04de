"""Proves that a walk along the cursors gives every row once, whatever the order, and that totals are true."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.kit.queries.cursors import version_of
from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.kit.queries.shapes import Limits
from opentusk.kit.queries.tests.tables import ROWS, TYPES, write_table


def walk(engine, table, parameters, *, page_size: int) -> list[tuple]:
    """All rows, page after page."""
    rows, cursor = [], ""
    while True:
        more = [("cursor", cursor)] if cursor else []
        answer = run(engine, table, parse_rows([*parameters, ("page_size", str(page_size)), *more], table.columns))
        rows += answer.rows
        cursor = answer.next_cursor
        if not cursor:
            return rows
        assert len(answer.rows) == page_size


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Each row seven times, so that only the row number tells them apart."""
    return write_table(tmp_path_factory.mktemp("many"), ROWS * 7, key="many")


ORDERS = st.lists(st.tuples(st.sampled_from(list(TYPES)), st.booleans()), max_size=3, unique_by=lambda pair: pair[0])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=ORDERS, page_size=st.integers(1, 50))
def test_a_walk_gives_each_row_once_in_order(engine, many, orders, page_size):
    parameters = [(f"{name}__sort", "desc" if down else "asc") for name, down in orders]

    walked = walk(engine, many, parameters, page_size=page_size)

    assert sorted(row[0] for row in walked) == list(range(1, len(ROWS) * 7 + 1))
    assert walked == walk(engine, many, parameters, page_size=1000)


def test_rows_are_sorted_with_empty_cells_last(engine, table):
    upwards = [row[0] for row in walk(engine, table, [("sort", "anno,-importo")], page_size=2)]
    downwards = [row[0] for row in walk(engine, table, [("sort", "-anno")], page_size=2)]

    assert upwards == [6, 1, 3, 2, 5, 4]
    assert downwards == [5, 2, 3, 1, 6, 4]


def test_groups_are_walked_too(engine, many):
    walked = walk(engine, many, [("comune__groupby", ""), ("importo__sum", "")], page_size=2)

    assert len(walked) == len({row["comune"] for row in ROWS})


def test_a_cursor_is_bound_to_its_version_and_its_question(engine, table, many):
    cursor = run(engine, many, parse_rows([("page_size", "5")], many.columns)).next_cursor

    assert version_of(cursor) == "many"
    for other, parameters in ((many, [("anno", "2024")]), (many, [("sort", "anno")]), (table, [])):
        with pytest.raises(BadQuery) as caught:
            run(engine, other, parse_rows([*parameters, ("cursor", cursor)], other.columns))
        assert caught.value.code == "query.cursor_of_another"


@pytest.mark.parametrize("cursor", ["x", "eyJ2IjoxfQ", "W1tb" * 900, "e30", "\udcff", "à"])
def test_what_is_no_cursor_is_refused(engine, table, cursor):
    with pytest.raises(BadQuery) as caught:
        run(engine, table, parse_rows([("cursor", cursor)], table.columns))

    assert caught.value.code == "query.cursor"


def test_the_total_is_exact_or_said_not_to_be(engine, many):
    query = parse_rows([("page_size", "5"), ("anno__gt", "0")], many.columns)

    exact = run(engine, many, query)
    cut = run(engine, many, query, Limits(count=0))
    unasked = run(engine, many, replace(query, has_total=False))

    assert (exact.total, exact.total_at_least) == (28, 28)
    assert (cut.total, cut.total_at_least) == (None, 6)
    assert (unasked.total, unasked.total_at_least) == (None, 6)


def test_numbered_pages_end_where_cursors_begin(engine, many):
    second = run(engine, many, parse_rows([("page", "2"), ("page_size", "5")], many.columns))
    assert [row[0] for row in second.rows] == [6, 7, 8, 9, 10]
    assert second.total == 42

    with pytest.raises(BadQuery) as caught:
        run(engine, many, parse_rows([("page", "102"), ("page_size", "1000")], many.columns))
    assert caught.value.code == "query.offset_too_far"


@pytest.mark.parametrize("name", ["page_size", "limit"])
def test_a_page_has_a_thousand_rows_at_most(engine, many, name):
    with pytest.raises(BadQuery) as caught:
        run(engine, many, parse_rows([(name, "1001")], many.columns))

    assert caught.value.code == "query.not_in_range"
