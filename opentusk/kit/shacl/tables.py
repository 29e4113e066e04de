"""Reads the tables of demands: one line per class and property, then the words that say what is asked.

    dcat:Dataset   dct:title   required literal
    spdx:Checksum  spdx:checksumValue   required once xsd:hexBinary
    dcat:Dataset   dcat:theme   class:skos:Concept

A word may carry `@major`, `@minor` or `@info`; without it the demand blocks. The problem code of a word is
`<family>.<word>`, without what follows the colon (`_kind_of`).
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from opentusk.kit.problems import Severity
from opentusk.kit.rdf.namespaces import PREFIXES, TIME
from opentusk.kit.shacl.demands import (
    Demand,
    is_absent,
    is_email,
    is_iri,
    is_iri_like,
    is_literal,
    is_of_class,
    is_one_of,
    is_resource,
    is_text,
    is_typed,
)
from opentusk.kit.shacl.rules import Rule

# Prefixes that only the shapes use; `dc11` because the 2.1.1 shapes say dc:isReferencedBy, of the elements.
_PREFIXES = {
    **PREFIXES,
    "dc11": "http://purl.org/dc/elements/1.1/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "time": TIME.base,
}
_SIMPLE: dict[str, Demand] = {
    "literal": is_literal,
    "text": is_text,
    "resource": is_resource,
    "iri": is_iri,
    "email": is_email,
    "absent": is_absent,
    "deprecated": is_absent,
    "date": is_typed("date", "dateTime"),
    "moment": is_typed("date", "dateTime", "gYear", "gYearMonth"),
    "decimal": is_typed("decimal"),
}


def read_term(name: str) -> NamedNode:
    """`dct:title` or `<http://…>` as an IRI. KeyError for a prefix nobody declared."""
    if name.startswith("<"):
        return NamedNode(name[1:-1])
    prefix, _, local = name.partition(":")
    return NamedNode(_PREFIXES[prefix] + local)


def read_rules(family: str, table: str) -> tuple[Rule, ...]:
    """The rules of a table; `family` begins their problem codes."""
    return tuple(rule for line in table.splitlines() if line for rule in _read_line(family, line))


def make_rule(code: str, severity: Severity, classes: tuple[NamedNode, ...], path: NamedNode, word: str) -> Rule:
    """The rule that one word of a table asks for."""
    head, _, argument = word.partition(":")
    accepts = None if head in ("required", "once", "has") else _read_demand(word)
    return Rule(
        code=code,
        severity=severity,
        classes=classes,
        path=path,
        is_required=word == "required",
        must_have=read_term(argument) if head == "has" else None,
        is_single=word == "once",
        accepts=accepts,
        expected=argument or head,
    )


def _read_line(family: str, line: str) -> Iterator[Rule]:
    kind, path, *words = line.split()
    for word in words:
        demand, _, severity = word.partition("@")
        code = f"{family}.{_kind_of(demand)}"
        yield make_rule(code, Severity(severity or "blocks"), (read_term(kind),), read_term(path), demand)


def _kind_of(word: str) -> str:
    """The last part of a problem code: the word itself, without what it is asked to equal."""
    head = word.partition(":")[0]
    return {"xsd": "datatype", "moment": "date", "decimal": "datatype"}.get(head, head)


def _read_demand(word: str) -> Demand:
    head, _, argument = word.partition(":")
    match head:
        case "xsd":
            return is_typed(argument)
        case "class":
            return is_of_class(*(read_term(name) for name in argument.split("|")))
        case "value":
            return is_one_of(*(read_term(name) for name in argument.split("|")))
        case "like":
            return is_iri_like(argument)
        case _:
            return _SIMPLE[head]
