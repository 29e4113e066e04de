"""Proves that values come out as their authors meant them: places, codes, numbers, dates, yes and no, and nothing."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.shapes import ColumnType
from opentusk.kit.tables.tests.tables import codes_of, column_of, examine, exceptions_of, rows_of

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"
OFFICE = """Provincia;Codice ISTAT;Importo;Data;Attivo;Note
NA;063049;1.234,56;31/12/2023;sì;n.d.
BA;071057;12,50;01/02/2024;no;aperto
SI;001272;n.d.;n.d.;sì;-
NO;003106;-3,00;15/03/2024;;chiuso
"""


def test_the_values_of_an_office_come_out_right(tmp_path):
    found = examine(tmp_path, OFFICE)

    assert rows_of(found)[0] == {
        "provincia": "NA", "codice_istat": "063049", "importo": Decimal("1234.56"), "data": date(2023, 12, 31),
        "attivo": True, "note": None,
    }  # fmt: skip
    assert column_of(found, "provincia") == ["NA", "BA", "SI", "NO"]
    assert column_of(found, "codice_istat")[1] == "071057"
    assert column_of(found, "importo")[2:] == [None, Decimal("-3.00")]
    assert column_of(found, "attivo") == [True, False, True, None]
    assert {column.name: dict(column.null_marks) for column in found.columns if column.null_marks} == {
        "importo": {"n.d.": 1}, "data": {"n.d.": 1}, "note": {"n.d.": 1, "-": 1}
    }  # fmt: skip


def test_na_is_nothing_where_no_province_is_meant(tmp_path):
    found = examine(tmp_path, "Voce;Quota\nacqua;3\nluce;NA\nNA;5\n")

    assert rows_of(found) == [
        {"voce": "acqua", "quota": 3}, {"voce": "luce", "quota": None}, {"voce": None, "quota": 5}
    ]  # fmt: skip


def test_a_clean_table_has_no_problem(tmp_path):
    found = examine_table(SAMPLES / "ondata_test_clean.csv", name="clean.csv", out=tmp_path)

    assert found.problems == ()
    assert found.proposals == ()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1.894", "2.048", "699"], [1894, 2048, 699]),
        (["1.894", "0.5"], [1.894, 0.5]),
        (["1,234.56", "7"], [Decimal("1234.56"), Decimal("7.00")]),
        (["1234,5", "1.234,56"], [1234.5, 1234.56]),
        (["(1.234)", "-5", "12.345.678"], [-1234, -5, 12345678]),
        (["12,5 %", "3,0 %"], [Decimal("12.5"), Decimal("3.0")]),
        (["€ 3,00", "1.200,50 €", "- € 4,10"], [Decimal("3.00"), Decimal("1200.50"), Decimal("-4.10")]),
        (["1\u00a0234,5", "2,5"], [Decimal("1234.5"), Decimal("2.5")]),
        (["12345678901234567890", "1"], ["12345678901234567890", "1"]),
        (["007", "12"], ["007", "12"]),
        (["1.5E-3", "2"], [0.0015, 2.0]),
        (["1,5E-03", "2,0E+02"], [0.0015, 200.0]),
        (["12,00-", "3,50"], [Decimal("-12.00"), Decimal("3.50")]),
    ],
)
def test_numbers_are_read_as_their_column_writes_them(tmp_path, texts, expected):
    found = examine(tmp_path, "Voce;Misura\n" + "".join(f"v{n};{text}\n" for n, text in enumerate(texts)))

    assert column_of(found, "misura") == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1/2/2024", "13/2/2024"], [date(2024, 2, 1), date(2024, 2, 13)]),
        (["12/31/2023", "01/02/2023"], [date(2023, 12, 31), date(2023, 1, 2)]),
        (["31.12.69", "01.01.68"], [date(1969, 12, 31), date(2068, 1, 1)]),
        (["1 gennaio 2024", "2° sett. 2023"], [date(2024, 1, 1), date(2023, 9, 2)]),
        (["gen-24", "dic-23"], [date(2024, 1, 1), date(2023, 12, 1)]),
        (["03/2024", "12/2023"], [date(2024, 3, 1), date(2023, 12, 1)]),
        (["20240131", "20231201"], [date(2024, 1, 31), date(2023, 12, 1)]),
        (["21/01/2021 10:20", "02/01/2021 9.05"], [datetime(2021, 1, 21, 10, 20), datetime(2021, 1, 2, 9, 5)]),
        (["2021-07-21T00:00:00+00:00", "2021-01-21T00:00:00Z"], [datetime(2021, 7, 21, 2), datetime(2021, 1, 21, 1)]),
        (["2015-16", "2016-17"], ["2015-16", "2016-17"]),
        (["2023", "2024"], [2023, 2024]),
    ],
)
def test_dates_are_read_in_the_order_of_their_column(tmp_path, texts, expected):
    found = examine(tmp_path, "Voce;Data\n" + "".join(f"v{n};{text}\n" for n, text in enumerate(texts)))

    assert column_of(found, "data") == expected


def test_what_may_be_thousands_or_decimals_is_asked(tmp_path):
    content = "Linea;Chilometri\nuno;13.345\ndue;12.100\n"

    asked = examine(tmp_path, content)
    thousands = examine(tmp_path, content, accepted=frozenset({"numbers.thousands:chilometri"}))
    decimals = examine(tmp_path, content, accepted=frozenset({"numbers.decimals:chilometri"}))

    assert column_of(asked, "chilometri") == ["13.345", "12.100"]
    assert "table.unclear_numbers" in codes_of(asked)
    assert column_of(thousands, "chilometri") == [13345, 12100]
    assert column_of(decimals, "chilometri") == [Decimal("13.345"), Decimal("12.100")]


def test_another_column_may_prove_how_points_are_meant(tmp_path):
    found = examine(tmp_path, "Linea;Chilometri;Costo\nuno;13.345;1,50\ndue;12.100;2,10\n")

    assert column_of(found, "chilometri") == [13345, 12100]


def test_a_wrong_cell_among_many_is_an_exception_beside_its_row(tmp_path):
    lines = [f"v{number};{number % 400}" for number in range(1, 300)]
    lines[149] = "v150;circa 40"

    found = examine(tmp_path, "Voce;Posti\n" + "\n".join(lines) + "\n")

    assert found.columns[1].type is ColumnType.INTEGER
    assert exceptions_of(found) == [(150, "posti", "circa 40")]
    assert column_of(found, "posti")[149] is None
    problem = next(problem for problem in found.problems if problem.code == "table.bad_cells")
    assert (problem.row, problem.column, problem.count) == (151, "Posti", 1)


def test_one_bad_cell_in_a_million_changes_no_type(tmp_path):
    lines = [f"{number};{number % 977},{number % 10}0" for number in range(1, 1_000_002)]
    lines[999_998] = "999999;boh"

    found = examine(tmp_path, "Id;Importo\n" + "\n".join(lines) + "\n")

    assert found.rows == 1_000_001
    assert [column.type for column in found.columns] == [ColumnType.INTEGER, ColumnType.DECIMAL]
    assert exceptions_of(found) == [(999_999, "importo", "boh")]


@pytest.mark.parametrize(
    ("texts", "kind", "expected"),
    [
        (["12", "7"], ColumnType.TEXT, ["12", "7"]),
        (["007", "12"], ColumnType.INTEGER, [7, 12]),
        (["1", "2", "tre"], ColumnType.INTEGER, [1, 2, None]),
        (["1", "0", "1"], ColumnType.BOOLEAN, [True, False, True]),
        (["01/02/2024", "boh"], ColumnType.DATE, [date(2024, 2, 1), None]),
    ],
)
def test_a_person_may_say_the_type(tmp_path, texts, kind, expected):
    content = "Via;Valore\n" + "".join(f"v{n};{text}\n" for n, text in enumerate(texts))

    found = examine(tmp_path, content, types={"valore": kind})

    assert column_of(found, "valore") == expected
    assert found.exceptions == expected.count(None)


@pytest.mark.parametrize(
    ("label", "texts", "expected"),
    [
        ("Pagato", ["sì", "no", "SI"], [True, False, True]),
        ("Pagato", ["S", "N"], [True, False]),
        ("Pagato", ["vero", "falso"], [True, False]),
        ("Flag", ["1", "0"], [True, False]),
        ("Piani", ["1", "0"], [1, 0]),
        ("Pagato", ["no", "no"], ["no", "no"]),
        ("Pagato", ["X", ""], [True, False]),
        ("Provincia", ["SI", "NO"], ["SI", "NO"]),
    ],
)
def test_yes_and_no_need_both_or_a_label_that_asks(tmp_path, label, texts, expected):
    found = examine(tmp_path, f"Voce;{label}\n" + "".join(f"v{n};{text}\n" for n, text in enumerate(texts)))

    assert column_of(found, label.lower()) == expected
