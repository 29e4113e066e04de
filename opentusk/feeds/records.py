"""Which datasets go out, and as what."""

from django.conf import settings
from django.db.models import Max

from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.catalog.records import agent_record
from opentusk.journal.models import Entry
from opentusk.kit.record_json import Json, write_record


def listed_datasets() -> DatasetQuerySet:
    """The datasets that the feeds show: published, no duplicates, demonstration rows only where that is the point."""
    listed = Dataset.objects.in_feeds().with_holder()
    return listed if settings.DEMO_IN_FEEDS else listed.filter(is_demo=False)


def record_to_write(dataset: Dataset) -> Json:
    """The stored record with the titolare as its body's row names it now.

    The JSON is not read into a record here: a rebuild hands it over to another process.
    """
    return {**dataset.record, "rights_holder": write_record(agent_record(dataset.rights_holder))}


def last_entry() -> int:
    """The number of the journal's last entry: what is read after it is at least as new."""
    return Entry.objects.aggregate(last=Max("seq"))["last"] or 0
