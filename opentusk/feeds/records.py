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
    """The stored record with the titolare as its body's row names it now, also where it is publisher or creator.

    One node with two names would break the national rules. The JSON is not read into a record here: a rebuild hands
    it over to another process.
    """
    holder = write_record(agent_record(dataset.rights_holder))
    record = {**dataset.record, "rights_holder": holder}
    if _is_same(record.get("publisher"), holder):
        record["publisher"] = holder
    if creators := record.get("creator"):
        record["creator"] = [holder if _is_same(creator, holder) else creator for creator in creators]
    return record


def _is_same(agent: Json | None, holder: Json) -> bool:
    return agent is not None and agent.get("iri") == holder["iri"]


def last_entry() -> int:
    """The number of the journal's last entry: what is read after it is at least as new."""
    return Entry.objects.aggregate(last=Max("seq"))["last"] or 0
