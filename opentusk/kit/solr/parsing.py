"""Reads queries with fields: Lucene's syntax, as far as CKAN's clients use it.

The grammar is LALR(1), so that parsing takes time in proportion to the text whatever it holds, and no recursion.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken

from opentusk.kit.solr.errors import BadSyntax, OutsideSubset, QueryRefused
from opentusk.kit.solr.tree import (
    Everything,
    Exists,
    Gap,
    Node,
    Pattern,
    Phrase,
    Range,
    Term,
    Weighted,
    Wildcard,
    all_of,
    in_field,
    measured,
    negation,
    some_of,
)

MAX_CHARACTERS = 50_000

_GRAMMAR = r"""
query: disjunction+
disjunction: conjunction (_OR conjunction)*
conjunction: clause (_AND clause)*
?clause: _NOT clause -> negated
       | _PLUS clause -> required
       | named
?named: WORD ":" value -> of_field
      | value
?value: bare WEIGHT -> weighted
      | bare FUZZY -> fuzzy
      | bare
?bare: WORD -> word
     | QUOTED -> quoted
     | RANGE -> range
     | REGEX -> regex
     | "(" query ")" -> group

_OR.3: /OR(?![^\s()\[\]{}"^~:!])|\|\|/
_AND.3: /AND(?![^\s()\[\]{}"^~:!])|&&/
_NOT.3: /NOT(?![^\s()\[\]{}"^~:!])|!|-/
_PLUS.3: "+"
RANGE.2: /[\[{]\s*("(\\.|[^"\\])*"|(\\.|[^\s"\]}\\])+)\s+TO\s+("(\\.|[^"\\])*"|(\\.|[^\s"\]}\\])+)\s*[\]}]/s
QUOTED: /"(\\.|[^"\\])*"/s
WEIGHT: /\^=?[0-9.]+/
FUZZY: /~[0-9.]*/
REGEX: /\/(\\.|[^\/\\])*\//s
WORD: /(\\.|[^\s+\-!(){}\[\]^"~:\\\/])(\\.|[^\s!(){}\[\]^"~:\\])*/s
%ignore /\s+/
"""
_RANGE = re.compile(
    r'([\[{])\s*("(?:\\.|[^"\\])*"|(?:\\.|[^\s"\]}\\])+)\s+TO\s+("(?:\\.|[^"\\])*"|(?:\\.|[^\s"\]}\\])+)\s*([\]}])',
    re.DOTALL,
)
_PIECE = re.compile(r"\\(.)|([*?])|([^\\*?]+)", re.DOTALL)
_OUTSIDE_QUOTES = re.compile(r'"(?:\\.|[^"\\])*"|%20', re.DOTALL)
_LOCAL = re.compile(r'"(?:\\.|[^"\\])*"|\{!', re.DOTALL)
_MAGIC = ("_query_", "_val_")


def parse_query(text: str, *, param: str = "q") -> Node:
    """The tree of a query. Raises QueryRefused, naming the parameter the query came in."""
    refuse_local_params(text, param=param)
    if len(text) > MAX_CHARACTERS:
        raise OutsideSubset(f"Query too long in param '{param}': more than {MAX_CHARACTERS} characters.")
    text = plain_spaces(text)
    try:
        return measured(_parser().parse(text))  # type: ignore[arg-type]
    except UnexpectedInput as fault:
        raise BadSyntax(f"Cannot parse param '{param}': {_place(fault, text)}.") from fault
    except QueryRefused as fault:
        raise type(fault)(f"{fault.message.rstrip('.')} (param '{param}').") from fault


def plain_spaces(text: str) -> str:
    """The text with `%20` outside quotes as the space it is: one client encodes its addresses twice."""
    return _OUTSIDE_QUOTES.sub(lambda found: " " if found[0] == "%20" else found[0], text)


def refuse_local_params(text: str, *, param: str) -> None:
    """Raises OutsideSubset for `{!…}`, which would let a client choose any parser of Solr's."""
    if any(found[0] == "{!" for found in _LOCAL.finditer(text)):
        raise OutsideSubset(f"Local parameters are not supported in param '{param}'.")


@dataclass(frozen=True)
class _Required:
    """A clause behind '+': in a conjunction the clause itself."""

    node: Node


_Clause: TypeAlias = Node | _Required


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    """Builds the tree while the parser reads."""

    def query(self, *nodes: _Clause) -> Node:
        return all_of([_plain(node) for node in nodes])

    def disjunction(self, *nodes: _Clause) -> _Clause:
        if len(nodes) == 1:
            return nodes[0]
        if any(isinstance(node, _Required) for node in nodes):
            raise OutsideSubset("'+' before a side of OR is ambiguous: use AND, or leave it out")
        return some_of([_plain(node) for node in nodes])

    def conjunction(self, *nodes: _Clause) -> _Clause:
        return nodes[0] if len(nodes) == 1 else all_of([_plain(node) for node in nodes])

    def negated(self, node: _Clause) -> Node:
        return negation(_plain(node))

    def required(self, node: _Clause) -> _Required:
        return _Required(_plain(node))

    def of_field(self, name: Token, node: Node) -> Node:
        pieces = _pieces(name)
        if pieces == (Gap.ANY,):
            if node == Exists(None):
                return Everything()
            raise OutsideSubset("'*' as a field is only supported in '*:*'")
        field = _literal(pieces)
        if field is None:
            raise OutsideSubset(f"Wildcards in the name of a field are not supported: '{name}'")
        if field in _MAGIC:
            raise OutsideSubset("Magic fields are not supported")
        return in_field(node, field)

    def weighted(self, node: Node, weight: Token) -> Node:
        if weight.startswith("^="):
            raise OutsideSubset("Constant scores ('^=') are not supported")
        try:
            return Weighted(node, float(weight[1:]))
        except ValueError:
            raise BadSyntax(f"'{weight}' is no weight") from None

    def fuzzy(self, node: Node, mark: Token) -> Node:
        raise OutsideSubset(f"Fuzzy and proximity searches ('{mark}') are not supported")

    def regex(self, text: Token) -> Node:
        raise OutsideSubset("Regular expressions are not supported")

    def group(self, node: Node) -> Node:
        return node

    def quoted(self, text: Token) -> Node:
        return Phrase(None, _unescaped(text[1:-1]))

    def word(self, text: Token) -> Node:
        pieces = _pieces(text)
        if pieces == (Gap.ANY,):
            return Exists(None)
        literal = _literal(pieces)
        return Wildcard(None, pieces) if literal is None else Term(None, literal)

    def range(self, text: Token) -> Node:
        found = _RANGE.fullmatch(text)
        if found is None:
            raise BadSyntax(f"'{text}' is no range")
        opening, low, high, closing = found.groups()
        return Range(None, _bound(low), _bound(high), opening == "[", closing == "]")


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", start="query", transformer=_Builder())


def _plain(node: _Clause) -> Node:
    return node.node if isinstance(node, _Required) else node


def _bound(text: str) -> str | None:
    if text == "*":
        return None
    return _unescaped(text[1:-1] if text.startswith('"') else text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _pieces(text: str) -> Pattern:
    """A word as literal texts and gaps."""
    pieces: list[str | Gap] = []
    for escaped, gap, plain in _PIECE.findall(text):
        if gap:
            pieces.append(Gap(gap))
        elif pieces and isinstance(pieces[-1], str):
            pieces[-1] += escaped or plain
        else:
            pieces.append(escaped or plain)
    return tuple(pieces)


def _literal(pieces: Sequence[str | Gap]) -> str | None:
    """The text of a word without gaps."""
    texts = [piece for piece in pieces if isinstance(piece, str)]
    return "".join(texts) if len(texts) == len(pieces) else None


def _place(fault: UnexpectedInput, text: str) -> str:
    position = fault.pos_in_stream
    if position is None or (isinstance(fault, UnexpectedToken) and fault.token.type == "$END"):
        return "unexpected end of the query"
    return f"unexpected '{text[position : position + 12].strip()}' at character {position + 1}"
