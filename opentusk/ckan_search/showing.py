"""What a search shows: what was indexed, where the rows are still the same; so a late index never shows too much."""

from collections.abc import Iterable, Sequence
from typing import Any

from opentusk.catalog.models import Dataset
from opentusk.ckan.showing import package_dicts
from opentusk.ckan_search.schema import Kept
from opentusk.ckan_search.visibility import View
from opentusk.kit.solr.documents import flat_of

Package = dict[str, Any]


def shown(datasets: Sequence[Dataset]) -> list[Package]:
    """Datasets as whoever may see them sees them: drafts with what waits in them, as only their people ask."""
    public = iter(package_dicts([dataset for dataset in datasets if dataset.is_published]))
    others = [dataset for dataset in datasets if not dataset.is_published]
    own = iter(package_dicts(others, for_its_people=True) if others else [])
    return [next(public if dataset.is_published else own) for dataset in datasets]


def packages_of(kept: Sequence[Kept], view: View) -> list[Package]:
    """The packages of a page as far as the view may still show them, made anew where their rows have changed."""
    rows = {row.pk: row for row in _rows([one.number for one in kept])}
    changed = [one.number for one in kept if one.number in rows and one.stamp != stamp(rows[one.number])]
    fresh = {}
    if changed:
        datasets = list(Dataset.objects.with_holder().filter(pk__in=changed))
        fresh = {dataset.pk: package for dataset, package in zip(datasets, shown(datasets), strict=True)}
    allowed = [one for one in kept if one.number in rows and view.may_show(rows[one.number])]
    return [fresh[one.number] if one.number in fresh else one.package() for one in allowed]


def stamp(dataset: Dataset) -> str:
    """What is another one after every change of a dataset."""
    return f"{dataset.status} {dataset.checksum} {dataset.metadata_modified_at.timestamp()} {dataset.rights_holder_id}"


def flat_packages(kept: Sequence[Kept], view: View, wanted: Sequence[str]) -> list[Package]:
    """The same as flat objects with the fields that are wanted; `*` is all."""
    flat = map(flat_of, packages_of(kept, view))
    return [one if "*" in wanted else {name: one[name] for name in wanted if name in one} for one in flat]


def _rows(numbers: Sequence[int]) -> Iterable[Dataset]:
    """Only what says whether they are still what was indexed."""
    return Dataset.objects.filter(pk__in=numbers).only(
        "status", "checksum", "metadata_modified_at", "rights_holder_id"
    )  # fmt: skip
