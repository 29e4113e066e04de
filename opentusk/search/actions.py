"""Every write of the index."""

from collections.abc import Iterable, Iterator, Sequence

import tantivy

from opentusk.catalog.models import Dataset
from opentusk.quality.models import DatasetScore
from opentusk.search import index
from opentusk.search.query import numbered_query
from opentusk.search.schema import document

_CHUNK = 1000


def rebuild_index() -> int:
    """Make the index again from the rows; how many datasets are in it. Readers keep the old one until it is done."""
    count = 0
    with index.replacing() as writer:
        for chunk in _in_chunks():
            _add(writer, chunk)
            count += len(chunk)
    return count


def index_datasets(ids: Iterable[int]) -> None:
    """Bring these datasets in the index to the state of their rows: added, changed, or gone."""
    if not index.exists():
        rebuild_index()
        return
    wanted = set(ids)
    with index.updating() as writer:
        # By query: `delete_documents_by_term` takes an unsigned number and deletes nothing (tantivy 0.27).
        writer.delete_documents_by_query(numbered_query(wanted))
        _add(writer, list(Dataset.objects.published().with_holder().filter(pk__in=wanted)))


def _add(writer: tantivy.IndexWriter, datasets: Sequence[Dataset]) -> None:
    scores = DatasetScore.objects.of_datasets([dataset.pk for dataset in datasets])
    for dataset in datasets:
        score = scores.get(dataset.pk)
        total, band = (score.total, score.band) if score else (0, "")
        writer.add_document(document(dataset, total=total, band=band))


def _in_chunks() -> Iterator[list[Dataset]]:
    """Every published dataset, a thousand at a time, each chunk by its own query: no transaction stays open."""
    last = 0
    while chunk := list(Dataset.objects.published().with_holder().filter(pk__gt=last).in_feed_order()[:_CHUNK]):
        yield chunk
        last = chunk[-1].pk
