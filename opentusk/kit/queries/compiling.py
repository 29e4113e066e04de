"""From the tree to SQL. Values become numbered parameters; only names of known columns become text."""

from collections.abc import Callable
from math import cos, degrees, radians
from typing import Any

from opentusk.kit.queries.folding import like_pattern, pattern_of
from opentusk.kit.queries.functions import EARTH, call_sql
from opentusk.kit.queries.tree import (
    Aggregate,
    All,
    AnyOf,
    Call,
    Compare,
    Condition,
    Empty,
    Expression,
    Field,
    InBox,
    Like,
    Matches,
    Near,
    Not,
    OneOf,
    Op,
    Search,
    Value,
    Way,
)
from opentusk.kit.tables.shapes import LATITUDE, LONGITUDE, ROW_NUMBER, ColumnType

_ANCHORS = {Way.CONTAINS: ("", ""), Way.STARTS: ("^", ""), Way.ENDS: ("", "$")}
# {0} the argument, {1} the order in which inexact sums are made, {2} the share of a percentile
_AGGREGATES = {
    "count": "count({0})",
    "count_distinct": "count(DISTINCT {0})",
    "sum": "sum({0}{1})",
    "avg": "avg({0}{1})",
    "stddev": "stddev_samp({0}::DOUBLE{1})",
    "min": "min({0})",
    "max": "max({0})",
    "median": "median({0}::DOUBLE)",
    "bbox": 'concat_ws(\',\', min(t."_lon"), min(t."_lat"), max(t."_lon"), max(t."_lat"))',
    "percentile": "quantile_cont({0}::DOUBLE, {2})",
}


TABLE = "t"  # how a statement calls its table: columns are always named with it, never taken for an alias


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def column_sql(name: str) -> str:
    """A column of the table."""
    return f"{TABLE}.{quoted(name)}"


class Compiler:
    """Compiles pieces of one statement and gathers their parameters.

    With `is_stable`, sums of floating-point numbers are made in the order of the rows: whatever the threads do, the
    last digit is the same, so that two exports are the same file.
    """

    def __init__(self, *, is_stable: bool = False) -> None:
        self.parameters: list[object] = []
        self._is_stable = is_stable

    def bind(self, value: object) -> str:
        """A place for the value."""
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def expression(self, node: Expression) -> str:
        """The SQL of an expression."""
        match node:
            case Field(name=name):
                return column_sql(name)
            case Value(value=None):
                return "NULL"
            case Value(value=value):
                return self.bind(value)
            case Call(function=function, arguments=arguments):
                return call_sql(function, [self.expression(argument) for argument in arguments])
            case Aggregate():
                return self._aggregate(node)

    def _aggregate(self, node: Aggregate) -> str:
        if node.argument is None:
            return "count(*)"
        argument = self.expression(node.argument)
        is_inexact = node.argument.type is ColumnType.NUMBER or node.function == "stddev"
        order = f" ORDER BY {column_sql(ROW_NUMBER)}" if self._is_stable and is_inexact else ""
        share = f"{self.bind(node.share)}::DOUBLE" if node.share is not None else ""
        return _AGGREGATES[node.function].format(argument, order, share)

    def condition(self, node: Condition) -> str:
        """The SQL of a condition, in parentheses where it needs them."""
        return _WRITERS[type(node)](self, node)

    def _compare(self, node: Compare) -> str:
        sign = "<>" if node.op is Op.NE else node.op.value
        return f"{self.expression(node.left)} {sign} {self.expression(node.right)}"

    def _one_of(self, node: OneOf) -> str:
        left = self.expression(node.left)
        return f"{left} IN ({', '.join(self.expression(value) for value in node.values)})"

    def _empty(self, node: Empty) -> str:
        return f"{self.expression(node.left)} IS NULL"

    def _match(self, node: Matches) -> str:
        before, after = _ANCHORS[node.way]
        return self._regular(self.expression(node.left), before + pattern_of(node.text) + after)

    def _like(self, node: Like) -> str:
        return self._regular(self.expression(node.left), like_pattern(node.pattern))

    def _search(self, node: Search) -> str:
        return self._joined([self._word(word, node.fields) for word in node.words], "AND")

    def _all(self, node: All) -> str:
        return self._joined([self.condition(part) for part in node.parts], "AND")

    def _any_of(self, node: AnyOf) -> str:
        return self._joined([self.condition(part) for part in node.parts], "OR")

    def _not(self, node: Not) -> str:
        return f"NOT ({self.condition(node.part)})"

    def _in_box(self, node: InBox) -> str:
        return self._box(node.west, node.south, node.east, node.north)

    def _joined(self, parts: list[str], word: str) -> str:
        if not parts:
            return "TRUE" if word == "AND" else "FALSE"
        return f"({f' {word} '.join(parts)})"

    def _regular(self, text: str, pattern: str) -> str:
        return f"regexp_matches({text}, {self.bind(pattern)})"

    def _word(self, word: str, fields: tuple[Field, ...]) -> str:
        # An empty cell holds no word: unlike in a comparison, what is unknown here is simply not found.
        pattern = self.bind(pattern_of(word))
        found = [f"coalesce(regexp_matches({column_sql(field.name)}, {pattern}), FALSE)" for field in fields]
        return self._joined(found, "OR")

    def _box(self, west: float, south: float, east: float, north: float) -> str:
        across = f"{column_sql(LONGITUDE)} BETWEEN {self.bind(west)} AND {self.bind(east)}"
        along = f"{column_sql(LATITUDE)} BETWEEN {self.bind(south)} AND {self.bind(north)}"
        return f"({across} AND {along})"

    def _near(self, node: Near) -> str:
        """A box first, which the row groups can tell, then the great circle."""
        tall = degrees(node.metres / EARTH)
        south, north = max(-90.0, node.latitude - tall), min(90.0, node.latitude + tall)
        narrowest = min(cos(radians(south)), cos(radians(north)))
        wide = tall / narrowest if narrowest > 1e-6 else 360.0
        box = self._box(node.longitude - wide, south, node.longitude + wide, north)
        places = [self.bind(node.latitude), self.bind(node.longitude), column_sql(LATITUDE), column_sql(LONGITUDE)]
        return f"({box} AND {call_sql('distance', places)} <= {self.bind(node.metres)})"


_WRITERS: dict[type, Callable[[Compiler, Any], str]] = {
    Compare: Compiler._compare,
    OneOf: Compiler._one_of,
    Empty: Compiler._empty,
    Matches: Compiler._match,
    Like: Compiler._like,
    Search: Compiler._search,
    All: Compiler._all,
    AnyOf: Compiler._any_of,
    Not: Compiler._not,
    InBox: Compiler._in_box,
    Near: Compiler._near,
}
