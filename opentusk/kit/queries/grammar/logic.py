"""Nested conditions in one parameter: `or=(importo__gt.5,and(comune.Lecce,data__isnull))`.

Between the column with its operator and the value stands a point; a value with commas or parentheses stands in double
quotes, in which a double quote is written twice.
"""

from collections.abc import Mapping
from dataclasses import replace

from opentusk.kit.queries.errors import BadQuery, unknown_name
from opentusk.kit.queries.grammar.conditions import OPERATORS, condition_of
from opentusk.kit.queries.tree import All, AnyOf, Condition, Field, Not

MAX_DEPTH = 5
MAX_CONDITIONS = 50
_WORDS = ("and", "or", "not")


def read_logic(word: str, text: str, fields: Mapping[str, Field]) -> Condition:
    """The condition in `word=(…)`. Raises BadQuery with the position."""
    reader = _Reader(text, fields)
    condition = reader.group(word, 1)
    if reader.at < len(text):
        raise reader.fault()
    return condition


class _Reader:
    """Reads from left to right."""

    def __init__(self, text: str, fields: Mapping[str, Field]) -> None:
        self.text, self.fields, self.at, self.count = text, fields, 0, 0

    def group(self, word: str, depth: int) -> Condition:
        """A list in parentheses."""
        if depth > MAX_DEPTH:
            raise BadQuery("query.too_deep", position=self.at, values={"limit": str(MAX_DEPTH)})
        self._expect("(")
        parts = [self._part(depth)]
        while self._next() == ",":
            self.at += 1
            parts.append(self._part(depth))
        self._expect(")")
        if word == "not":
            return Not(All(tuple(parts)))
        return All(tuple(parts)) if word == "and" else AnyOf(tuple(parts))

    def fault(self) -> BadQuery:
        return BadQuery("query.bad_logic", position=self.at, values={"rest": self.text[self.at : self.at + 20]})

    def _part(self, depth: int) -> Condition:
        for word in _WORDS:
            if self.text.startswith(f"{word}(", self.at):
                self.at += len(word)
                return self.group(word, depth + 1)
        return self._condition()

    def _condition(self) -> Condition:
        start = self.at
        name = self._until(".,)")
        value = ""
        if self._next() == ".":
            self.at += 1
            value = self._quoted() if self._next() == '"' else self._until(",)")
        self.count += 1
        if self.count > MAX_CONDITIONS:
            raise BadQuery("query.too_many_filters", position=start, values={"limit": str(MAX_CONDITIONS)})
        column, _mark, operator = name.partition("__")
        if column not in self.fields:
            raise unknown_name("query.unknown_column", column, self.fields, position=start)
        if operator and operator not in OPERATORS:
            refusal = unknown_name("query.unknown_operator", operator, OPERATORS, position=start)
            raise replace(refusal, column=column, operator=operator)
        try:
            return condition_of(self.fields[column], operator or "exact", value)
        except BadQuery as refusal:
            raise replace(refusal, position=start) from None

    def _until(self, ends: str) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ends:
            self.at += 1
        return self.text[start : self.at].strip()

    def _quoted(self) -> str:
        pieces = []
        while self._next() == '"':
            end = self.text.find('"', self.at + 1)
            if end < 0:
                raise self.fault()
            pieces.append(self.text[self.at + 1 : end])
            self.at = end + 1
        return '"'.join(pieces)

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _expect(self, character: str) -> None:
        if self._next() != character:
            raise self.fault()
        self.at += 1
