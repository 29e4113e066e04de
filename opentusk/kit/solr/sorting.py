"""The order of a list: `title_string asc, metadata_modified desc`."""

from dataclasses import dataclass

from opentusk.kit.solr.errors import BadOrder, OutsideSubset

MAX_KEYS = 8


@dataclass(frozen=True)
class SortKey:
    """One field and its direction."""

    field: str
    is_descending: bool


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """The keys, the first the most important. Raises BadOrder, or OutsideSubset for functions."""
    if "(" in text:
        raise OutsideSubset("Sorting by a function is not supported.")
    keys = tuple(_key(part.split()) for part in text.replace("%20", " ").split(","))
    if len(keys) > MAX_KEYS:
        raise OutsideSubset(f"More than {MAX_KEYS} fields in the sort parameter.")
    return keys


def _key(words: list[str]) -> SortKey:
    if len(words) != 2 or words[1].lower() not in {"asc", "desc"}:
        raise BadOrder('Invalid "sort" parameter')
    return SortKey(words[0], words[1].lower() == "desc")
