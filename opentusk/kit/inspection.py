"""`opentusk check`: what is wrong with a metadata file, what a harvest would repair, and its score.

The score is that of the file as it stands: the graph the source wrote, every address taken as answering. The problems
are those of reading and repairing it, and those that are left afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from pyoxigraph import NamedNode

from opentusk.kit.conversion import defaults_from
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.iris import Iris
from opentusk.kit.items import Item
from opentusk.kit.problems import Problem, blocking, problem_to_json
from opentusk.kit.quality.mqa import assume_reachable, score_dataset
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.namespaces import DCAT, DCATAPIT
from opentusk.kit.rdf.strict import Unwritable
from opentusk.kit.rdf.write import Profile as WrittenProfile
from opentusk.kit.rdf.write import dataset_triples
from opentusk.kit.reading import read_metadata
from opentusk.kit.records import Dataset
from opentusk.kit.shacl import DCATAP_2, DCATAP_3, HVD, check_graph
from opentusk.kit.verdict import judge_dataset


class Profile(StrEnum):
    """What a file can be held against."""

    DCATAP_IT = "dcatap_it"
    DCATAP_2 = "dcatap_2"
    DCATAP_3 = "dcatap_3"
    HVD = "hvd"


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """How many datasets a file describes, what is wrong with them, and each one's score."""

    datasets: int
    problems: tuple[Problem, ...]
    scores: tuple[int, ...]

    @property
    def blocks(self) -> bool:
        """Whether something in the file could not be published."""
        return bool(blocking(self.problems))

    def to_json(self) -> dict[str, object]:
        """The answer of the command line. The mean is null when there is nothing to score."""
        mean = round(fmean(self.scores), 1) if self.scores else None
        problems = [problem_to_json(problem) for problem in self.problems]
        return {"datasets": self.datasets, "problems": problems, "score": {"mean": mean, "each": list(self.scores)}}


def inspect(
    content: bytes, *, base: str, media_type: str | None, profile: Profile, today: date, site: str
) -> Inspection:
    """Inspect a metadata file of any form. `site` is where missing addresses would be minted. Raises Unreadable."""
    reading = read_metadata(content, base=base, media_type=media_type)
    iris, defaults = Iris(site), defaults_from(reading.catalog)
    problems, taken = list(reading.problems), set[str]()
    records = []
    for item in reading.items:
        record, found = _judge(item, defaults, iris, profile, today, taken)
        problems += found
        if record is not None:
            records.append(record)
            taken.add(record.identifier.lower())
    scores = _scores(reading.graph, records)
    return Inspection(datasets=len(reading.items), problems=tuple(problems), scores=scores)


def _judge(
    item: Item, defaults: Defaults, iris: Iris, profile: Profile, today: date, taken: set[str]
) -> tuple[Dataset | None, list[Problem]]:
    if item.record is None:
        return None, list(item.problems)
    record, repairs = harmonise_dataset(item.record, defaults, iris)
    left = _held_against(record, profile, today, taken)
    name = record.identifier or item.source_id
    return record, [*item.problems, *repairs, *(_placed(problem, name) for problem in left)]


def _placed(problem: Problem, name: str) -> Problem:
    return problem if problem.where.startswith(name) else problem.within(name)


def _held_against(record: Dataset, profile: Profile, today: date, taken: set[str]) -> list[Problem]:
    if profile is Profile.DCATAP_IT:
        return judge_dataset(record, today=today, is_taken=lambda identifier: identifier.lower() in taken)
    written, shapes = _EUROPEAN[profile]
    try:
        return check_graph(Graph(dataset_triples(record, written)), shapes)
    except Unwritable as fault:
        return [fault.problem]


def _scores(graph: Graph | None, records: Iterable[Dataset]) -> tuple[int, ...]:
    """Each dataset of the source's own graph; of the graph we would write, for sources that are no RDF."""
    if graph is not None:
        reachable = assume_reachable(graph)
        datasets = graph.instances(DCATAPIT("Dataset"), DCAT("Dataset"))
        nodes = [node.value for node in datasets if isinstance(node, NamedNode) and _is_legal(node.value)]
        return tuple(score_dataset(graph, node, reachable).total for node in nodes)
    return tuple(_score(record) for record in records if record.iri)


def _score(record: Dataset) -> int:
    """The score of what we would write; what cannot be written at all has none."""
    try:
        graph = Graph(dataset_triples(record, WrittenProfile.DCATAP_2))
    except Unwritable:
        return 0
    return score_dataset(graph, record.iri or "", assume_reachable(graph)).total


_EUROPEAN = {
    Profile.DCATAP_2: (WrittenProfile.DCATAP_2, DCATAP_2),
    Profile.DCATAP_3: (WrittenProfile.DCATAP_3, DCATAP_3),
    Profile.HVD: (WrittenProfile.DCATAP_3, HVD),
}


def _is_legal(iri: str) -> bool:
    """Whether a strict reader takes the address: sources are read leniently, and the score needs the node's name."""
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True
