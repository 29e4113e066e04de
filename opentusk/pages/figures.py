"""Numbers of the front pages, all counted in the database."""

from collections import Counter

from django.core.cache import cache

from opentusk.catalog.models import Dataset, DatasetQuerySet

_SECONDS_KEPT = 300


def datasets_by_theme() -> dict[str, int]:
    """How many published datasets each theme has, by IRI.

    Themes live inside the record, so counting reads every published row: done once in five minutes.
    """
    return cache.get_or_set("pages.datasets_by_theme", _count_themes, _SECONDS_KEPT) or {}


def newest_of(datasets: DatasetQuerySet, count: int) -> list[int]:
    """The numbers of the rows that were added last."""
    return list(datasets.order_by("-pk").values_list("pk", flat=True)[:count])


def _count_themes() -> dict[str, int]:
    rows = Dataset.objects.published().values_list("record__theme", flat=True).iterator(chunk_size=5000)
    return dict(Counter(theme for themes in rows for theme in set(themes or ())))
