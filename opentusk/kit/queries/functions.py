"""The scalar functions that a query may use, with their types."""

from collections.abc import Sequence
from dataclasses import dataclass

from opentusk.kit.queries.keys import is_key, raw_key
from opentusk.kit.tables.shapes import ColumnType

NUMBERS = frozenset((ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER))
DATES = frozenset((ColumnType.DATE, ColumnType.DATETIME))
TEXTS = frozenset((ColumnType.TEXT,))
CLOCKS = frozenset((ColumnType.DATETIME, ColumnType.TIME))
ANY = frozenset(ColumnType) - {ColumnType.GEOMETRY}
EARTH = 6_371_008.8  # metres, mean radius
# Metres by haversine, from {0} latitude and {1} longitude to {2} latitude and {3} longitude.
DISTANCE = (
    f"(2 * {EARTH} * asin(sqrt(least(1.0, pow(sin(radians({{2}} - {{0}}) / 2), 2)"
    " + cos(radians({0})) * cos(radians({2})) * pow(sin(radians({3} - {1}) / 2), 2)))))"
)


@dataclass(frozen=True)
class Function:
    """A function: its SQL with `{0}`…, which types each argument may have, and what it gives (None: as its arguments).

    The last `optional` arguments may be left out.
    """

    sql: str
    takes: tuple[frozenset[ColumnType], ...]
    gives: ColumnType | None
    optional: int = 0


SCALAR: dict[str, Function] = {
    "add": Function("({0} + {1})", (NUMBERS, NUMBERS), None),
    "sub": Function("({0} - {1})", (NUMBERS, NUMBERS), None),
    "mul": Function("({0} * {1})", (NUMBERS, NUMBERS), None),
    # By zero there is no result, rather than an infinity that JSON cannot say.
    "div": Function("({0}::DOUBLE / nullif({1}, 0))", (NUMBERS, NUMBERS), ColumnType.NUMBER),
    "neg": Function("(- {0})", (NUMBERS,), None),
    "length": Function("length({0})", (TEXTS,), ColumnType.INTEGER),
    "lower": Function("lower({0})", (TEXTS,), ColumnType.TEXT),
    "upper": Function("upper({0})", (TEXTS,), ColumnType.TEXT),
    "unaccent": Function("strip_accents({0})", (TEXTS,), ColumnType.TEXT),
    "ifnull": Function("ifnull({0}, {1})", (ANY, ANY), None),
    "round": Function("round({0}::DOUBLE, {1})", (NUMBERS, frozenset((ColumnType.INTEGER,))), ColumnType.NUMBER, 1),
    "year": Function("year({0})", (DATES,), ColumnType.INTEGER),
    "quarter": Function("quarter({0})", (DATES,), ColumnType.INTEGER),
    "month": Function("month({0})", (DATES,), ColumnType.INTEGER),
    "day": Function("day({0})", (DATES,), ColumnType.INTEGER),
    "hour": Function("hour({0})", (CLOCKS,), ColumnType.INTEGER),
    "minute": Function("minute({0})", (CLOCKS,), ColumnType.INTEGER),
    "date_format": Function("strftime({0}, {1})", (DATES, TEXTS), ColumnType.TEXT),
    "distance": Function(DISTANCE, (NUMBERS,) * 4, ColumnType.NUMBER),
}


def call_sql(function: str, arguments: Sequence[str]) -> str:
    """The SQL of a call; of a key, what rows are grouped by."""
    if is_key(function):
        return raw_key(function, arguments)
    if function == "round" and len(arguments) == 1:
        return f"round({arguments[0]}::DOUBLE)"
    return SCALAR[function].sql.format(*arguments)
