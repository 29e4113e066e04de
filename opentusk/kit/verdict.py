"""Whether a record may be published: the rule book first, then the graph that would be emitted.

The rule book speaks of what people can mend. Only a record that it lets through is written as RDF and held against
the national rules and shapes: whatever they still find would be refused by the national catalogue, so it blocks too.
"""

from collections.abc import Callable, Mapping
from datetime import date

from opentusk.kit.problems import Problem, Severity, blocking
from opentusk.kit.quality.rulebook import AS_WRITTEN, check_dataset
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.strict import Unwritable
from opentusk.kit.rdf.write import Profile, dataset_triples
from opentusk.kit.records import Dataset
from opentusk.kit.shacl import DATASET_SHAPES, check_graph


def judge_dataset(
    record: Dataset,
    *,
    today: date,
    is_taken: Callable[[str], bool] | None = None,
    severities: Mapping[str, Severity] = AS_WRITTEN,
) -> list[Problem]:
    """Every problem of the record, worst kinds included; it may be published when none of them blocks.

    `is_taken` says whether another dataset already has an identifier; `severities` weigh rules anew (`OF_OTHERS`).
    """
    found = check_dataset(record, today=today, is_taken=is_taken, severities=severities)
    if blocking(found):
        return found
    try:
        triples = dataset_triples(record, Profile.DCATAP_IT)
    except Unwritable as fault:
        return [*found, fault.problem]
    return found + check_graph(Graph(triples), DATASET_SHAPES)
