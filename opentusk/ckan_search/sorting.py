"""The `sort` of a search as keys of an order."""

from collections.abc import Iterator, Sequence

from tantivy import FieldType

from opentusk.ckan_search.ordering import ByValue, Column, Key, Relevance
from opentusk.ckan_search.schema import SORT_PARTS, SORTED_ID, SORTED_TEXTS, column, part_field
from opentusk.kit.solr.documents import MOMENTS, kind_of_text
from opentusk.kit.solr.errors import OutsideSubset
from opentusk.kit.solr.sorting import SortKey

DEFAULT = "score desc, metadata_modified desc"
# The title as a text has no order; whoever asks for it means the title.
_MEANT = {"title": "title_string"}
_MANY = ("tags", "groups", "res_format", "res_url", "res_type")


def order_of(keys: Sequence[SortKey], *, is_weighing: bool) -> list[Key]:
    """The keys of the index. Without `is_weighing` all matches are as relevant. Raises OutsideSubset."""
    order: list[Key] = []
    for place, key in enumerate(keys):
        field = _MEANT.get(key.field, key.field)
        if field != "score":
            order += _columns(field, key.is_descending)
        elif is_weighing:
            if place or not key.is_descending:
                raise OutsideSubset("Sorting by score is only supported as 'score desc', and first.")
            order.append(Relevance())
    return order


def _columns(field: str, is_descending: bool) -> Iterator[Key]:
    if field == "id":
        yield from (Column(half, is_descending) for half in SORTED_ID)
    elif field in MOMENTS:
        yield Column(field, is_descending, FieldType.Integer)
    elif field in SORTED_TEXTS:
        yield from (Column(part_field(field, part), is_descending) for part in range(SORT_PARTS))
        yield ByValue(column(field), is_descending)
    elif field in _MANY or field.startswith("vocab_") or kind_of_text(field):
        raise OutsideSubset(f"Sorting by '{field}' is not supported: it has many values.")
    else:
        yield ByValue(column(field), is_descending)
