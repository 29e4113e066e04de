"""Lets through one query that reads: its form, and the graphs it names. What would write or ask elsewhere is refused.

The engine's own parser reads the query afterwards. It has no boundaries between words (`trueSERVICE<…>` is a call), so
nothing here depends on them: what cannot be a word of the language (comments, addresses, texts, names) is taken away,
and the rest is searched.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from opentusk.kit.queries.errors import BadQuery

LONGEST = 32_000  # bytes

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<text>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|_:[\w.\-]+)
    |(?P<prefix>(?:[^\W\d_][\w.\-]*)?):(?P<local>(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    |(?P<word>\w+)
    |(?P<sign>[^\s])""",
    re.VERBOSE | re.DOTALL,
)


class Form(StrEnum):
    """What a query gives: rows, yes or no, or triples."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def is_graph(self) -> bool:
        """Whether it gives triples."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])


@dataclass(frozen=True)
class CheckedQuery:
    """A query that passed, and the addresses of the graphs after its FROM."""

    form: Form
    graphs: tuple[str, ...]


def check_query(text: str) -> CheckedQuery:
    """Check the words of a query. Raises BadQuery."""
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise BadQuery("sparql.too_long", values={"limit": str(LONGEST)})
    if not text.strip():
        raise BadQuery("sparql.empty")
    # Escapes may stand for any character anywhere in a query, those of a word included.
    for reading in {text, _ESCAPE.sub(_unescaped, text)}:
        _refuse_service(reading)
    tokens = [found for found in _TOKEN.finditer(text) if found.lastgroup != "comment"]
    prologue = _Prologue()
    return CheckedQuery(_form(tokens, prologue), _graphs(tokens, prologue))


class _Prologue:
    """The base and the prefixes that a query declares."""

    def __init__(self) -> None:
        self.base = ""
        self.prefixes: dict[str, str] = {}

    def address(self, token: re.Match[str]) -> str:
        """The address that a token stands for, or its text where it is none."""
        if token["iri"]:
            return str(urljoin(self.base, token["iri"][1:-1]))
        if token["prefix"] is not None and token["prefix"] in self.prefixes:
            return self.prefixes[token["prefix"]] + re.sub(r"\\(.)", r"\1", token["local"])
        return token[0]


def _refuse_service(text: str) -> None:
    for token in _TOKEN.finditer(text):
        words = (token["word"] or "", token["prefix"] or "")
        if any("SERVICE" in word.upper() for word in words):
            raise BadQuery("sparql.service", position=token.start())


def _form(tokens: list[re.Match[str]], prologue: _Prologue) -> Form:
    """The first word after the prologue, which is read on the way."""
    place = 0
    while place < len(tokens):
        word = (tokens[place]["word"] or "").upper()
        after = tokens[place + 1 : place + 3]
        if word == "BASE" and after:
            prologue.base = prologue.address(after[0])
            place += 2
        elif word == "PREFIX" and len(after) == 2:
            prologue.prefixes[after[0]["prefix"] or ""] = prologue.address(after[1])
            place += 3
        elif word in list(Form):
            return Form(word)
        else:
            raise _no_query(tokens[place], word)
    raise BadQuery("sparql.empty")


def _no_query(token: re.Match[str], word: str) -> BadQuery:
    if word in _UPDATES:
        return BadQuery("sparql.update", position=token.start(), values={"what": word})
    return BadQuery("sparql.no_form", position=token.start(), values={"what": token[0][:60]})


def _graphs(tokens: list[re.Match[str]], prologue: _Prologue) -> tuple[str, ...]:
    found = []
    for place, token in enumerate(tokens):
        if (token["word"] or "").upper() == "FROM":
            after = [one for one in tokens[place + 1 : place + 3] if (one["word"] or "").upper() != "NAMED"]
            found += [prologue.address(one) for one in after[:1]]
    return tuple(dict.fromkeys(found))


def _unescaped(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"


def graphs_to_look_for(checked: CheckedQuery, chosen: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The graphs that must be there: those of the query, or those that the request chose instead."""
    return tuple(name for names in chosen for name in names) or checked.graphs
