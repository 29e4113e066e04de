"""A search on one state of the index: its count, one page of it, its facets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

import tantivy
from tantivy import Occur, Query

from opentusk.ckan_search.evaluating import Evaluation, box_query, is_weighing
from opentusk.ckan_search.facets import Counted, Counts, Facets, count_values
from opentusk.ckan_search.index import PACKAGES
from opentusk.ckan_search.ordering import Key, Pages
from opentusk.ckan_search.schema import Kept, kept_package, package_schema
from opentusk.ckan_search.sorting import order_of
from opentusk.ckan_search.visibility import View
from opentusk.kit.solr.boxes import Box
from opentusk.kit.solr.loose import Minimum, Words
from opentusk.kit.solr.sorting import SortKey
from opentusk.kit.solr.tree import Node


@dataclass(frozen=True)
class Bare:
    """A question of bare words, with where each is looked for and how many must be found."""

    words: Words
    fields: tuple[tuple[str, float], ...]
    minimum: Minimum
    tie: float


@dataclass(frozen=True)
class Question:
    """What is asked: a query that also orders, filters that only narrow."""

    query: Node | Bare
    filters: tuple[Node, ...]
    view: View
    default_field: str
    sort: tuple[SortKey, ...]
    box: Box | None = None

    @property
    def is_timeless(self) -> bool:
        """Whether the answer depends on the index alone."""
        return "NOW" not in repr((self.query, self.filters))


class Search:
    """One question on one state of the index. Raises QueryRefused."""

    def __init__(self, question: Question, *, now: datetime) -> None:
        self._question = question
        self._reading = PACKAGES.reading()
        evaluation = Evaluation(self._searcher, now=now, default_field=question.default_field)
        self._visible = question.view.query()
        clauses = [(Occur.Must, Query.const_score_query(self._visible, 0.0))]
        for node in question.filters:
            clauses.append((Occur.Must, Query.const_score_query(evaluation.query(node), 0.0)))
        if question.box:
            clauses.append((Occur.Must, Query.const_score_query(box_query(question.box), 0.0)))
        clauses.append((Occur.Must, _asked(evaluation, question.query)))
        self._query = Query.boolean_query(clauses)
        self._pages = Pages(self._searcher, _schema(), self._order(), last="number")

    @property
    def _searcher(self) -> tantivy.Searcher:
        return self._reading.searcher

    @cached_property
    def count(self) -> int:
        """How many packages match."""
        # tantivy's own type stubs forget this attribute.
        return int(self._searcher.search(self._query, 1, count=True).count)  # type: ignore[attr-defined]

    def numbers(self, *, start: int, rows: int) -> list[int]:
        """The datasets of one page, in order."""
        addresses = self._pages.page(self._query, start=start, rows=rows)
        found = self._searcher.fast_field_values("number", addresses)
        return [int(number) for number in found if number is not None]

    def kept(self, *, start: int, rows: int) -> list[Kept]:
        """The packages of one page as they were when they were indexed, in order."""
        addresses = self._pages.page(self._query, start=start, rows=rows)
        return [kept_package(self._searcher.doc(address)) for address in addresses]

    def facets(self, asked: Facets) -> Counts:
        """The counts of some fields."""
        question = self._question
        seen = (self._reading.state, question.view)
        asked_for = (question.query, question.filters, question.default_field, question.box)
        key = (seen, *asked_for) if question.is_timeless else None
        counted = Counted(
            searcher=self._searcher, query=self._query, matches=self.count, visible=self._visible, key=key, seen=seen
        )
        return count_values(counted, asked)

    def _order(self) -> list[Key]:
        query = self._question.query
        return order_of(self._question.sort, is_weighing=isinstance(query, Bare) or is_weighing(query))


def _asked(evaluation: Evaluation, query: Node | Bare) -> Query:
    if isinstance(query, Bare):
        fields: Mapping[str, float] = dict(query.fields)
        return evaluation.words_query(query.words, fields=fields, minimum=query.minimum, tie=query.tie)
    return evaluation.query(query)


@cache
def _schema() -> tantivy.Schema:
    return package_schema()
