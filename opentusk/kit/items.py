"""What reading a source gives: the catalogue, and its datasets one by one, each with its own problems."""

from dataclasses import dataclass

from opentusk.kit.problems import Problem
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.records import Catalog, DataService, Dataset, DatasetSeries


@dataclass(frozen=True, kw_only=True)
class Item:
    """One dataset as its source describes it.

    `source_id` is how the source itself tells it from the others: its identifier, else its IRI, else its title.
    `record` is None when nothing could be read; `problems` then says why.
    """

    record: Dataset | None
    source_id: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CatalogReading:
    """One document of a source. `next_page` is the address of the page that follows, `total` what the source counts.

    `graph` is the document as it was parsed, for checks and scores of the source's own text; None when it is no RDF.
    """

    catalog: Catalog | None
    items: tuple[Item, ...]
    services: tuple[DataService, ...] = ()
    series: tuple[DatasetSeries, ...] = ()
    next_page: str | None = None
    total: int | None = None
    problems: tuple[Problem, ...] = ()
    graph: Graph | None = None
