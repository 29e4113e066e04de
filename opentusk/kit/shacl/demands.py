"""What one value may be asked to be. Every demand is a plain question about a term and the graph it stands in."""

import re
from collections.abc import Callable
from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode

from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import XSD

Demand = Callable[[Term, Graph], bool]

_ZONE = r"(Z|[+-](0\d|1[0-4]):[0-5]\d)?"
_DATE = re.compile(rf"(-?\d{{4,}})-(\d\d)-(\d\d){_ZONE}")
_TIME = re.compile(rf"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?{_ZONE}|24:00:00(\.0+)?{_ZONE}")
_DURATION = re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_EMAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+", re.IGNORECASE)


def _is_calendar_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    try:
        # Only the shape of a year beyond datetime's range can be judged; a leap year stands in for it.
        date(year if 1 <= year <= 9999 else 2000, month, day)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    day, _, time = text.partition("T")
    return _DATE.fullmatch(day) is not None and _is_calendar_date(day) and _TIME.fullmatch(time) is not None


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


# A SHACL datatype is satisfied only by a literal whose text is legal for it, not by the label alone.
_LEGAL: dict[str, Callable[[str], bool]] = {
    "date": _is_calendar_date,
    "dateTime": _is_moment,
    "gYear": _matches(rf"-?\d{{4,}}{_ZONE}"),
    "gYearMonth": _matches(rf"-?\d{{4,}}-(0[1-9]|1[0-2]){_ZONE}"),
    "decimal": _matches(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "nonNegativeInteger": _matches(r"\+?\d+|-0+"),
    "hexBinary": _matches(r"([0-9A-Fa-f]{2})*"),
    "duration": lambda text: _DURATION.fullmatch(text) is not None,
}


def is_literal(value: Term, graph: Graph) -> bool:
    """A literal of any type."""
    return isinstance(value, Literal)


def is_text(value: Term, graph: Graph) -> bool:
    """A literal that says something."""
    return isinstance(value, Literal) and not value.value.isspace() and value.value != ""


def is_resource(value: Term, graph: Graph) -> bool:
    """An IRI or a blank node."""
    return not isinstance(value, Literal)


def is_iri(value: Term, graph: Graph) -> bool:
    """An IRI."""
    return isinstance(value, NamedNode)


def is_email(value: Term, graph: Graph) -> bool:
    """A literal, or the IRI `mailto:name@host`.

    Rule 207 of the national validator asks for a literal, the guidelines and the vCard ontology for a mailto: IRI:
    either is accepted here, and we write the IRI. Anything else (a bare address as IRI, a blank node) is refused.
    """
    if isinstance(value, NamedNode):
        return _EMAIL.fullmatch(value.value) is not None
    return isinstance(value, Literal)


def is_typed(*names: str) -> Demand:
    """A literal of one of these XSD datatypes (local names), with a legal text."""
    legal = {XSD(name): _LEGAL[name] for name in names}

    def check(value: Term, graph: Graph) -> bool:
        if not isinstance(value, Literal):
            return False
        is_legal = legal.get(value.datatype)
        return is_legal is not None and is_legal(value.value)

    return check


def is_of_class(*classes: NamedNode) -> Demand:
    """A node typed in the graph with at least one of these classes."""

    def check(value: Term, graph: Graph) -> bool:
        types = graph.types(value)
        return any(kind in types for kind in classes)

    return check


def is_one_of(*values: Term) -> Demand:
    """One of these very terms."""
    allowed = frozenset(values)
    return lambda value, graph: value in allowed


def is_iri_like(pattern: str) -> Demand:
    """An IRI that matches the whole pattern."""
    compiled = re.compile(pattern)
    return lambda value, graph: isinstance(value, NamedNode) and compiled.fullmatch(value.value) is not None


def is_absent(value: Term, graph: Graph) -> bool:
    """Never: the property does not belong here, or is deprecated."""
    return False


def describe_term(value: Term) -> str:
    """A term as a person would quote it."""
    return f"_:{value.value}" if isinstance(value, BlankNode) else value.value
