"""A rule is one demand on one property of one class; a shape set is many of them, filed for quick use."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from opentusk.kit.problems import Severity
from opentusk.kit.rdf.graph import Term
from opentusk.kit.rdf.namespaces import PREFIXES
from opentusk.kit.shacl.demands import Demand

_PREFIX_OF = {base: prefix for prefix, base in PREFIXES.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One demand. `classes` are any of the targets, `expected` the word for it in messages.

    Exactly one of the four holds: `is_required` (at least one value of `path`), `must_have` (this value among them),
    `is_single` (at most one), or `accepts` (each value must satisfy it).
    """

    code: str
    severity: Severity
    classes: tuple[NamedNode, ...]
    path: NamedNode
    is_required: bool = False
    must_have: NamedNode | None = None
    is_single: bool = False
    accepts: Demand | None = None
    expected: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Existence:
    """The demand that the document has at least one node of a class."""

    code: str
    severity: Severity
    kind: NamedNode


class Filed:
    """The rules of one class as the engine wants them: what must be there, and what each present property obeys."""

    __slots__ = ("by_path", "required")

    def __init__(self) -> None:
        self.required: list[Rule] = []
        self.by_path: dict[NamedNode, list[Rule]] = {}

    def add(self, rule: Rule) -> None:
        """File one rule."""
        if rule.is_required or rule.must_have:
            self.required.append(rule)
        else:
            self.by_path.setdefault(rule.path, []).append(rule)


@dataclass(frozen=True, kw_only=True)
class ShapeSet:
    """A named set of rules. `existences` concern the document as a whole."""

    name: str
    rules: tuple[Rule, ...]
    existences: tuple[Existence, ...] = ()

    @cached_property
    def by_class(self) -> Mapping[Term, Filed]:
        """The rules filed by class."""
        filed: dict[Term, Filed] = {}
        for rule in self.rules:
            for kind in rule.classes:
                filed.setdefault(kind, Filed()).add(rule)
        return filed


def join_shapes(name: str, *sets: ShapeSet) -> ShapeSet:
    """The rules of several sets, checked in one walk over the graph."""
    return ShapeSet(
        name=name,
        rules=tuple(rule for shapes in sets for rule in shapes.rules),
        existences=tuple(existence for shapes in sets for existence in shapes.existences),
    )


def short_name(term: NamedNode) -> str:
    """`dct:title` of a property or class; its IRI when the namespace is not ours."""
    cut = max(term.value.rfind("#"), term.value.rfind("/")) + 1
    prefix = _PREFIX_OF.get(term.value[:cut])
    return f"{prefix}:{term.value[cut:]}" if prefix else term.value
