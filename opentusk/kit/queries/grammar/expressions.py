"""Reads expressions and conditions of the query grammar: from tokens to the tree, typed by the columns.

One recursive descent for both, because a parenthesis may open either: OR, AND, NOT, comparison, sum, product, sign,
value. A text beside a column of another type is read as such a value (`anno > "2020"`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from opentusk.kit.queries.errors import BadQuery, unknown_name
from opentusk.kit.queries.folding import fold
from opentusk.kit.queries.grammar.calls import call_of, test_of
from opentusk.kit.queries.grammar.tokens import Kind, Token, read_tokens
from opentusk.kit.queries.grammar.values import Operand, between, compare, one_of, read_value
from opentusk.kit.queries.tree import (
    Aggregate,
    All,
    AnyOf,
    Compare,
    Condition,
    Empty,
    Expression,
    Field,
    Like,
    Not,
    Op,
    Value,
)
from opentusk.kit.tables.shapes import ColumnType

MAX_DEPTH = 24
MAX_CONDITIONS = 50
MAX_VALUES = 1_000
_OPS = {"=": Op.EQ, "!=": Op.NE, "<>": Op.NE, "<": Op.LT, "<=": Op.LE, ">": Op.GT, ">=": Op.GE}
_TURNED = {Op.LT: Op.GT, Op.GT: Op.LT, Op.LE: Op.GE, Op.GE: Op.LE}
_SIGNS = {"+": "add", "-": "sub", "*": "mul", "/": "div"}
_NUMBERS = frozenset((ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER))

Node = Expression | Condition
Resolve = Callable[[str], Expression | None]


class ExpressionReader:
    """Reads one clause. `named` gives what a name stands for besides a column, such as an alias."""

    def __init__(self, text: str, fields: Mapping[str, Field], named: Resolve = lambda _name: None) -> None:
        self.tokens = read_tokens(text)
        self.fields, self.named = fields, named
        self.at = self.depth = self.count = self.operations = 0

    @property
    def next(self) -> Token:
        """The token to be read."""
        return self.tokens[self.at]

    def take(self, *words: str) -> bool:
        """Go past the next token when it is one of these words."""
        if not self.next.says(*words):
            return False
        self.at += 1
        return True

    def expect(self, word: str) -> None:
        """Go past a sign that must be there."""
        if not self.take(word):
            raise self.fault(word)

    def fault(self, expected: str = "") -> BadQuery:
        """The refusal of what stands here."""
        found = self.next.text or "…"
        values = {"found": found[:30], "expected": expected or "–"}
        return BadQuery("query.unexpected", position=self.next.position, values=values)

    def condition(self) -> Condition:
        """A whole condition."""
        return self._as_condition(self.next.position, self._either())

    def expression(self) -> Expression:
        """A whole expression."""
        return self._as_expression(self.next.position, self._sum())

    def literal(self) -> Token:
        """A constant."""
        if self.next.kind not in (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.PLACE, Kind.LENGTH):
            raise self.fault("valore")
        self.at += 1
        return self.tokens[self.at - 1]

    def _either(self) -> Node:
        return self._chain(self._both, "or", AnyOf)

    def _both(self) -> Node:
        return self._chain(self._negated, "and", All)

    def _chain(self, inner: Callable[[], Node], word: str, join: Callable[[tuple[Condition, ...]], Condition]) -> Node:
        start = self.next.position
        node = inner()
        if not self.next.says(word):
            return node
        parts = [self._as_condition(start, node)]
        while self.take(word):
            start = self.next.position
            parts.append(self._as_condition(start, inner()))
        return join(tuple(parts))

    def _negated(self) -> Node:
        if self.take("not"):
            with_depth = self._deeper()
            start = self.next.position
            part = Not(self._as_condition(start, self._negated()))
            self.depth = with_depth
            return part
        return self._comparison()

    def _comparison(self) -> Node:
        start = self.next
        left = self._sum()
        if self.next.kind is Kind.SIGN and self.next.text in _OPS:
            return self._counted(start, self._compared(start, left))
        if self.take("is"):
            is_not = self.take("not")
            self.expect("null")
            empty = Empty(self._as_expression(start.position, left))
            return self._counted(start, Not(empty) if is_not else empty)
        is_not = self.next.says("not") and self.tokens[self.at + 1].says("in", "like")
        self.at += is_not
        if self.take("in"):
            found = self._member(self._as_expression(start.position, left))
        elif self.take("like"):
            found = self._like(start, self._as_expression(start.position, left))
        else:
            return left
        return self._counted(start, Not(found) if is_not else found)

    def _compared(self, start: Token, left: Node) -> Condition:
        op = _OPS[self.next.text]
        self.at += 1
        there = self.next
        left, right = self._as_expression(start.position, left), self._as_expression(there.position, self._sum())
        if isinstance(left, Value) and not isinstance(right, Value):
            left, right, op, start, there = right, left, _TURNED.get(op, op), there, start
        if isinstance(right, Value):
            return compare(left, op, self._fitting(right, left, there))
        self._same_kind(left, right, start)
        return Compare(left, op, right)

    def _fitting(self, value: Value, partner: Expression, token: Token) -> Operand:
        """A constant as a value of its partner's type."""
        if value.value is None:
            raise BadQuery("query.compare_null", position=token.position)
        text = str(value.value).lower() if isinstance(value.value, bool) else str(value.value)
        if value.type is partner.type and value.type is not ColumnType.DATE:
            return value
        if value.type in _NUMBERS and partner.type is ColumnType.TEXT:
            raise self._differ(partner, value, token)
        try:
            return read_value(text, partner.type)
        except BadQuery as refusal:
            raise replace(refusal, column=_name(partner), position=token.position) from None

    def _same_kind(self, left: Expression, right: Expression, token: Token) -> None:
        both = {left.type, right.type}
        if len(both) > 1 and not both <= _NUMBERS and not both <= {ColumnType.DATE, ColumnType.DATETIME}:
            raise self._differ(left, right, token)

    def _differ(self, left: Expression, right: Expression, token: Token) -> BadQuery:
        values = {"type": left.type.value, "other": right.type.value}
        return BadQuery("query.types_differ", column=_name(left), position=token.position, values=values)

    def _member(self, left: Expression) -> Condition:
        if self.take("["):
            low = self._operand(left)
            self.expect("..")
            high = self._operand(left)
            self.expect("]")
            return between(left, low, high)
        self.expect("(")
        operands = [self._operand(left)]
        while self.take(","):
            operands.append(self._operand(left))
        self.expect(")")
        if len(operands) > MAX_VALUES:
            raise BadQuery("query.too_many_values", column=_name(left), values={"limit": str(MAX_VALUES)})
        return one_of(left, operands)

    def _operand(self, left: Expression) -> Operand:
        token = self.next
        value = self._as_expression(token.position, self._sign())
        if not isinstance(value, Value):
            raise BadQuery("query.unexpected", position=token.position, values={"found": token.text, "expected": "–"})
        return self._fitting(value, left, token)

    def _like(self, start: Token, left: Expression) -> Condition:
        pattern = self.literal()
        if left.type is not ColumnType.TEXT:
            values = {"type": left.type.value}
            raise BadQuery("query.not_for_type", _name(left), "like", start.position, values=values)
        if pattern.kind is not Kind.TEXT or not fold(pattern.text) or len(pattern.text) > 500:
            raise BadQuery("query.nothing_to_search", position=pattern.position)
        return Like(left, pattern.text)

    def _sum(self) -> Node:
        return self._arithmetic(self._product, "+", "-")

    def _product(self) -> Node:
        return self._arithmetic(self._sign, "*", "/")

    def _arithmetic(self, inner: Callable[[], Node], *signs: str) -> Node:
        start = self.next
        node = inner()
        while self.next.kind is Kind.SIGN and self.next.text in signs:
            sign = self.next
            self.at += 1
            self.operations += 1
            if self.operations > MAX_CONDITIONS:
                raise BadQuery("query.too_many_items", position=sign.position, values={"limit": str(MAX_CONDITIONS)})
            there = self.next
            arguments = (self._as_expression(start.position, node), self._as_expression(there.position, inner()))
            node = call_of(_SIGNS[sign.text], arguments, sign.position)
        return node

    def _sign(self) -> Node:
        sign = self.next
        if sign.kind is Kind.SIGN and self.take("-"):
            with_depth = self._deeper()
            inner = self._as_expression(sign.position, self._sign())
            self.depth = with_depth
            if isinstance(inner, Value) and isinstance(inner.value, int | Decimal | float):
                return replace(inner, value=-inner.value)
            return call_of("neg", (inner,), sign.position)
        return self._value()

    def _value(self) -> Node:
        token = self.next
        if token.kind is Kind.SIGN and self.take("("):
            with_depth = self._deeper()
            node = self._either()
            self.expect(")")
            self.depth = with_depth
            return node
        self.at += 1
        match token.kind:
            case Kind.NUMBER:
                return self._number(token)
            case Kind.TEXT:
                return Value(token.text, ColumnType.TEXT)
            case Kind.DATE:
                return Value(token.text, ColumnType.DATE)
            case Kind.NAME:
                return self._word(token)
        self.at -= 1
        raise self.fault("valore")

    def _number(self, token: Token) -> Value:
        try:
            found = read_value(token.text, ColumnType.INTEGER)
        except BadQuery:
            found = read_value(token.text, ColumnType.NUMBER)
        assert isinstance(found, Value)
        return found

    def _word(self, token: Token) -> Node:
        word = token.text
        if self.next.kind is Kind.SIGN and self.take("("):
            with_depth = self._deeper()
            node = test_of(word.lower(), self, token.position)
            self.depth = with_depth
            return node if isinstance(node, Expression) else self._counted(token, node)
        if (found := self.named(word)) is not None:
            return found
        if word in self.fields:
            return self.fields[word]
        if word.lower() in ("true", "false"):
            return Value(word.lower() == "true", ColumnType.BOOLEAN)
        if word.lower() == "null":
            return Value(None, ColumnType.TEXT)
        raise unknown_name("query.unknown_column", word, self.fields, position=token.position)

    def _deeper(self) -> int:
        before, self.depth = self.depth, self.depth + 1
        if self.depth > MAX_DEPTH:
            raise BadQuery("query.too_deep", position=self.next.position, values={"limit": str(MAX_DEPTH)})
        return before

    def _counted(self, token: Token, condition: Condition) -> Condition:
        self.count += 1
        if self.count > MAX_CONDITIONS:
            raise BadQuery("query.too_many_filters", position=token.position, values={"limit": str(MAX_CONDITIONS)})
        return condition

    def _as_condition(self, position: int, node: Node) -> Condition:
        if not isinstance(node, Expression):
            return node
        if node.type is ColumnType.BOOLEAN and not isinstance(node, Aggregate):
            return Compare(node, Op.EQ, Value(True, ColumnType.BOOLEAN))
        raise BadQuery("query.not_a_condition", column=_name(node), position=position)

    def _as_expression(self, position: int, node: Node) -> Expression:
        if isinstance(node, Expression):
            return node
        raise BadQuery("query.not_an_expression", position=position)


def _name(node: Expression) -> str:
    return node.name if isinstance(node, Field) else ""
