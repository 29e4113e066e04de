"""Holds a graph against a shape set.

Each node is visited once per class it has, and only the properties it really has are looked at, so the cost is
linear in the triples. Problems are described only when there are any: a clean graph costs dictionary lookups.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import NamedNode

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import TYPE
from opentusk.kit.shacl.demands import describe_term
from opentusk.kit.shacl.places import Places
from opentusk.kit.shacl.rules import Existence, Filed, Rule, ShapeSet, short_name

Statements: TypeAlias = Mapping[NamedNode, Collection[Term]]
Fault: TypeAlias = tuple[Rule, Term, Term | None]


def check_graph(graph: Graph, shapes: ShapeSet) -> list[Problem]:
    """Every fault of the whole document, node by node, then the classes it lacks."""
    problems = check_nodes(graph, graph.subjects(), shapes)
    return problems + [_missing_class(found) for found in shapes.existences if not graph.instances(found.kind)]


def check_nodes(graph: Graph, nodes: Collection[Term], shapes: ShapeSet) -> list[Problem]:
    """The faults of these nodes only."""
    places = Places(graph, nodes)
    return [_problem(fault, places) for node in nodes for fault in _faults_of(graph, node, shapes)]


def conforms(graph: Graph, nodes: Iterable[Term], shapes: ShapeSet) -> bool:
    """Whether no blocking rule is broken by these nodes; stops at the first that is."""
    return not any(rule.severity is Severity.BLOCKS for node in nodes for rule, _, _ in _faults_of(graph, node, shapes))


def _faults_of(graph: Graph, node: Term, shapes: ShapeSet) -> Iterable[Fault]:
    """The rules a node breaks, with the value that breaks them: None when it is missing."""
    statements = graph.statements(node)
    filed = [rules for kind in statements.get(TYPE, ()) if (rules := shapes.by_class.get(kind))]
    if len(filed) == 1:
        return _faults(graph, node, statements, filed[0])
    # A rule may aim at the Italian and the European class of the same node: it is broken once, not twice.
    faults = (fault for rules in filed for fault in _faults(graph, node, statements, rules))
    return {(id(rule), value): (rule, node, value) for rule, _, value in faults}.values()


def _faults(graph: Graph, node: Term, statements: Statements, filed: Filed) -> Iterator[Fault]:
    for rule in filed.required:
        if _is_lacking(rule, statements):
            yield rule, node, None
    by_path = filed.by_path
    for path, values in statements.items():
        for rule in by_path.get(path, ()):
            if rule.is_single:
                yield from ((rule, node, value) for value in list(values)[1:])
            elif rule.accepts is not None:
                accepts = rule.accepts
                yield from [(rule, node, value) for value in values if not accepts(value, graph)]


def _is_lacking(rule: Rule, statements: Statements) -> bool:
    if rule.must_have is None:
        return rule.path not in statements
    return rule.must_have not in statements.get(rule.path, ())


def _problem(fault: Fault, places: Places) -> Problem:
    rule, node, value = fault
    path = short_name(rule.path)
    return Problem(
        code=rule.code,
        severity=rule.severity,
        where=f"{places.place(node)} › {path}",
        values={
            "property": path,
            "class": short_name(rule.classes[0]),
            "value": "" if value is None else describe_term(value),
            "expected": rule.expected,
        },
    )


def _missing_class(existence: Existence) -> Problem:
    return Problem(
        code=existence.code, severity=existence.severity, values={"class": short_name(existence.kind), "value": ""}
    )
