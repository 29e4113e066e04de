"""Values of a table as people read them: numbers and dates the Italian way, or the English one for who chose it."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.kit.tables.shapes import Column, ColumnType
from opentusk.ui.speech import is_english

NUMERIC = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER})
TYPE_WORDS: dict[ColumnType, str | Promise] = {
    ColumnType.TEXT: gettext_lazy("testo"),
    ColumnType.INTEGER: gettext_lazy("numero intero"),
    ColumnType.DECIMAL: gettext_lazy("numero decimale"),
    ColumnType.NUMBER: gettext_lazy("numero"),
    ColumnType.BOOLEAN: gettext_lazy("sì o no"),
    ColumnType.DATE: gettext_lazy("data"),
    ColumnType.DATETIME: gettext_lazy("data e ora"),
    ColumnType.TIME: gettext_lazy("ora"),
}
_MOST_DIGITS = 12  # significant digits of a DOUBLE that are not noise


def shown(value: object, column: Column | None = None) -> str:
    """A value in the reader's way of writing; "" for an empty cell."""
    match value:
        case None:
            words = ""
        case bool():
            words = str(_("sì") if value else _("no"))
        case int() if column and column.is_key:
            words = str(value)  # a number that only names its row is no quantity
        case int() | float() | Decimal():
            words = shown_number(value)
        case datetime():
            words = f"{_day(value)} {value:%H:%M}" if value.second == 0 else f"{_day(value)} {value:%H:%M:%S}"
        case date():
            words = _day(value)
        case time():
            words = f"{value:%H:%M}"
        case _:
            words = str(value)
    return words


def shown_iso(text: str | None, kind: ColumnType) -> str:
    """A value of a profile, which is a text in ISO form."""
    if text is None:
        return ""
    try:
        return shown(_PARSERS[kind](text)) if kind in _PARSERS else text
    except (ValueError, ArithmeticError):
        return text


def shown_number(value: int | float | Decimal) -> str:
    """`1.234.567,89`. Four digits stay together, as Italian asks and as years need."""
    whole, point, decimals = _plain(value).partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    if not digits.isdigit():
        return _plain(value)
    if len(digits) > 4:
        digits = f"{int(digits):,}" if is_english() else f"{int(digits):,}".replace(",", ".")
    return f"{sign}{digits}{('.' if is_english() else ',') + decimals if point else ''}"


def _plain(value: int | float | Decimal) -> str:
    if isinstance(value, float):
        value = Decimal(f"{value:.{_MOST_DIGITS}g}")
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return str(value) if isinstance(value, int) else f"{value:f}"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


_PARSERS: dict[ColumnType, Callable[[str], object]] = {
    ColumnType.INTEGER: int,
    ColumnType.DECIMAL: Decimal,
    ColumnType.NUMBER: float,
    ColumnType.DATE: date.fromisoformat,
    ColumnType.DATETIME: datetime.fromisoformat,
    ColumnType.BOOLEAN: lambda text: text == "true",
}
