"""Proves that JSON says the values exactly."""

import json
from datetime import date, datetime, time
from decimal import Decimal

from opentusk.kit.queries.encoding import json_rows, json_value
from opentusk.kit.queries.shapes import Heading, Shape
from opentusk.kit.tables.shapes import ColumnType

COLUMNS = (Heading("a", "Comune", ColumnType.TEXT), Heading("b", "Comune", ColumnType.INTEGER))


def test_every_kind_of_value():
    values = [None, True, 2**53, 2**53 + 1, Decimal("1234.50"), 0.1, float("nan"), float("inf"), "è \"x\"\n",
              date(2024, 5, 31), datetime(2024, 5, 31, 10, 30), time(8, 30), [1, None], {"k": Decimal(2)}]  # fmt: skip

    written = "[" + ",".join(json_value(value) for value in values) + "]"

    assert "1234.50" in written
    assert json.loads(written) == [
        None, True, 2**53, str(2**53 + 1), 1234.5, 0.1, None, None, "è \"x\"\n",
        "2024-05-31", "2024-05-31T10:30:00", "08:30:00", [1, None], {"k": 2},
    ]  # fmt: skip


def test_rows_as_objects_and_arrays():
    rows = [("Lecce", 1), (None, None)]

    assert json.loads(json_rows(COLUMNS, rows, Shape.OBJECTS, labels=False)) == [
        {"a": "Lecce", "b": 1}, {"a": None, "b": None}
    ]  # fmt: skip
    assert json.loads(json_rows(COLUMNS, rows, Shape.ARRAYS, labels=False)) == [["Lecce", 1], [None, None]]
    assert json.loads(json_rows(COLUMNS, [], Shape.OBJECTS, labels=False)) == []


def test_labels_that_occur_twice_lose_no_column():
    found = json.loads(json_rows(COLUMNS, [("Lecce", 1)], Shape.OBJECTS, labels=True))

    assert found == [{"Comune (a)": "Lecce", "Comune (b)": 1}]
