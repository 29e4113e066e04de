"""Values that contain a text, and datasets whose names begin like it, among what everybody may see."""

from collections.abc import Sequence
from typing import Any

from tantivy import Occur, Query

from opentusk.catalog.models import Dataset
from opentusk.ckan_search.evaluating import literal, regex_query
from opentusk.ckan_search.index import PACKAGES
from opentusk.ckan_search.ordering import Pages
from opentusk.ckan_search.schema import CALLED, MARK, forms_field, package_schema
from opentusk.ckan_search.sorting import order_of
from opentusk.ckan_search.visibility import PUBLIC
from opentusk.kit.solr.sorting import SortKey
from opentusk.search.words import forms_of


def values_with(field: str, texts: Sequence[str]) -> dict[str, int]:
    """The values of an exact field that contain every text, whatever its case, and how many datasets have them."""
    start = f"{field}{MARK}"
    known = PACKAGES.searcher().terms_with_prefix("values", start, filter_query=PUBLIC.query())
    wanted = [text.lower() for text in texts]
    values = ((term[len(start) :], count) for term, count in known)
    return {value: count for value, count in values if all(text in value.lower() for text in wanted)}


def tags_with(texts: Sequence[str]) -> list[str]:
    """The tags that contain every text; none without a text, as CKAN has it."""
    return sorted(values_with("tags", texts)) if texts else []


def formats_with(text: str) -> list[str]:
    """The formats that contain a text, in lower case, the most frequent first."""
    counts = values_with("res_format", [text]) if text else {}
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    return list(dict.fromkeys(value.lower() for value in ordered))


def packages_called(text: str, *, limit: int) -> list[Dataset]:
    """The public datasets that have words beginning like these in name or title, in the order of their names."""
    forms = forms_of(text)
    if not forms:
        return []
    schema, searcher = package_schema(), PACKAGES.searcher()
    begun = [regex_query(schema, forms_field(CALLED), f"{literal(form)}.*") for form in forms]
    query = Query.boolean_query([(Occur.Must, clause) for clause in (PUBLIC.query(), *begun)])
    order = order_of([SortKey("name", False)], is_weighing=False)
    addresses = Pages(searcher, schema, order, last="number").page(query, start=0, rows=limit)
    numbers = [int(number) for number in searcher.fast_field_values("number", addresses) if number is not None]
    rows = Dataset.objects.published().in_bulk(numbers)
    return [rows[number] for number in numbers if number in rows]


def called(text: str, datasets: Sequence[Dataset]) -> list[dict[str, Any]]:
    """The datasets as CKAN completes: what of them has the text, and how to show it."""
    return [_called(text.lower(), dataset.slug, dataset.title) for dataset in datasets]


def _called(text: str, name: str, title: str) -> dict[str, Any]:
    is_in_name = text in name.lower()
    field, shown = ("name", name) if is_in_name else ("title", f"{title} ({name})")
    return {"name": name, "title": title, "match_field": field, "match_displayed": shown}
