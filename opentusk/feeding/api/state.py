"""The state of a dataset as its body sees it: what is wrong, what it waits for, and its files."""

from collections.abc import Sequence

from opentusk.catalog.forecast import forecast
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.records import iris, text_in, to_record
from opentusk.catalog.refusals import way_out
from opentusk.editorial.signing import subject_of
from opentusk.feeding.api.shapes import FileOut, StateOut, WaitOut
from opentusk.files.models import FileVersion
from opentusk.kit import records as kit
from opentusk.kit.problems import Problem, problem_to_json
from opentusk.tables.models import Table


def state_of(dataset: Dataset, repairs: Sequence[Problem] = ()) -> StateOut:
    """Everything a program needs to know what to do next."""
    record = to_record(dataset)
    expected = forecast(record, dataset)
    holds = list(dataset.holds.still_open().select_related("version", "dataset").oldest_first())
    return StateOut(
        identifier=dataset.identifier,
        uuid=str(dataset.uuid),
        status=dataset.status,
        page=iris().dataset_page(dataset.slug),
        checksum=dataset.checksum,
        can_be_published=not (expected.blockers or holds),
        score=expected.score.total,
        problems=expected.problems,
        seal=subject_of(dataset).seal,
        waits=[_wait(hold) for hold in holds],
        files=_files(dataset, record),
        repairs=[problem_to_json(problem) for problem in repairs],
    )


def _wait(hold: Hold) -> WaitOut:
    return WaitOut(kind=hold.kind, words=way_out(hold), version=hold.version.number if hold.version else None)


def _files(dataset: Dataset, record: kit.Dataset) -> list[FileOut]:
    parts = {part.iri: part for part in record.distribution}
    tables = set(Table.objects.of_dataset(dataset).values_list("uuid", flat=True))
    rows = dataset.distributions.select_related("series").order_by("position")
    return [_file(row, parts.get(row.iri), row.uuid in tables) for row in rows]


def _file(row: Distribution, part: kit.Distribution | None, has_table: bool) -> FileOut:
    version = _last_version(row)
    return FileOut(
        id=str(row.uuid),
        title=text_in(part.title) if part else "",
        address=row.access_url,
        format=row.format,
        size=version.stored.size if version else part.byte_size if part else None,
        sha256=version.stored.sha256 if version else None,
        version=version.number if version else None,
        version_state=version.state if version else None,
        table=f"{iris().base_url}/api/v1/tables/{row.uuid}" if has_table else None,
    )


def _last_version(row: Distribution) -> FileVersion | None:
    if row.series is None:
        return None
    return row.series.versions.newest_first().select_related("stored").first()
