"""What is derived may go and come back: old Parquet files are dropped, and made again from their originals."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.tables.folders import discard, keep, new_scratch, sweep
from opentusk.tables.models import Table, TableVersion
from opentusk.tables.requests import request_again
from opentusk.tables.running import read_file


def rebuild_tables() -> int:
    """Make the Parquet files of every version that is kept anew, one after the other; how many.

    Each takes the place of the former one when it is whole. A version whose original says something else now, because
    the portal has learnt to read better since, keeps the files that it has.
    """
    return sum(_rebuild(version) for table in Table.objects.order_by("pk") for version in _kept(table))


def tidy() -> None:
    """Drop the Parquet files of versions older than those that are kept, and folders that nobody names."""
    for table in Table.objects.order_by("pk"):
        kept = {version.pk for version in _kept(table)}
        table.versions.made().exclude(pk__in=kept | {table.latest_id or 0}).update(folder="")
    named = set(TableVersion.objects.made().values_list("folder", flat=True))
    sweep(named, now=timezone.now())


def _kept(table: Table) -> list[TableVersion]:
    return list(
        table.versions.newest_first().select_related("table", "file_version__stored")[: settings.TABLES_KEPT_VERSIONS]
    )


def _rebuild(version: TableVersion) -> int:
    scratch = new_scratch()
    try:
        answer = read_file(request_again(version, scratch), seconds=settings.TABLES_SECONDS, heard=lambda _said: None)
        read = answer.read.get(version.table.key)
        if read is None or read["examination"]["content_hash"] != version.content_hash:
            return 0
        with transaction.atomic():
            version.examination = read["examination"]
            version.folder = keep(scratch / read["folder"], version.table.uuid)
            version.save(update_fields=["examination", "folder"])
        return 1
    finally:
        discard(scratch)
