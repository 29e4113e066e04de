"""Proves that `/query` says the same as `/rows` and as SQL, and that what it cannot read is refused with its place."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.query_grammar import parse_query
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.kit.queries.tests.reference import _csv, span
from opentusk.kit.queries.tests.tables import COLUMNS, ROWS, SECRET, TYPES, write_table
from opentusk.kit.queries.tests.test_rows_grammar import TABLES, asked, one_condition
from opentusk.kit.tables.shapes import ColumnType

SIGNS = {"exact": "=", "ne": "!=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


def in_words(name: str, operator: str, text: str) -> str:
    """A condition of `/rows` in the words of `/query`."""

    def said(value: str) -> str:
        if TYPES[name][1] in (ColumnType.DATE, ColumnType.DATETIME):
            return f"date'{value}'"
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    match operator:
        case "isnull" | "isnotnull":
            return f"{name} is {'not ' if operator == 'isnotnull' else ''}null"
        case "in" | "notin":
            return f"{'not ' if operator == 'notin' else ''}{name} in ({', '.join(map(said, _csv(text)))})"
        case "between":
            low, high = map(said, _csv(text))
            return f"{name} in [{low} .. {high}]"
        case "notcontains":
            return f"not contains({name}, {said(text)})"
        case "contains" | "startswith" | "endswith":
            return f"{operator}({name}, {said(text)})"
    return f"{name} {SIGNS[operator]} {said(text)}"


def in_sql(name: str, operator: str, text: str) -> str | None:
    """The condition in SQL with literals; None where SQL has no such thing."""
    kind = TYPES[name][1]

    def said(edge: int, value: str) -> str:
        low, high = span(value, kind)
        if kind is ColumnType.TEXT:
            return "'" + value.replace("'", "''") + "'"
        if kind in (ColumnType.DATE, ColumnType.DATETIME):
            return f"TIMESTAMP '{(low, high)[edge]}'"
        return f"'{value}'::{TYPES[name][0]}" if kind is not ColumnType.INTEGER else value

    match operator:
        case "isnull" | "isnotnull":
            return f"{name} IS {'NOT ' if operator == 'isnotnull' else ''}NULL"
        case "exact" | "ne":
            return f"{name} {'NOT ' if operator == 'ne' else ''}BETWEEN {said(0, text)} AND {said(1, text)}"
        case "in" | "notin":
            each = [f"{name} BETWEEN {said(0, one)} AND {said(1, one)}" for one in _csv(text)]
            return f"{'NOT ' if operator == 'notin' else ''}({' OR '.join(each)})"
        case "between":
            low, high = _csv(text)
            return f"{name} >= {said(0, low)} AND {name} <= {said(1, high)}"
        case "lt" | "gte":
            return f"{name} {SIGNS[operator]} {said(0, text)}"
        case "lte" | "gt":
            return f"{name} {SIGNS[operator]} {said(1, text)}"
    return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, conditions=st.lists(one_condition(), min_size=4, max_size=4))
def test_the_three_ways_agree(engine, tmp_path_factory, rows, conditions):
    table = write_table(tmp_path_factory.mktemp("t"), rows, key=f"q{abs(hash(str((rows, conditions))))}")

    for name, operator, text in conditions:
        by_rows = asked(engine, table, (f"{name}__{operator}", text))
        words = in_words(name, operator, text)
        query = parse_query([("select", "_row"), ("where", words), ("limit", "1000")], table.columns)
        sql = in_sql(name, operator, text)

        assert [row[0] for row in run(engine, table, query).rows] == by_rows, words
        if sql:
            found = engine.fetch(table, f"SELECT _row FROM {{table}} WHERE {sql} ORDER BY _row", seconds=5)
            assert [row[0] for row in found] == by_rows, sql


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, keys=st.lists(st.sampled_from(["comune", "attivo", "giorno"]), unique=True))
def test_groups_agree_with_plain_python(engine, tmp_path_factory, rows, keys):
    table = write_table(tmp_path_factory.mktemp("t"), rows, key=f"s{abs(hash(str((rows, keys))))}")
    select = "count(*), count(importo), count(distinct anno), sum(importo), min(quota), max(giorno), avg(anno)"

    query = parse_query([("select", select), ("group_by", ", ".join(keys))], table.columns)

    found = {row[: len(keys)]: row[len(keys) :] for row in run(engine, table, query).rows}
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    assert found.keys() == groups.keys()
    for key, members in groups.items():
        assert found[key][:6] == (
            len(members), len(cells(members, "importo")), len(set(cells(members, "anno"))),
            sum(cells(members, "importo")) if cells(members, "importo") else None,
            min(cells(members, "quota"), default=None), max(cells(members, "giorno"), default=None),
        )  # fmt: skip
        years = cells(members, "anno")
        assert found[key][6] == (pytest.approx(float(Fraction(sum(years), len(years)))) if years else None)


def cells(rows, name):
    return [row[name] for row in rows if row[name] is not None]


def answered(engine, table, **clauses: str):
    return run(engine, table, parse_query(list(clauses.items()), table.columns))


def test_a_nested_condition(engine, table):
    found = answered(
        engine, table, select="_row", where="importo < 0 or (comune in ('Lecce', 'Bari \"vecchia\"') and attivo) "
        "or not (anno != 2024) and ora > \"12:00\""
    )  # fmt: skip

    assert [row[0] for row in found.rows] == [1, 2, 3]


def test_expressions_aliases_and_order(engine, table):
    found = answered(
        engine, table, select="upper(comune) as comune, importo * 2 - 1 as doppio, length(unaccent(comune)) as lungo",
        where="importo > 1000 and comune is not null", order_by="doppio desc, length(comune)",
    )  # fmt: skip

    assert [heading.name for heading in found.columns] == ["comune", "doppio", "lungo"]
    assert found.rows == (
        ('BARI "VECCHIA"', Decimal("19999999998.98"), 14), ("LECCE", Decimal("2468.12"), 5),
        ("SAN PIETRO, IN LAMA (LE)", Decimal("2468.12"), 24),
    )  # fmt: skip


def test_division_by_zero_is_empty(engine, table):
    found = answered(engine, table, select="anno / (importo - importo) as quoto", limit="1")

    assert found.rows == ((None,),)


def test_groups_by_month_with_having_and_order(engine, table):
    found = answered(
        engine, table, select="count(*) as quanti, sum(importo) as somma", group_by="month(giorno) as mese, attivo",
        having="quanti >= 1 and somma > -10", order_by="mese desc, quanti",
    )  # fmt: skip

    assert [heading.name for heading in found.columns] == ["mese", "attivo", "quanti", "somma"]
    assert found.rows == (
        ("2024-05", None, 1, Decimal("0.00")), ("2024-01", False, 1, Decimal("-5.00")),
        ("2023-12", True, 1, Decimal("1234.56")), ("1999-02", False, 1, Decimal("9999999999.99")),
        (None, True, 1, Decimal("1234.56")),
    )  # fmt: skip


def test_month_is_a_number_where_nothing_is_grouped(engine, table):
    found = answered(engine, table, select="month(giorno), year(giorno), date_format(giorno, 'YYYY-MM')", limit="1")

    assert found.rows == ((12, 2023, "2023-12"),)


def test_ranges_of_numbers(engine, table):
    by_step = answered(engine, table, group_by="range(importo, 1000)", where="importo < 10000")
    by_edges = answered(engine, table, group_by="range(importo, *, 0, 1000, *)")

    assert by_step.rows == (("-1000.0..0.0", 1), ("0.0..1000.0", 1), ("1000.0..2000.0", 2))
    assert by_edges.rows == (("*..0.0", 1), ("0.0..1000.0", 1), ("1000.0..*", 3), (None, 1))


def test_places(engine, tmp_path):
    places = [(18.17, 40.35), (12.04, 44.22), (18.2, 40.35)]
    table = write_table(tmp_path, ROWS[:3], key="qplaces", places=places)

    near = answered(engine, table, select="_row", where="within_distance(geom, geom'POINT(18.17 40.35)', 2.6km)")
    box = answered(engine, table, select="_row", where="in_bbox(geom, 18, 40, 19, 41)")
    far = answered(engine, table, select="round(distance(geom, geom'POINT(18.17 40.35)')) as m", order_by="m")
    cells_ = answered(engine, table, group_by="grid(geom, 8)", select="count(*), bbox(geom)")

    assert [row[0] for row in near.rows] == [1, 3] == [row[0] for row in box.rows]
    assert [row[0] for row in far.rows] == [0, 2542, pytest.approx(663_000, rel=0.02)]
    assert cells_.rows == (("8/136/92", 1, "12.04,44.22,12.04,44.22"), ("8/140/96", 2, "18.17,40.35,18.2,40.35"))


def test_percentile_median_and_deviation(engine, table):
    found = answered(engine, table, select="percentile(importo, 50), median(importo), stddev(quota)",
                     where="importo < 10000 and quota < 1")  # fmt: skip

    assert found.rows[0][:2] == (1234.56, 1234.56)
    assert found.rows[0][2] == pytest.approx(2.44**0.5)


@pytest.mark.parametrize(
    ("clause", "text", "code", "position"),
    [
        ("where", "comnue = 'x'", "query.unknown_column", 0),
        ("where", "codice_fiscale = 'x'", "query.unknown_column", 0),
        ("where", "anno = 'duemila'", "query.not_integer", 7),
        ("where", "comune = 5", "query.types_differ", 9),
        ("where", "comune = anno", "query.types_differ", 0),
        ("where", "anno = null", "query.compare_null", 7),
        ("where", "anno", "query.not_a_condition", 0),
        ("where", "(anno > 1) + 1 = 2", "query.not_an_expression", 0),
        ("where", "anno > 1 anno", "query.unexpected", 9),
        ("where", "anno >", "query.unexpected", 6),
        ("where", "(anno > 1", "query.unexpected", 9),
        ("where", "comune = 'aperta", "query.unreadable", 9),
        ("where", "anno > 1; drop table t", "query.unreadable", 8),
        ("where", "anno > 1 -- x", "query.unknown_column", 12),
        ("where", "sum(importo) > 1", "query.aggregate_here", None),
        ("where", "length(anno) > 1", "query.not_for_type", 0),
        ("where", "lungo(comune) > 1", "query.unknown_function", 0),
        ("where", "read_csv('x') = 1", "query.unknown_function", 0),
        ("where", "round(quota, 1, 2) > 1", "query.arguments", 0),
        ("where", "search('')", "query.nothing_to_search", 0),
        ("where", "anno like '2%'", "query.not_for_type", 0),
        ("where", "in_bbox(geom, 1, 2, 3)", "query.unexpected", 21),
        ("where", "in_bbox(geom, 9, 2, 3, 4)", "query.bad_box", 0),
        ("where", "within_distance(geom, geom'POINT(a b)', 1km)", "query.unexpected", 22),
        ("where", "(" * 30 + "anno > 1" + ")" * 30, "query.too_deep", 25),
        ("where", " or ".join(["anno > 1"] * 51), "query.too_many_filters", None),
        ("where", "anno > " + "+".join(["1"] * 60), "query.too_many_items", None),
        ("where", "x" * 4001, "query.clause_too_long", 4000),
        ("select", "range(anno, 10)", "query.key_here", None),
        ("select", "anno as 1x", "query.unreadable", 8),
        ("select", "anno as \"a b\"", "query.unexpected", 8),
        ("select", "comune, count(*)", "query.not_grouped", None),
        ("group_by", "sum(importo)", "query.aggregate_here", None),
        ("group_by", "range(anno, 0)", "query.bad_range", 0),
        ("group_by", "range(anno, 5, 1)", "query.bad_range", 0),
        ("having", "count(*) > 1", "query.having_without_groups", None),
        ("order_by", "1", "query.sort_by_constant", 0),
        ("order_by", "count(*)", "query.aggregate_here", None),
        ("select", "percentile(importo, 101)", "query.percentile", 0),
        ("select", "date_format(giorno, '%Y')", None, None),
        ("select", "date_format(giorno, 'gg/MM')", "query.bad_date_format", 0),
        ("limit", "0", "query.not_in_range", None),
        ("filter", "x", "query.unknown_column", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(clause, text, code, position):
    if code is None:
        assert parse_query([(clause, text)], (*COLUMNS, SECRET)).select
        return
    with pytest.raises(BadQuery) as caught:
        parse_query([(clause, text)], (*COLUMNS, SECRET))

    refusal = caught.value
    assert refusal.code == code
    assert position is None or refusal.position == position
    assert "{" not in refusal.message("it") and "query." not in refusal.message("it")


def test_both_grammars_ask_the_same_question():
    by_words = parse_query(
        [("where", "importo > 5"), ("group_by", "month(giorno)"), ("select", "sum(importo)")], COLUMNS
    )
    by_operators = parse_rows([("importo__gt", "5"), ("giorno__groupby", "month"), ("importo__sum", "")], COLUMNS)

    assert [item.expression for item in by_words.select] == [item.expression for item in by_operators.select]
    assert [item.name for item in by_words.select] == [item.name for item in by_operators.select]
    assert by_words.where == by_operators.where
