"""Scores of datasets: computed, kept, made again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.journal.actions import draft, record_many
from opentusk.journal.actors import SYSTEM
from opentusk.kit.quality.indicators import VERSION
from opentusk.kit.quality.mqa import Score, score_dataset
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.profiles import Profile
from opentusk.kit.rdf.strict import Unwritable
from opentusk.kit.rdf.write import dataset_triples
from opentusk.kit.records import Dataset as Record
from opentusk.quality.events import QualityEvent
from opentusk.quality.links import addresses_of, remember_addresses, url_status
from opentusk.quality.models import DatasetScore

_CHUNK = 500
# The first model reads DCAT-AP 2.1.1; byte sizes and checksums differ in the other profiles.
_PROFILE = Profile.DCATAP_2
_COLUMNS = [field.name for field in DatasetScore._meta.concrete_fields if not field.primary_key]


def score_datasets(ids: Collection[int]) -> None:
    """Score these datasets anew, and see that their addresses will be checked.

    A dataset that is not public, or cannot be written as RDF, has no score. A band that changes is told in the
    journal; a first one is not, because what brought the dataset was.
    """
    # Whoever describes a draft wants to know whether its addresses answer; what a source left unpublished does not.
    is_offered = Q(status=Dataset.Status.PUBLISHED) | Q(status=Dataset.Status.DRAFT, origin="")
    rows = {row.pk: row for row in Dataset.objects.filter(is_offered, pk__in=ids).with_holder()}
    written = {pk: to_record(row) for pk, row in rows.items()}
    offered = {pk: addresses_of(record) for pk, record in written.items()}
    datasets = {pk: row for pk, row in rows.items() if row.is_published}
    records = {pk: written[pk] for pk in datasets}
    status = url_status(frozenset().union(*offered.values()))
    scores = [_row(pk, score) for pk, record in records.items() if (score := _score_of(record, status))]
    with transaction.atomic():
        remember_addresses(dict.fromkeys(ids, frozenset[str]()) | offered)
        _write(scores, ids, datasets)


def predict_score(record: Record, status: Mapping[str, int]) -> Score:
    """The score of what we would emit for a record, published or not. Raises Unwritable."""
    return score_dataset(Graph(dataset_triples(record, _PROFILE)), record.iri or "", status)


def rebuild_scores() -> int:
    """Score every published dataset; how many there are."""
    count, last = 0, 0
    published = Dataset.objects.published().in_feed_order().values_list("pk", flat=True)
    while ids := list(published.filter(pk__gt=last)[:_CHUNK]):
        score_datasets(ids)
        count, last = count + len(ids), ids[-1]
    DatasetScore.objects.exclude(dataset__status=Dataset.Status.PUBLISHED).delete()
    return count


def _score_of(record: Record, status: Mapping[str, int]) -> Score | None:
    try:
        return predict_score(record, status)
    except Unwritable:
        return None


def _write(scores: Iterable[DatasetScore], ids: Collection[int], datasets: Mapping[int, Dataset]) -> None:
    before = DatasetScore.objects.of_datasets(ids)
    after = {score.dataset_id: score for score in scores}
    DatasetScore.objects.filter(dataset__in=before.keys() - after.keys()).delete()
    DatasetScore.objects.bulk_create(
        after.values(), update_conflicts=True, unique_fields=["dataset"], update_fields=_COLUMNS
    )
    record_many(
        [
            draft(
                QualityEvent.BAND_CHANGED,
                datasets[pk],
                by=SYSTEM,
                changes={"band": [before[pk].band, after[pk].band]},
                is_public=True,
            )
            for pk in before.keys() & after.keys()
            if before[pk].band != after[pk].band
        ]
    )


def _row(pk: int, score: Score) -> DatasetScore:
    return DatasetScore(
        dataset_id=pk,
        model_version=VERSION,
        profile=_PROFILE.value,
        total=score.total,
        band=score.band.value,
        **{dimension.value: points for dimension, points in score.dimensions.items()},
        measures={"dataset": score.dataset, "distributions": score.distributions, "best": score.best},
        missing=[asdict(missing) for missing in score.missing],
        at=timezone.now(),
    )
