"""What a body did before and what its file says, as `kit.suggesting` wants to know them."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import text_in
from opentusk.files.models import FileVersion
from opentusk.kit import records as kit
from opentusk.kit.record_json import read_record
from opentusk.kit.suggesting.shapes import Body, Earlier, Habits, Suggestion
from opentusk.kit.suggesting.suggest import Circumstance, suggest_metadata
from opentusk.kit.tables.shapes import Examination
from opentusk.publishing.models import Guide
from opentusk.tables.models import Table

_REMEMBERED = 60


def suggestions_for(guide: Guide, *, title: str = "") -> Mapping[str, Suggestion]:
    """What we would write in each field of this dataset, and why. `title` is what a person calls it already."""
    dataset = guide.dataset
    around = Circumstance(
        body=body_of(dataset.rights_holder),
        today=timezone.localdate(),
        file_name=guide.file_name,
        title=title,
        habits=habits_of(dataset.rights_holder, besides=dataset),
        made_at=tuple(_versions_of(dataset)),
        taken=names_taken(dataset),
    )
    return suggest_metadata(examined_tables(dataset), around)


def examined_tables(dataset: Dataset) -> list[Examination]:
    """What was found in the newest version of each table of the dataset."""
    newest = (table.versions.newest_first().first() for table in Table.objects.of_dataset(dataset))
    return [version.found() for version in newest if version]


def body_of(agent: Agent) -> Body:
    """The body as the suggestions know it."""
    return Body(
        name=agent.name,
        ipa_code=agent.ipa_code,
        territory=agent.territory,
        istat=agent.istat_code,
        contact=agent.contact_record(),
    )


def habits_of(agent: Agent, *, besides: Dataset | None = None) -> Habits:
    """How the body described its latest datasets."""
    rows = Dataset.objects.of(agent).filter(origin="")
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    records = rows.order_by("-metadata_modified_at").values_list("record", flat=True)[:_REMEMBERED]
    return tuple(_earlier(read_record(kit.Dataset, record)) for record in records)


def names_taken(dataset: Dataset) -> frozenset[str]:
    """The names in the address that other datasets of the body have."""
    mine = Dataset.objects.filter(identifier__istartswith=f"{dataset.rights_holder.ipa_code}:")
    others = mine.exclude(pk=dataset.pk).values_list("identifier", flat=True)
    return frozenset(identifier.partition(":")[2].lower() for identifier in others)


def _earlier(record: kit.Dataset) -> Earlier:
    publisher = record.publisher or kit.Agent()
    return Earlier(
        title=text_in(record.title),
        theme=record.theme,
        subject=record.subject,
        keyword=record.keyword.get("it") or record.keyword.get("", ()),
        accrual_periodicity=record.accrual_periodicity or "",
        place=next((place.geographic_name for place in record.spatial), ""),
        hvd_category=record.hvd_category,
        contact=next(iter(record.contact_point), None),
        publisher_name=publisher.name,
        publisher_code=publisher.identifier,
        license=next((part.license for part in record.distribution if part.license), None),
    )


def _versions_of(dataset: Dataset) -> list[datetime]:
    found = FileVersion.objects.filter(series__distribution__dataset=dataset).exclude(state=FileVersion.State.REFUSED)
    return list(found.values_list("made_at", flat=True))
