"""Proves that values are shown the Italian way, exactly as precise as they are."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils import translation

from opentusk.kit.tables.shapes import ColumnType
from opentusk.tables.display import shown, shown_iso


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "sì"),
        (2023, "2023"),
        (-1234567, "−1.234.567"),
        (Decimal("1234567.50"), "1.234.567,50"),
        (Decimal("-0.05"), "−0,05"),
        (0.1 + 0.2, "0,3"),
        (41.125595, "41,125595"),
        (1e20, "100.000.000.000.000.000.000"),
        (float("nan"), "NaN"),
        (date(2023, 12, 31), "31/12/2023"),
        (datetime(2023, 12, 31, 8, 5), "31/12/2023 08:05"),
        (time(8, 5), "08:05"),
        ("071057", "071057"),
    ],
)
def test_a_value_in_italian(value, words):
    with translation.override("it"):
        assert shown(value) == words


def test_a_number_in_english():
    with translation.override("en"):
        assert shown(Decimal("1234567.50")) == "1,234,567.50"
        assert shown(True) == "yes"


def test_a_value_of_a_profile():
    with translation.override("it"):
        assert shown_iso("1234567.50", ColumnType.DECIMAL) == "1.234.567,50"
        assert shown_iso("2023-12-31", ColumnType.DATE) == "31/12/2023"
        assert shown_iso("non un numero", ColumnType.NUMBER) == "non un numero"
