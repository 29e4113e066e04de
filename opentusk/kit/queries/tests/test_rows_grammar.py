"""Proves that `column__op=value` means what it says, for every operator and every type, and refuses the rest."""

import csv
import io
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.kit.queries.tests.reference import holds
from opentusk.kit.queries.tests.tables import COLUMNS, ROWS, SECRET, TYPES, write_table
from opentusk.kit.tables.shapes import ColumnType

COMPARING = ("exact", "ne", "in", "notin", "isnull", "isnotnull")
ORDERING = ("lt", "lte", "gt", "gte", "between")
MATCHING = ("contains", "notcontains", "startswith", "endswith")
LETTERS = "aàAÀeéÈbBçñ ß'\"%_.,()[]\\*1İıǅfi가"
CELLS = {
    "comune": st.text(LETTERS, min_size=1, max_size=6),
    "anno": st.one_of(st.integers(-3, 3), st.integers(-(2**63), 2**63 - 1)),
    "importo": st.decimals("-99999.99", "99999.99", places=2),
    "quota": st.one_of(st.sampled_from([0.0, 0.1, -0.1, 1e300, 5e-324]), st.floats(-1e6, 1e6)),
    "attivo": st.booleans(),
    "giorno": st.dates(date(1890, 1, 1), date(2100, 12, 31)),
    "istante": st.datetimes(datetime(1890, 1, 1), datetime(2100, 12, 31)),
    "ora": st.times(),
}


def operators_of(kind: ColumnType) -> tuple[str, ...]:
    ordering = () if kind is ColumnType.BOOLEAN else ORDERING
    return (*COMPARING, *ordering, *(MATCHING if kind is ColumnType.TEXT else ()))


def written(value: object) -> str:
    """A cell as somebody would write it in an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | time) else str(value)


def listed(*values: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def asked(engine, table, *parameters: tuple[str, str]) -> list[object]:
    """The row numbers of the answer."""
    query = parse_rows([*parameters, ("page_size", "1000")], table.columns)
    return [row[0] for row in run(engine, table, query).rows]


@st.composite
def one_condition(draw):
    name = draw(st.sampled_from(list(TYPES)))
    kind = TYPES[name][1]
    operator = draw(st.sampled_from(operators_of(kind)))
    cell = CELLS[name].map(written)
    if kind in (ColumnType.DATE, ColumnType.DATETIME):
        cell = st.one_of(
            cell,
            st.dates(date(1890, 1, 1), date(2100, 12, 31)).map(lambda day: str(day)[:7]),
            st.integers(1890, 2100).map(str),
        )
    if operator in ("isnull", "isnotnull"):
        return name, operator, ""
    if operator == "between":
        return name, operator, listed(draw(cell), draw(cell))
    if operator in ("in", "notin"):
        return name, operator, listed(*draw(st.lists(cell, min_size=1, max_size=4)))
    return name, operator, draw(cell)


TABLES = st.lists(
    st.fixed_dictionaries({name: st.one_of(st.none(), cells) for name, cells in CELLS.items()}), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, conditions=st.lists(one_condition(), min_size=8, max_size=8))
def test_every_operator_agrees_with_plain_python(engine, tmp_path_factory, rows, conditions):
    table = write_table(tmp_path_factory.mktemp("t"), rows, key=f"k{abs(hash(str((rows, conditions))))}")

    for name, operator, text in conditions:
        expected = [
            number for number, row in enumerate(rows, 1) if holds(row[name], TYPES[name][1], operator, text) is True
        ]
        assert asked(engine, table, (f"{name}__{operator}", text)) == expected, (name, operator, text)


@pytest.mark.parametrize("name", list(TYPES))
def test_every_operator_of_every_type_is_answered(engine, table, name):
    kind = TYPES[name][1]
    value = next(written(row[name]) for row in ROWS if row[name] is not None)

    for operator in operators_of(kind):
        text = {"between": listed(value, value), "in": listed(value), "notin": listed(value)}.get(operator, value)
        text = "" if "null" in operator else text
        expected = [number for number, row in enumerate(ROWS, 1) if holds(row[name], kind, operator, text) is True]
        assert asked(engine, table, (f"{name}__{operator}", text)) == expected, operator


def refused(*parameters: tuple[str, str]) -> BadQuery:
    with pytest.raises(BadQuery) as caught:
        parse_rows(parameters, (*COLUMNS, SECRET))
    return caught.value


def test_a_misspelt_column_is_answered_with_the_nearest():
    refusal = refused(("comnue", "Lecce"))

    assert (refusal.code, refusal.column, refusal.did_you_mean[0]) == ("query.unknown_column", "comnue", "comune")
    assert "comune" in refusal.message("it")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("anno", "duemila", "query.not_integer"),
        ("anno", "99999999999999999999", "query.not_integer"),
        ("importo__gt", "1.234,56", "query.not_decimal"),
        ("quota", "nan", "query.not_number"),
        ("attivo", "forse", "query.not_boolean"),
        ("giorno", "2024-13", "query.not_date"),
        ("giorno", "2024-02-30", "query.not_date"),
        ("istante__lt", "ieri", "query.not_datetime"),
        ("ora", "25:00", "query.not_time"),
        ("comune", "", "query.empty_value"),
        ("comune__gt", "x" * 2001, "query.value_too_long"),
        ("comune__contiene", "x", "query.unknown_operator"),
        ("anno__contains", "2", "query.not_for_type"),
        ("attivo__lt", "true", "query.not_for_type"),
        ("comune__sum", "", "query.not_for_type"),
        ("comune__contains", "\u0301", "query.nothing_to_search"),
        ("anno__between", "1", "query.bad_between"),
        ("comune__in", '"aperte', "query.bad_list"),
        ("comune__isnull", "forse", "query.one_of"),
        ("comune__sort", "su", "query.sort_direction"),
        ("giorno__groupby", "week", "query.unknown_part"),
        ("comune__groupby", "year", "query.not_for_type"),
        ("page", "0", "query.not_in_range"),
        ("page_size", "20001", "query.not_in_range"),
        ("shape", "table", "query.one_of"),
        ("bbox", "1,2,3", "query.bad_box"),
        ("bbox", "20,40,10,41", "query.bad_box"),
        ("near", "95,16,100", "query.bad_near"),
        ("or", "comune.x", "query.bad_logic"),
        ("or", "(comune.x", "query.bad_logic"),
        ("or", '(comune."x)', "query.bad_logic"),
        ("or", "(comuni.x)", "query.unknown_column"),
        ("or", "(" + "and(" * 5 + "anno.1" + ")" * 6, "query.too_deep"),
        ("columns", "comune,capitale", "query.unknown_column"),
        ("codice_fiscale", "RSSMRA80A01A662X", "query.unknown_column"),
        ("columns", "codice_fiscale", "query.unknown_column"),
        ("sort", "-codice_fiscale", "query.unknown_column"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_name(name, value, code):
    refusal = refused((name, value))

    assert refusal.code == code
    assert "{" not in refusal.message("it") and "{" not in refusal.message("en")


def test_too_many_filters_values_and_groups_are_refused():
    assert refused(*[("anno__gt", str(n)) for n in range(51)]).code == "query.too_many_filters"
    assert refused(("anno__in", ",".join(map(str, range(1001))))).code == "query.too_many_values"
    assert refused(*[("giorno__groupby", part) for part in ("year", "quarter", "month", "day") * 3]).code == (
        "query.too_many_groups"
    )


def test_an_italian_number_is_answered_with_how_to_write_it():
    assert refused(("importo__gte", "1.234,56")).did_you_mean == ("1234.56",)
    assert "1234.56" in refused(("importo__gte", "1.234,56")).message("it")
    assert (
        refused(("anno", "duemila")).message("it")
        == "«duemila» non va bene per anno, che è un numero intero, come 1200."
    )


@pytest.mark.parametrize(("alias", "operator"), [("differs", "ne"), ("less", "lte"), ("strictly_less", "lt"),
                                                 ("greater", "gte"), ("strictly_greater", "gt")])  # fmt: skip
def test_the_words_of_api_tabular_are_understood(engine, table, alias, operator):
    assert asked(engine, table, (f"anno__{alias}", "2023")) == asked(engine, table, (f"anno__{operator}", "2023"))


def test_nested_conditions(engine, table):
    nested = 'or=(importo__lt.0,and(comune__in."""San Pietro, in Lama (LE)"",Lecce",attivo.true),not(anno__lt.2e3))'
    name, value = nested.split("=", 1)

    assert asked(engine, table, (name, value)) == [1, 2, 3, 4, 5]


def test_search_finds_every_word_in_any_text_column_ignoring_accents(engine, table):
    assert asked(engine, table, ("search", "forlì")) == [2, 3]
    assert asked(engine, table, ("search", "LAMA pietro")) == [4]
    assert asked(engine, table, ("search", '"lama pietro"')) == []


def test_columns_are_chosen_and_sorted(engine, table):
    query = parse_rows([("columns", "importo,comune"), ("sort", "-importo,comune")], table.columns)

    answer = run(engine, table, query)

    assert [heading.name for heading in answer.columns] == ["importo", "comune"]
    assert [row[1] for row in answer.rows] == [
        'Bari "vecchia"', "Lecce", "San Pietro, in Lama (LE)", "FORLI'", "Forlì", None
    ]  # fmt: skip


def test_groups_with_their_sums_and_having(engine, table):
    parameters = [("giorno__groupby", "year"), ("importo__sum", ""), ("quota__avg", ""), ("importo__sum__gt", "0"),
                  ("importo__sum__sort", "desc")]  # fmt: skip

    answer = run(engine, table, parse_rows(parameters, table.columns))

    assert [heading.name for heading in answer.columns] == ["giorno__year", "importo__sum", "quota__avg"]
    assert [row[:2] for row in answer.rows] == [
        (1999, Decimal("9999999999.99")), (2023, Decimal("1234.56")), (None, Decimal("1234.56"))
    ]  # fmt: skip
    assert answer.total == 3


def test_groups_without_calculation_are_counted(engine, table):
    answer = run(engine, table, parse_rows([("giorno__groupby", "month"), ("sort", "-count")], table.columns))

    assert answer.rows == (("2024-05", 2), ("1999-02", 1), ("2023-12", 1), ("2024-01", 1), (None, 1))


def test_places_in_a_box_and_near(engine, tmp_path):
    places = [(18.17, 40.35), (12.04, 44.22), (18.2, 40.35)]
    table = write_table(tmp_path, ROWS[:3], key="places", places=places)

    assert asked(engine, table, ("bbox", "18,40,19,41")) == [1, 3]
    assert asked(engine, table, ("near", "40.35,18.17,2500")) == [1]
    assert asked(engine, table, ("near", "40.35,18.17,2600")) == [1, 3]


def test_places_of_a_table_without_are_refused(engine, table):
    with pytest.raises(BadQuery) as caught:
        run(engine, table, parse_rows([("bbox", "18,40,19,41")], table.columns))

    assert caught.value.code == "query.no_places"
