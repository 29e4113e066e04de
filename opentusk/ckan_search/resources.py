"""Searching the resources of public packages by substrings of their fields."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import tantivy
from tantivy import Occur, Query

from opentusk.catalog.models import Dataset
from opentusk.ckan_search.evaluating import literal, regex_query
from opentusk.ckan_search.index import RESOURCES
from opentusk.ckan_search.ordering import ByValue, Column, Key, Pages
from opentusk.ckan_search.schema import MARK, SORTED_ID, column, resource_schema
from opentusk.ckan_search.showing import shown


@cache
def _schema() -> tantivy.Schema:
    return resource_schema()


def find_resources(
    terms: Sequence[tuple[str, str]], *, order_by: str, offset: int, limit: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many resources contain each text in its field, and a page of them."""
    searcher = RESOURCES.searcher()
    query = Query.boolean_query([(Occur.Must, Query.all_query()), *((Occur.Must, _term(*term)) for term in terms)])
    # tantivy's own type stubs forget this attribute.
    count = int(searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]
    keys: list[Key] = [ByValue(column(order_by), is_descending=False)] if order_by else []
    keys.append(Column(SORTED_ID[0], is_descending=False))
    pages = Pages(searcher, _schema(), keys, last=SORTED_ID[1])
    addresses = pages.page(query, start=offset, rows=limit) if offset < count else []
    ids = [str(searcher.doc(address).get_first("id")) for address in addresses]
    return count, _resources(searcher, addresses, ids)


def is_known(field: str) -> bool:
    """Whether any resource has this field."""
    query = Query.exists_query(column(field))
    return bool(RESOURCES.searcher().search(query, 1).hits)


def _term(field: str, text: str) -> Query:
    start, found = literal(f"{field}{MARK}"), literal(text.lower())
    # A checksum is known by its beginning.
    pattern = f"{start}{found}(.|\n)*" if field == "hash" else f"{start}(.|\n)*{found}(.|\n)*"
    return regex_query(_schema(), "values", pattern)


def _resources(searcher: tantivy.Searcher, addresses: Any, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The resources as their rows are now, as far as they are still public."""
    numbers = {int(number) for number in searcher.fast_field_values("number", addresses) if number is not None}
    datasets = list(Dataset.objects.published().with_holder().filter(pk__in=numbers))
    found = {resource["id"]: resource for package in shown(datasets) for resource in package["resources"]}
    return [found[one] for one in ids if one in found]
