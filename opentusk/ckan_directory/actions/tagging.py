"""The keywords in use, made of the catalogue."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from opentusk.catalog.models import Dataset
from opentusk.ckan.naming import tag_id
from opentusk.ckan_directory.models import Tag

_CHUNK = 500


def tag_datasets(ids: Iterable[int]) -> None:
    """Make the keywords of these datasets anew: those of public ones are in use, of the others none."""
    numbers = sorted(set(ids))
    for start in range(0, len(numbers), _CHUNK):
        _tag(numbers[start : start + _CHUNK])


def rebuild_tags() -> int:
    """Make all of them anew; how many there are."""
    Tag.objects.all().delete()
    tag_datasets(Dataset.objects.published().values_list("pk", flat=True))
    return Tag.objects.count()


@transaction.atomic
def _tag(numbers: list[int]) -> None:
    uses = Tag.datasets.through
    uses.objects.filter(dataset__in=numbers).delete()
    rows = Dataset.objects.published().filter(pk__in=numbers).values_list("pk", "record__keyword")
    words = {(number, word) for number, keywords in rows for word in _words(keywords)}
    names = {word for _number, word in words}
    Tag.objects.bulk_create([Tag(uuid=UUID(tag_id(name)), name=name) for name in names], ignore_conflicts=True)
    tags = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    uses.objects.bulk_create([uses(dataset_id=number, tag_id=tags[word]) for number, word in sorted(words)])
    Tag.objects.filter(datasets__isnull=True).delete()


def _words(keywords: object) -> set[str]:
    """The words of every language, as long as a row can hold."""
    if not isinstance(keywords, dict):
        return set()
    return {str(word)[:500] for group in keywords.values() for word in group}
