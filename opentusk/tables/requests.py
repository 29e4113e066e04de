"""What the reading process is asked: the file, how people want it read, and what it is compared with."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from opentusk.tables.models import FileReading, Table, TableVersion, file_of

_MEGABYTE = 1024 * 1024


def request_of(reading: FileReading, scratch: Path) -> dict[str, Any]:
    """The request for one version of a file, as `tables.child` takes it."""
    version = reading.file_version
    distribution = file_of(version)
    known = list(Table.objects.of_file(distribution).select_related("latest")) if distribution else []
    return {
        "path": str(version.stored.path),
        "name": version.name,
        "out": str(scratch),
        "only": reading.only,
        "without": {},
        "tables": {table.key: wishes_of(table) for table in known},
        # A file with one table that had one table before: the same table, whatever its sheet is called now.
        "sole": wishes_of(known[0]) if len(known) == 1 else {},
        "territory": distribution.dataset.rights_holder.istat_code if distribution else "",
        "memory": f"{settings.TABLES_MEMORY // 2}MB",
        "limit_bytes": settings.TABLES_MEMORY * _MEGABYTE,
    }


def wishes_of(table: Table) -> dict[str, Any]:
    """How people want a table read, and the public version that it is compared with."""
    latest = table.latest
    return {
        "accepted": table.accepted,
        **table.choices,
        "known": latest.examination if latest else None,
        "before": str(latest.parquet) if latest and latest.folder else "",
    }


def request_copies(versions: Sequence[TableVersion], left_out: Collection[str], scratch: Path) -> dict[str, Any]:
    """The request for copies of the tables of one file without some columns."""
    request = request_again(versions[0], scratch)
    tables = {version.table.key: _wishes_then(version) for version in versions}
    return {**request, "tables": tables, "without": {key: sorted(left_out) for key in tables}}


def request_again(version: TableVersion, scratch: Path) -> dict[str, Any]:
    """The request that makes the Parquet files of a version anew, exactly as they were."""
    key = version.table.key
    asked = request_of(FileReading(file_version=version.file_version, only=[key]), scratch)
    return {**asked, "tables": {key: _wishes_then(version)}, "sole": {}}


def _wishes_then(version: TableVersion) -> dict[str, Any]:
    """How a version was read."""
    return {"accepted": version.accepted, **version.choices, "known": version.examination, "before": ""}
