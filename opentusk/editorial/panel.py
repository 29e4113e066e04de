"""What the page of a dataset's files shows: every version, who gave it, and what holds it."""

from dataclasses import dataclass

from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.records import part_of_row, text_in, to_record
from opentusk.catalog.refusals import way_out
from opentusk.files.addresses import latest_path, version_path
from opentusk.files.models import FileVersion


@dataclass(frozen=True)
class Waiting:
    """A hold in plain words, and the page where something can be done about it ("" where one only waits)."""

    hold: Hold
    words: str
    address: str


@dataclass(frozen=True)
class VersionShown:
    """One version, with what it waits for."""

    version: FileVersion
    address: str
    waiting: list[Waiting]


@dataclass(frozen=True)
class FileShown:
    """One file of a dataset, with its versions, the newest first."""

    row: Distribution
    title: str
    address: str
    versions: list[VersionShown]


def files_of(dataset: Dataset) -> list[FileShown]:
    """The files that the portal keeps for a dataset."""
    record = to_record(dataset)
    waiting = waiting_of(dataset)
    found = []
    for row in dataset.distributions.with_file():
        if row.series is None:
            continue
        part = part_of_row(record, row)
        versions = row.series.versions.newest_first().select_related("stored", "series")
        shown = [
            VersionShown(version, version_path(version), [one for one in waiting if one.hold.version_id == version.pk])
            for version in versions
        ]
        found.append(FileShown(row, text_in(part.title) or row.series.name, latest_path(row.series), shown))
    return found


def waiting_of(dataset: Dataset) -> list[Waiting]:
    """Everything that the dataset and its versions wait for."""
    holds = Hold.objects.still_open().filter(dataset=dataset).oldest_first().select_related("dataset", "version")
    return [Waiting(hold, way_out(hold), address_of(hold)) for hold in holds]


def address_of(hold: Hold) -> str:
    """Where something can be done about a hold."""
    dataset = f"/scrivania/dataset/{hold.dataset_id}"
    if hold.kind in (Hold.Kind.SCHEMA_CHANGE, Hold.Kind.UPDATE):
        row = Distribution.objects.filter(series__versions=hold.version_id).first() if hold.version_id else None
        return f"/scrivania/tabelle/{row.uuid}" if row else ""
    return {
        Hold.Kind.DECLARATION: f"{dataset}/dichiarazione",
        Hold.Kind.REVIEW: f"{dataset}/revisione",
        Hold.Kind.PERSONAL_DATA: "/scrivania/privacy",
    }.get(Hold.Kind(hold.kind), "")
