"""What saving and publishing would bring: the problems and the predicted European score."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from opentusk.catalog.actions import judge
from opentusk.catalog.models import Dataset
from opentusk.kit import records as kit
from opentusk.kit.problems import Severity, problem_to_json
from opentusk.kit.quality.mqa import Score, score_dataset
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.write import Profile, dataset_triples

_WORST_FIRST = list(Severity)


@dataclass(frozen=True)
class Forecast:
    """`problems` are in their JSON shape, worst first; `blockers` of them forbid publication."""

    problems: list[dict[str, Any]]
    blockers: int
    score: Score


def forecast(record: kit.Dataset, dataset: Dataset) -> Forecast:
    """Judge a record as the next one of this row.

    Addresses elsewhere count as not answering: only the link check of the quality room knows, and that is above.
    """
    problems = sorted(judge(record, dataset), key=lambda problem: _WORST_FIRST.index(problem.severity))
    addresses = {url for part in record.distribution for url in (part.access_url, *part.download_url)}
    ours = {url: 200 for url in addresses if url.startswith(f"{settings.SITE_URL}/")}
    score = score_dataset(Graph(dataset_triples(record, Profile.DCATAP_2)), record.iri or "", ours)
    return Forecast(
        problems=[problem_to_json(problem) for problem in problems],
        blockers=sum(problem.blocks for problem in problems),
        score=score,
    )
