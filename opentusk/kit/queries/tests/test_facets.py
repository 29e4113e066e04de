"""Proves that facets count what plain Python counts, under all filters but their own, and say when they are cut."""

from collections import Counter
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.facets import facets, round_steps
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.kit.queries.shapes import Limits
from opentusk.kit.queries.tests.reference import holds
from opentusk.kit.queries.tests.tables import COLUMNS, ROWS, TYPES, write_table
from opentusk.kit.queries.tests.test_rows_grammar import TABLES, one_condition

PATIENT = Limits(facets=20)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, conditions=st.lists(one_condition(), max_size=3))
def test_every_facet_agrees_with_plain_python(engine, tmp_path_factory, rows, conditions):
    table = write_table(tmp_path_factory.mktemp("t"), rows, key=f"f{abs(hash(str((rows, conditions))))}")
    query = parse_rows([(f"{name}__{operator}", text) for name, operator, text in conditions], table.columns)

    for facet in facets(engine, table, query, list(TYPES), limits=PATIENT):
        left = [row for row in rows if all(
            holds(row[name], TYPES[name][1], operator, text) for name, operator, text in conditions
            if name != facet.column
        )]  # fmt: skip
        cells = [row[facet.column] for row in left if row[facet.column] is not None]
        assert facet.nulls == len(left) - len(cells)
        assert sum(value.count for value in facet.values) + facet.others == len(cells)
        if facet.kind == "values":
            assert {value.value: value.count for value in facet.values} == Counter(cells)
            assert facet.distinct == len(set(cells))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, size=st.integers(1, 4))
@example(rows=[dict.fromkeys(TYPES) | {"quota": quota} for quota in (0.0, 5e-324)], size=1)
def test_the_filter_of_each_value_gives_as_many_rows_as_its_count(engine, tmp_path_factory, rows, size):
    table = write_table(tmp_path_factory.mktemp("t"), rows, key=f"g{abs(hash(str((rows, size))))}")

    for facet in facets(engine, table, parse_rows([], table.columns), list(TYPES), size=size, limits=PATIENT):
        for value in facet.values:
            if facet.kind != "ranges":
                answer = run(engine, table, parse_rows(parse_qsl(value.filter), table.columns))
                assert answer.total == value.count, (facet, value)


def test_ranges_are_round_and_cover_every_number(engine, tmp_path):
    rows = [{"importo": Decimal(number)} for number in range(1000)] + [{"importo": Decimal(9_000_000)}]
    table = write_table(tmp_path, rows, key="ranges")

    (facet,) = facets(engine, table, parse_rows([], table.columns), ["importo"], limits=PATIENT)

    assert facet.kind == "ranges"
    assert [(value.value, value.upper, value.count) for value in facet.values] == [
        *[(Decimal(edge), Decimal(edge + 100), 100) for edge in range(0, 1000, 100)], (Decimal(1000), None, 1)
    ]  # fmt: skip
    for value in facet.values:
        assert run(engine, table, parse_rows(parse_qsl(value.filter), table.columns)).total == value.count


@pytest.mark.parametrize(
    ("low", "high", "start", "step"),
    [("0", "950", "0", "100"), ("-3", "94", "-20", "20"), ("0.01", "0.09", "0.01", "0.01"), ("7", "7", "7", "1")],
)
def test_steps_are_round(low, high, start, step):
    found = round_steps(Decimal(low), Decimal(high))

    assert found[1] == Decimal(step)
    assert found[0] <= Decimal(low) and found[0] == Decimal(start)


def test_dates_of_a_few_months_are_counted_by_month(engine, tmp_path):
    rows = [row for row in ROWS if row["giorno"] and row["giorno"].year > 2000]
    table = write_table(tmp_path, rows, key="months")

    (facet,) = facets(engine, table, parse_rows([], table.columns), ["giorno"], limits=PATIENT)

    assert facet.kind == "months"
    assert [(value.value, value.count) for value in facet.values] == [("2023-12", 1), ("2024-01", 1), ("2024-05", 2)]


def test_a_facet_that_is_not_finished_says_so_and_one_without_values_is_empty(engine, table, tmp_path):
    (cut,) = facets(engine, table, parse_rows([], table.columns), ["comune"], limits=Limits(facets=0))
    (empty,) = facets(engine, table, parse_rows([("anno", "1500")], table.columns), ["comune"], limits=PATIENT)

    assert (cut.is_complete, cut.values) == (False, ())
    assert (empty.is_complete, empty.values, empty.nulls) == (True, (), 0)


def test_a_personal_column_has_no_facet(engine, table):
    with pytest.raises(BadQuery) as caught:
        facets(engine, table, parse_rows([], COLUMNS), ["codice_fiscale"])

    assert caught.value.code == "query.unknown_column"
