"""How many packages each value of a field has, exact whatever the number of values, and how the values are called."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from heapq import nsmallest
from typing import Any

import tantivy
from tantivy import Occur, Query

from opentusk.bodies.models import Agent
from opentusk.ckan.naming import find_group
from opentusk.ckan_search.schema import column, given
from opentusk.kit.solr.documents import MOMENTS, kind_of_text
from opentusk.kit.solr.errors import OutsideSubset
from opentusk.kit.vocabularies import LICENCES

Counts = dict[str, dict[str, int]]

# tantivy counts no more values than these of one field.
_MOST_VALUES = 65_000


@dataclass(frozen=True)
class Facets:
    """What is asked: the fields, how many values of each (negative: all), from which count on."""

    fields: tuple[str, ...] = ()
    limit: int = 50
    least: int = 1


class _Memory:
    """The counts of the last questions; those of an older state of the index are never asked for again."""

    def __init__(self, answers: int, values: int) -> None:
        """How many answers are kept, and how many values one may have."""
        self._answers, self._values = answers, values
        self._known: OrderedDict[Hashable, Counts] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, count: Callable[[], Counts]) -> Counts:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = count()
        if sum(map(len, found.values())) <= self._values:
            with self._lock:
                self._known[key] = found
                while len(self._known) > self._answers:
                    self._known.popitem(last=False)
        return found


_memory = _Memory(512, 2_000)
# What everybody may see, and what some see, field by field.
_wholes = _Memory(32, _MOST_VALUES)


@dataclass(frozen=True)
class Counted:
    """What is counted: the matches, among what the caller may see, on one state of the index.

    `key` names the question and the state; None when its answer is not to be remembered. `seen` names what the caller
    may see and the state.
    """

    searcher: tantivy.Searcher
    query: Query
    matches: int
    visible: Query
    key: Hashable | None
    seen: Hashable


def count_values(counted: Counted, asked: Facets) -> Counts:
    """The counts, the most frequent value first, equal ones by their name.

    With a least count of 0 the other values that the caller may see are told too, and nobody else's.
    """
    for field in asked.fields:
        if kind_of_text(field) or field in MOMENTS:
            raise OutsideSubset(f"Facets of '{field}' are not supported.")
    if not asked.fields or asked.limit == 0:
        return {field: {} for field in asked.fields}

    def count() -> Counts:
        found = _counted(counted, asked)
        if asked.least <= 0:
            found = {field: dict.fromkeys(_whole(counted, field), 0) | found[field] for field in asked.fields}
        return {field: _chosen(found[field], asked) for field in asked.fields}

    return count() if counted.key is None else _memory.get((counted.key, asked), count)


def _counted(counted: Counted, asked: Facets) -> Counts:
    """Every value that could be among those asked for."""
    searcher = counted.searcher
    if 2 * counted.matches > searcher.num_docs and counted.key is not None:
        return _without_others(counted, asked.fields)
    few = asked.limit + 1 if 0 < asked.limit and asked.least > 0 else _MOST_VALUES
    found = _aggregated(searcher, counted.query, asked.fields, few)
    # Where the last value told and the first left out are as frequent, their names decide, so all must be known.
    unsure = [field for field, counts in found.items() if len(counts) == few and _ends_equal(counts)]
    return found | (_aggregated(searcher, counted.query, unsure, _MOST_VALUES) if unsure else {})


def _without_others(counted: Counted, fields: Iterable[str]) -> Counts:
    """When most of what there is matches, it is quicker to count what does not, and take it from the whole."""
    others = Query.boolean_query([(Occur.Must, counted.visible), (Occur.MustNot, counted.query)])
    left_out = _aggregated(counted.searcher, others, fields, _MOST_VALUES)
    found = {}
    for field in fields:
        counts = dict(_whole(counted, field))
        for value, count in left_out[field].items():
            counts[value] -= count
        found[field] = {value: count for value, count in counts.items() if count}
    return found


def _whole(counted: Counted, field: str) -> dict[str, int]:
    """The counts of a field over everything that the caller may see."""
    searcher = counted.searcher
    count = partial(_aggregated, searcher, counted.visible, [field], _MOST_VALUES)
    return _wholes.get((counted.seen, field), count)[field]


def _aggregated(searcher: tantivy.Searcher, query: Query, fields: Iterable[str], size: int) -> Counts:
    """The most frequent values of the fields. Raises OutsideSubset where they are too many to be counted exactly."""
    terms = {
        field: {"terms": {"field": column(field), "size": size, "segment_size": _MOST_VALUES}} for field in fields
    }  # fmt: skip
    answer: Mapping[str, Any] = searcher.aggregate(query, terms)
    for field, told in answer.items():
        if told.get("doc_count_error_upper_bound") or (size == _MOST_VALUES and told.get("sum_other_doc_count")):
            raise OutsideSubset(f"Facets of '{field}' are not supported: it has more than {_MOST_VALUES} values.")
    return {
        field: {given(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[field]["buckets"]}
        for field in terms
    }


def _ends_equal(counts: Mapping[str, int]) -> bool:
    *_most, last, after = counts.values()
    return last == after


def _chosen(counts: Mapping[str, int], asked: Facets) -> dict[str, int]:
    enough = [value for value, count in counts.items() if count >= asked.least]
    most = len(enough) if asked.limit < 0 else asked.limit
    return {value: counts[value] for value in nsmallest(most, enough, key=lambda value: (-counts[value], value))}


def told_facets(counts: Counts) -> dict[str, Any]:
    """`search_facets`: the values with their names, in the falling order of these."""
    return {
        field: {"title": field, "items": _items(values, _names(field, list(values)))}
        for field, values in counts.items()
    }  # fmt: skip


def _items(counts: Mapping[str, int], names: Mapping[str, str]) -> list[dict[str, Any]]:
    items = [
        {"name": value, "display_name": names.get(value) or value, "count": count} for value, count in counts.items()
    ]  # fmt: skip
    return sorted(items, key=lambda item: (str(item["display_name"]), str(item["name"])), reverse=True)


def _names(field: str, values: Sequence[str]) -> dict[str, str]:
    if field == "organization":
        return dict(Agent.objects.filter(slug__in=values).values_list("slug", "name"))
    if field == "groups":
        return {value: _group_title(value) for value in values}
    if field == "license_id":
        return {value: term.it for value in values if (term := LICENCES.by_code(value))}
    return {}


@cache
def _group_title(name: str) -> str:
    theme = find_group(name)
    return theme.it if theme else name
