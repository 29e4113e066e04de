"""Every write of the feeds room: following changes, and building everything again."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.feeds.building import Written, write_dataset
from opentusk.feeds.changes import note_changes
from opentusk.feeds.files import holding_the_pen, remove_files
from opentusk.feeds.lists import DATA_JSON, write_data_json, write_sitemap
from opentusk.feeds.models import FeedPage
from opentusk.feeds.paging import Replacement, write_touched
from opentusk.feeds.places import put_fragments
from opentusk.feeds.quarantine import note_quarantine
from opentusk.feeds.records import last_entry, listed_datasets, record_to_write
from opentusk.journal.actions import enqueue

_LISTS_TASK = "opentusk.feeds.tasks.update_lists"
# data.json and the sitemap are one file for everything: they follow a burst of changes once, not each of them.
_LISTS_PAUSE = timedelta(minutes=1)


def refresh_datasets(dataset_ids: Collection[int]) -> None:
    """Write again what these datasets say, and the pages they stand on; take away those no longer listed."""
    as_of = last_entry()
    datasets = {row.pk: row for row in listed_datasets().filter(pk__in=dataset_ids)}
    written = [
        write_dataset(pk, record_to_write(datasets[pk])) if pk in datasets else Written(pk, {}) for pk in dataset_ids
    ]
    moment = max((row.metadata_modified_at for row in datasets.values()), default=timezone.now())
    with holding_the_pen():
        left = _publish(written, datasets, as_of=as_of, modified=moment)
        remove_files(left.left)


@transaction.atomic
def _publish(
    written: Sequence[Written], datasets: dict[int, Dataset], *, as_of: int, modified: datetime
) -> Replacement:
    touched = put_fragments(written, datasets, as_of=as_of)
    replacement = Replacement()
    for feed, numbers in touched.pages.items():
        write_touched(feed, numbers, replacement, modified=modified)
    replacement.publish()
    note_changes([one.dataset_id for one in written])
    note_quarantine(written, datasets)
    if touched.pages:
        # A portal that has no lists yet answers 503: the first ones are not made to wait.
        are_there = FeedPage.objects.of_feed("", DATA_JSON).exists()
        enqueue(_LISTS_TASK, key="feeds:lists", at=timezone.now() + (_LISTS_PAUSE if are_there else timedelta()))
    return replacement


def write_lists() -> None:
    """Write the documents that list everything anew."""
    with holding_the_pen():
        for replacement in (write_sitemap(), write_data_json()):
            with transaction.atomic():
                replacement.publish()
            remove_files(replacement.left)
