"""Answers a question from the index: which datasets, how many, and how many each further choice would leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import tantivy
from tantivy import Order, Query

from opentusk.search import index
from opentusk.search.query import asked_query, beginnings_query, can_be_widened, filtered, widened_query
from opentusk.search.question import Question, Sort
from opentusk.search.schema import FACET_FIELDS
from opentusk.search.words import forms_of, read_asked

# With fewer hits than this, typing errors are forgiven.
_FEW = 3
# More values than any facet has, so that every count is exact (ADR 0005).
_ALL_VALUES = 65_000

_ORDERS = {
    Sort.DATA: ("by_data", Order.Desc),
    Sort.METADATA: ("by_metadata", Order.Desc),
    Sort.TITLE: ("by_title", Order.Asc),
    Sort.QUALITY: ("by_quality", Order.Desc),
}

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Found:
    """`ids` are the datasets of the page, in order; `is_widened` tells that typing errors were forgiven."""

    question: Question
    total: int
    ids: tuple[int, ...]
    is_widened: bool

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return -(-self.total // self.question.size)


class Search:
    """One question on one state of the index: list and counts agree even while the index changes."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._searcher = index.searcher()
        self._words, self._is_widened = _words_query(question, self._searcher)
        self._all = filtered(self._words, question.chosen)

    def found(self) -> Found:
        """One page of the list."""
        question = self._question
        total, ids = _search(
            self._searcher, question, self._all, limit=question.size, offset=(question.page - 1) * question.size
        )
        return Found(question=question, total=total, ids=ids, is_widened=self._is_widened)

    def ids(self) -> tuple[int, ...]:
        """Every dataset of the list, in order."""
        limit = max(self._searcher.num_docs, 1)
        return _search(self._searcher, self._question, self._all, limit=limit, offset=0)[1]

    def counts(self) -> Counts:
        """How many datasets each value of each facet has, under all filters but the facet's own.

        Facets without a choice share one pass; each facet with one has its own.
        """
        chosen = self._question.chosen
        counts = _count(self._searcher, self._all, [facet for facet in FACET_FIELDS if facet not in chosen])
        for facet in chosen:
            counts |= _count(self._searcher, filtered(self._words, chosen, but=facet), [facet])
        return counts


def find(question: Question) -> Found:
    """One page of the list."""
    return Search(question).found()


def find_all(question: Question) -> tuple[int, ...]:
    """Every dataset of the list, in order."""
    return Search(question).ids()


def count_choices(question: Question) -> Counts:
    """The counts of every facet."""
    return Search(question).counts()


def count_hits(question: Question) -> int:
    """How many datasets the question has, exactly as it is written."""
    query = filtered(asked_query(read_asked(question.text)), question.chosen)
    return _hits(index.searcher(), query)


def find_beginnings(text: str, *, titles: int) -> tuple[tuple[int, ...], Mapping[str, int]]:
    """Datasets whose title, and bodies (IPA code → datasets) whose name, has words that begin like these."""
    forms = forms_of(text)
    if not forms:
        return (), {}
    searcher = index.searcher()
    order = Question(sort=Sort.QUALITY)
    ids = _search(searcher, order, beginnings_query("title_forms", forms), limit=titles, offset=0)[1]
    return ids, _count(searcher, beginnings_query("holder_forms", forms), ["holder"])["holder"]


def _words_query(question: Question, searcher: tantivy.Searcher) -> tuple[Query, bool]:
    """The query of the words, and whether it forgives typing errors; without filters, so that they only narrow."""
    asked = read_asked(question.text)
    exact = asked_query(asked)
    if not can_be_widened(asked) or (hits := _hits(searcher, exact)) >= _FEW:
        return exact, False
    wide = widened_query(asked)
    return wide, _hits(searcher, wide) > hits


def _search(
    searcher: tantivy.Searcher, question: Question, query: Query, *, limit: int, offset: int
) -> tuple[int, tuple[int, ...]]:
    by_relevance = question.sort is Sort.RELEVANCE and question.text
    column, direction = (None, Order.Desc) if by_relevance else _ORDERS.get(question.sort, _ORDERS[Sort.METADATA])
    result = searcher.search(query, limit, count=True, order_by_field=column, offset=offset, order=direction)
    ids = searcher.fast_field_values("id", [address for _key, address in result.hits])
    return _total(result), tuple(int(pk) for pk in ids if pk is not None)


def _hits(searcher: tantivy.Searcher, query: Query) -> int:
    return _total(searcher.search(query, 1, count=True))


def _total(result: tantivy.SearchResult) -> int:
    # tantivy's own type stubs forget this attribute.
    return int(result.count)  # type: ignore[attr-defined]


def _count(searcher: tantivy.Searcher, query: Query, facets: Iterable[str]) -> dict[str, dict[str, int]]:
    wanted = {facet: {"terms": {"field": facet, "size": _ALL_VALUES}} for facet in facets}
    answer = searcher.aggregate(query, wanted) if wanted else {}
    return {
        facet: {bucket["key"]: int(bucket["doc_count"]) for bucket in found["buckets"]}
        for facet, found in answer.items()
    }
