"""Every write of the two indexes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

import tantivy
from tantivy import Query

from opentusk.catalog.models import Dataset
from opentusk.ckan_search.index import PACKAGES, RESOURCES
from opentusk.ckan_search.schema import package_document, package_schema, resource_document, resource_schema
from opentusk.ckan_search.showing import shown, stamp

_CHUNK = 500


def rebuild_package_index() -> int:
    """Make both indexes again from the rows; how many datasets are in them. Readers keep the old ones until then."""
    count = 0
    with ExitStack() as stack:
        writers = [stack.enter_context(index.replacing()) for index in (PACKAGES, RESOURCES)]
        for chunk in _in_chunks():
            _add(writers, chunk)
            count += len(chunk)
    return count


def index_packages(ids: Iterable[int]) -> None:
    """Bring these datasets in both indexes to the state of their rows: added, changed, or gone."""
    if not (PACKAGES.exists() and RESOURCES.exists()):
        rebuild_package_index()
        return
    wanted = sorted(set(ids))
    if not wanted:
        return
    with ExitStack() as stack:
        writers = [stack.enter_context(index.updating()) for index in (PACKAGES, RESOURCES)]
        writers[0].delete_documents_by_query(Query.term_set_query(package_schema(), "number", wanted))
        writers[1].delete_documents_by_query(Query.term_set_query(resource_schema(), "number", wanted))
        for start in range(0, len(wanted), _CHUNK):
            rows = Dataset.objects.with_holder().filter(pk__in=wanted[start : start + _CHUNK])
            _add(writers, list(rows.in_feed_order()))


def _add(writers: Sequence[tantivy.IndexWriter], datasets: Sequence[Dataset]) -> None:
    packages, resources = writers
    for dataset, package in zip(datasets, shown(datasets), strict=True):
        packages.add_document(package_document(dataset.pk, dataset.rights_holder_id, package, stamp=stamp(dataset)))
        if package["state"] == "active" and not package["private"]:
            for resource in package["resources"]:
                resources.add_document(resource_document(dataset.pk, resource))


def _in_chunks() -> Iterator[list[Dataset]]:
    """Every dataset, some hundreds at a time, each chunk by its own query: no transaction stays open."""
    last = 0
    while chunk := list(Dataset.objects.with_holder().filter(pk__gt=last).in_feed_order()[:_CHUNK]):
        yield chunk
        last = chunk[-1].pk
