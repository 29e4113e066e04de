"""One page of the matches in a given order, however deep: a total order, so that no page repeats or skips a package.

tantivy orders by one column. The columns are therefore asked one after the other: first the page by the first column;
then those that agree in it, which may begin before the page and end after it, by the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

import tantivy
from tantivy import DocAddress, FieldType, Occur, Order, Query

from opentusk.ckan_search.schema import given, kept
from opentusk.kit.solr.errors import OutsideSubset

# As many different values as an order by value may have; more take a column of their own.
_MOST_VALUES = 65_000
_LAST = "number"


@dataclass(frozen=True)
class Column:
    """One key of an order: a column of numbers, which every document has; `kind` is their type."""

    name: str
    is_descending: bool
    kind: FieldType = FieldType.Unsigned


@dataclass(frozen=True)
class ByValue:
    """One key of an order: the value of an exact field; what has none comes last."""

    name: str
    is_descending: bool


class Relevance:
    """One key of an order: the best match first. Only as the first key."""


Key: TypeAlias = Column | ByValue | Relevance
Group: TypeAlias = list[DocAddress]


class Pages:
    """The pages of one order, on one state of an index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, keys: Sequence[Key], last: str) -> None:
        """`last` is a column without two equal values, which decides in the end."""
        self._searcher, self._schema = searcher, schema
        self._keys = (*keys, Column(last, is_descending=False))

    def page(self, query: Query, *, start: int, rows: int) -> list[DocAddress]:
        """The documents of a page."""
        return self._page(query, self._keys, start, rows)

    def _page(self, query: Query, keys: Sequence[Key], start: int, rows: int) -> Group:
        if rows <= 0:
            return []
        match keys[0]:
            case Relevance():
                return self._by_relevance(query, keys[1:], start, rows)
            case ByValue():
                return self._by_value(query, keys[0], keys[1:], start, rows)
            case Column():
                return self._by_column(query, keys[0], keys[1:], start, rows)
        raise TypeError(keys[0])

    def _by_column(self, query: Query, key: Column, others: Sequence[Key], start: int, rows: int) -> Group:
        """One more on each side tells whether those that agree with the first or the last are all on the page."""
        before = min(start, 1)
        hits = self._hits(query, start - before, before + rows + 1, key)
        page = hits[before:][:rows]
        if not others or not page:
            return [address for _value, address in page]
        is_begun = not before or hits[0][0] != page[0][0]
        is_ended = len(hits) <= before + rows or hits[-1][0] != page[-1][0]
        groups = _groups(page)
        found: Group = []
        for place, (value, group) in enumerate(groups):
            is_whole = (place > 0 or is_begun) and (place < len(groups) - 1 or is_ended)
            if is_whole and len(group) == 1:
                found += group
                continue
            skipped = 0 if place or is_begun else start - _count(self._searcher, _both(query, self._before(key, value)))
            found += self._page(_both(query, self._equal(key, value)), others, skipped, len(group))
        return found

    def _by_value(self, query: Query, key: ByValue, others: Sequence[Key], start: int, rows: int) -> Group:
        terms = {"terms": {"field": key.name, "size": _MOST_VALUES}}
        answer = self._searcher.aggregate(query, {"values": terms})["values"]
        counts = {given(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]}
        having = _count(self._searcher, _both(query, Query.exists_query(key.name)))
        if answer.get("sum_other_doc_count") or sum(counts.values()) != having:
            raise OutsideSubset("Sorting by a field with many values is not supported.")
        without = Query.boolean_query([(Occur.Must, query), (Occur.MustNot, Query.exists_query(key.name))])
        found: Group = []
        for value in [*sorted(counts, reverse=key.is_descending), None]:
            count = _count(self._searcher, without) if value is None else counts[value]
            if start < count and len(found) < rows:
                part = without if value is None else _both(query, self._having(key, value))
                found += self._page(part, others, start, min(rows - len(found), count - start))
            start = max(0, start - count)
        return found

    def _by_relevance(self, query: Query, others: Sequence[Key], start: int, rows: int) -> Group:
        """The matches that are as relevant as the first or the last of the page are looked at together."""
        before, after = 0, 0
        while True:
            first = max(0, start - before)
            hits = self._hits(query, first, start - first + rows + after, None)
            page = hits[start - first :][:rows]
            if not page:
                return []
            is_begun = first == 0 or hits[0][0] != page[0][0]
            is_ended = len(hits) < start - first + rows + after or hits[-1][0] != page[-1][0]
            if is_begun and is_ended:
                break
            before = before if is_begun else max(64, 4 * before)
            after = after if is_ended else max(64, 4 * after)
        found: Group = []
        to_skip = start - first
        for _score, group in _groups(hits):
            if to_skip < len(group) and len(found) < rows:
                found += self._sorted(group, others, to_skip, min(rows - len(found), len(group) - to_skip))
            to_skip = max(0, to_skip - len(group))
        return found

    def _sorted(self, group: Group, keys: Sequence[Key], start: int, rows: int) -> Group:
        """A part of some documents by further keys."""
        if len(group) == 1:
            return group
        numbers = self._searcher.fast_field_values(_LAST, group)
        chosen = Query.term_set_query(self._schema, _LAST, [int(number) for number in numbers if number is not None])
        return self._page(chosen, keys, start, rows)

    def _hits(self, query: Query, start: int, rows: int, key: Column | None) -> list[tuple[Any, DocAddress]]:
        order = Order.Desc if key is None or key.is_descending else Order.Asc
        column = None if key is None else key.name
        result = self._searcher.search(query, rows, count=False, offset=start, order_by_field=column, order=order)
        return list(result.hits)

    def _having(self, key: ByValue, value: str) -> Query:
        return Query.term_query(self._schema, key.name, kept(value), "basic")

    def _equal(self, key: Column, value: Any) -> Query:
        return Query.range_query(self._schema, key.name, key.kind, value, value)

    def _before(self, key: Column, value: Any) -> Query:
        """What comes before all that have this value in a column."""
        if key.is_descending:
            return Query.range_query(self._schema, key.name, key.kind, value, None, include_lower=False)
        return Query.range_query(self._schema, key.name, key.kind, None, value, include_upper=False)


def _groups(hits: Sequence[tuple[Any, DocAddress]]) -> list[tuple[Any, Group]]:
    grouped: Iterator[tuple[Any, Iterator[tuple[Any, DocAddress]]]] = groupby(hits, key=lambda hit: hit[0])
    return [(value, [address for _value, address in group]) for value, group in grouped]


def _both(query: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(other, 0.0))])


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    # tantivy's own type stubs forget this attribute.
    return int(searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]
