"""What a CKAN package says that no record field holds, kept as statements so that the way back loses nothing.

The key becomes the predicate `urn:x-ckan:extra:<key>`; a text becomes a plain literal, any other JSON value a
literal of type rdf:JSON.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode

from opentusk.kit.mapping.loose import read_text, unpack
from opentusk.kit.rdf.namespaces import RDF
from opentusk.kit.records import Statement, Text

EXTRA = "urn:x-ckan:extra:"
# RDF/XML cuts a property into namespace and name, and a name may not be a number or end in an escape.
_END = "_"
_LITERAL = re.compile(r'("(?:[^"\\]|\\.)*")(.*)', re.DOTALL)
_JSON_TYPE = f"^^{RDF('JSON')}"


class Fields:
    """The keys of a package or a resource, its `extras` among them, each taken once; the rest can be kept.

    A key at top level wins over the extra of the same name unless it is empty.
    """

    def __init__(self, source: Mapping[str, object]) -> None:
        self._left = {key: value for key, value in _extras(source) if not _is_empty(value)}
        self._left.update({key: value for key, value in source.items() if key != "extras" and not _is_empty(value)})

    def peek(self, key: str) -> object:
        """The value of a key, without taking it; None when it is absent or empty."""
        return self._left.get(key)

    def take(self, *keys: str) -> object:
        """Take every one of these spellings and give the value of the first that has one."""
        found = [self._left.pop(key) for key in keys if key in self._left]
        return found[0] if found else None

    def take_first(self, *keys: str) -> object:
        """Take only the first of these keys that has a value: the others say something else."""
        return next((self._left.pop(key) for key in keys if key in self._left), None)

    def take_text(self, key: str) -> Text:
        """A text by language: `<key>_translated` as the multilingual extensions spell it, else the plain key."""
        return read_text(self.take(f"{key}_translated", key))

    def rest(self, *, without: frozenset[str]) -> tuple[Statement, ...]:
        """What nobody took, as statements, apart from the keys of `without`."""
        return tuple(write_extra(key, value) for key, value in sorted(self._left.items()) if key not in without)


def write_extra(key: str, value: object) -> Statement:
    """The statement that keeps one key."""
    term = (
        Literal(value)
        if isinstance(value, str)
        else Literal(json.dumps(value, ensure_ascii=False, sort_keys=True), datatype=RDF("JSON"))
    )
    return Statement(subject="<>", predicate=str(NamedNode(EXTRA + quote(key, safe="") + _END)), object=str(term))


def read_extras(statements: Iterable[Statement]) -> Iterator[tuple[str, object]]:
    """The keys and values of the statements that came from CKAN; statements of other sources are passed over."""
    for statement in statements:
        if statement.subject == "<>" and statement.predicate.startswith(f"<{EXTRA}"):
            text, suffix = read_literal(statement.object)
            yield (
                unquote(statement.predicate[1:-1].removeprefix(EXTRA).removesuffix(_END)),
                (json.loads(text) if suffix == _JSON_TYPE else text),
            )


def read_literal(term: str) -> tuple[str, str]:
    """The text of a literal in N-Triples syntax, and its tag or type. An IRI gives itself, without its brackets."""
    found = _LITERAL.fullmatch(term)
    if found is None:
        return term.strip("<>"), ""
    return str(json.loads(found[1], strict=False)), found[2]


def _extras(source: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    extras = unpack(source.get("extras"))
    if isinstance(extras, Mapping):
        yield from extras.items()
    elif isinstance(extras, list):
        for extra in extras:
            if isinstance(extra, Mapping) and isinstance(extra.get("key"), str):
                yield extra["key"], extra.get("value")


def _is_empty(value: object) -> bool:
    return value in (None, [], {}, ()) or (isinstance(value, str) and value.strip() in ("", "[]", "{}", "null"))
