"""After a decision on personal data: the same file without some columns, as its next version."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings

from opentusk.catalog.actions import add_file_version, attach_copy
from opentusk.catalog.models import Distribution
from opentusk.files.actions import receive
from opentusk.files.errors import SameBytes
from opentusk.journal.actors import SYSTEM
from opentusk.quality.models import PrivacyCase
from opentusk.tables.folders import discard, new_scratch
from opentusk.tables.models import TableVersion, file_of
from opentusk.tables.requests import request_copies
from opentusk.tables.running import Answer, read_file

_NOTE = "Copia senza le colonne con dati personali, per decisione di chi ne risponde."


def give_without_columns(case: PrivacyCase) -> None:
    """Give the file without the excluded columns as the next version; it is examined like any other.

    Nothing happens when a newer version is there already, or when the file was no table.
    """
    file_version = case.version
    distribution = file_of(file_version)
    versions = list(TableVersion.objects.filter(file_version=file_version).select_related("table", "file_version"))
    is_newest = not file_version.series.versions.filter(number__gt=file_version.number).exists()
    if distribution is None or not versions or not is_newest:
        return
    scratch = new_scratch()
    try:
        request = request_copies(versions, case.excluded_columns, scratch)
        answer = read_file(request, seconds=settings.TABLES_SECONDS, heard=lambda _said: None)
        if answer.copies:
            _give(distribution, *_packed(answer, versions, scratch, Path(file_version.name).stem))
    finally:
        discard(scratch)


def _packed(answer: Answer, versions: list[TableVersion], scratch: Path, stem: str) -> tuple[Path, str]:
    """One table is a CSV; several are an archive of them, under the names that they have in the file."""
    if len(answer.copies) == 1:
        return scratch / next(iter(answer.copies.values())), f"{stem}.csv"
    titles = {version.table.key: version.table.title or version.table.key for version in versions}
    with ZipFile(scratch / "copia.zip", "w", ZIP_DEFLATED) as archive:
        for key, name in answer.copies.items():
            archive.write(scratch / name, f"{Path(titles[key]).stem}.csv")
    return scratch / "copia.zip", f"{stem}.zip"


def _give(distribution: Distribution, path: Path, name: str) -> None:
    stored = receive(path, name=name, agent=distribution.dataset.rights_holder, by=SYSTEM)
    try:
        if distribution.is_copy:
            attach_copy(distribution, stored, name=name, by=SYSTEM)
        else:
            add_file_version(distribution, stored, name=name, by=SYSTEM, note=_NOTE)
    except SameBytes:
        return
