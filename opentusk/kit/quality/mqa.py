"""The European metadata quality score, first model: up to 405 points for a dataset, and what would gain the rest.

Computed on the graph of the 2.1.1 profile we emit, or on a source's own graph; deterministic: the same graph and
the same statuses give the same score. Source: MQA methodology of data.europa.eu (see `indicators`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode

from opentusk.kit.messages import sentence
from opentusk.kit.quality.indicators import INDICATORS, OF_DISTRIBUTION, OF_EITHER, POINTS, Dimension, Indicator, Level
from opentusk.kit.quality.measures import (
    ACCESS_URL,
    DISTRIBUTION,
    DOWNLOAD_URL,
    Measures,
    measure_dataset,
    measure_distribution,
    nodes_of,
)
from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.shacl.dcat_ap_2 import DCATAP_2
from opentusk.kit.shacl.engine import check_nodes
from opentusk.kit.shacl.places import Places


class Band(StrEnum):
    """What the portal calls a total."""

    EXCELLENT = "excellent"
    GOOD = "good"
    SUFFICIENT = "sufficient"
    BAD = "bad"


_LOWEST_OF_BAND = ((351, Band.EXCELLENT), (221, Band.GOOD), (121, Band.SUFFICIENT))


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Points not gained: which indicator, how many, where, and the code of the hint (`kit.messages`)."""

    indicator: str
    points: int
    where: str
    hint: str
    detail: str = ""

    @property
    def message_it(self) -> str:
        """What to do, in Italian."""
        return sentence(self.hint, "it", {"points": str(self.points), "detail": self.detail})

    @property
    def message_en(self) -> str:
        """What to do, in English."""
        return sentence(self.hint, "en", {"points": str(self.points), "detail": self.detail})


@dataclass(frozen=True, kw_only=True)
class Score:
    """The score of one dataset.

    `measures` are the 23 answers that were counted: the dataset's and those of its best distribution, number `best`
    (from 0, None without distributions). `dataset` and `distributions` are the answers of each, kept so that another
    model can be computed later. `missing` is sorted by points.
    """

    total: int
    dimensions: Mapping[Dimension, int]
    measures: Measures
    dataset: Measures
    distributions: tuple[Measures, ...]
    best: int | None
    missing: tuple[Missing, ...]

    @property
    def band(self) -> Band:
        """The band of the total."""
        return band_of(self.total)


def band_of(total: float) -> Band:
    """The portal's word for a total, of a dataset or of a catalogue's mean."""
    return next((band for lowest, band in _LOWEST_OF_BAND if total >= lowest), Band.BAD)


def score_dataset(graph: Graph, dataset_iri: str, url_status: Mapping[str, int] | None = None) -> Score:
    """Score one dataset of a graph.

    `url_status` maps each URL to its last HTTP status for HEAD; a URL that is missing counts as not reachable.
    """
    dataset = NamedNode(dataset_iri)
    nodes = list(graph.values(dataset, DISTRIBUTION))
    own = measure_dataset(graph, dataset)
    others = tuple(measure_distribution(graph, node, url_status or {}) for node in nodes)
    best = _best(own, others)
    measures = _counted(own, others[best] if best is not None else {})
    return Score(
        total=sum(POINTS[name] for name, answer in measures.items() if answer),
        dimensions=_by_dimension(measures),
        measures=measures,
        dataset=own,
        distributions=others,
        best=best,
        missing=tuple(_missing(graph, dataset, nodes[best] if best is not None else dataset, measures)),
    )


def assume_reachable(graph: Graph) -> dict[str, int]:
    """Statuses as if every access and download URL of the graph answered: for files not checked yet, or not ours."""
    urls = (graph.values(node, path) for node in graph.subjects() for path in (ACCESS_URL, DOWNLOAD_URL))
    return {url.value: 200 for values in urls for url in values}


def mean_total(scores: Sequence[Score]) -> float | None:
    """A catalogue's first figure: the mean of its datasets' totals. None for an empty catalogue."""
    return sum(score.total for score in scores) / len(scores) if scores else None


def dashboard_points(scores: Sequence[Score]) -> float:
    """A catalogue's second figure, that of the portal's dashboard: the share of yes of each indicator, weighted."""
    return sum(share * POINTS[name] for name, share in dashboard_shares(scores).items())


def dashboard_shares(scores: Sequence[Score]) -> dict[str, float]:
    """The share of yes of each indicator: over all datasets, or over all distributions and not only the best ones."""
    return {indicator.name: _share(_answers_to(indicator, scores)) for indicator in INDICATORS}


def _answers_to(indicator: Indicator, scores: Sequence[Score]) -> list[bool]:
    if indicator.level is Level.DISTRIBUTION:
        return [measures[indicator.name] for score in scores for measures in score.distributions]
    return [score.measures[indicator.name] for score in scores]


def _share(answers: list[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0


def _best(dataset: Measures, distributions: Sequence[Measures]) -> int | None:
    """The distribution with most points, the first of equals; a date counts only when the dataset itself has none."""
    names = [line.name for line in OF_DISTRIBUTION] + [line.name for line in OF_EITHER if not dataset[line.name]]
    totals = [sum(POINTS[name] for name in names if measures[name]) for measures in distributions]
    return totals.index(max(totals)) if totals else None


def _counted(dataset: Measures, distribution: Measures) -> Measures:
    return {
        name: dataset.get(name, False) or distribution.get(name, False) for name in (line.name for line in INDICATORS)
    }


def _by_dimension(measures: Measures) -> Mapping[Dimension, int]:
    points = dict.fromkeys(Dimension, 0)
    for indicator in INDICATORS:
        if measures[indicator.name]:
            points[indicator.dimension] += indicator.points
    return points


def _missing(graph: Graph, dataset: Term, distribution: Term, measures: Measures) -> Iterable[Missing]:
    lost = [indicator for indicator in INDICATORS if not measures[indicator.name]]
    if not lost:
        return
    places = Places(graph, (dataset,))
    for indicator in sorted(lost, key=lambda indicator: -indicator.points):
        node = distribution if indicator.level is Level.DISTRIBUTION else dataset
        yield Missing(
            indicator=indicator.name,
            points=indicator.points,
            where=" › ".join(filter(None, (places.place(node), indicator.path))),
            hint=indicator.hint,
            detail=_first_violation(graph, dataset) if indicator.name == "dcatApCompliance" else "",
        )


def _first_violation(graph: Graph, dataset: Term) -> str:
    """The constraint that costs the conformance, in words: one is enough to lose the points."""
    problem = next(problem for problem in check_nodes(graph, nodes_of(graph, dataset), DCATAP_2) if problem.blocks)
    return f"{problem.where}: {problem.message_it}"
