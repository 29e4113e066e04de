"""Moves the pointers to what everybody may read: for all tables of a dataset in one transaction."""

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.catalog.actions import offer_service
from opentusk.catalog.models import Dataset
from opentusk.journal.actions import draft, record_many
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.tables.addresses import api_of, page_of
from opentusk.tables.events import TablesEvent
from opentusk.tables.models import Table


@transaction.atomic
def settle(dataset: Dataset) -> None:
    """Give the public the newest version of each table whose file is public and held by nobody.

    Whoever reads a table while this happens goes on with the version that the reading began with.
    """
    tables = list(
        Table.objects.of_dataset(dataset).select_for_update(of=("self",), no_key=True).select_related("latest")
    )
    if entries := [entry for table in tables if (entry := _release(table, dataset))]:
        record_many(entries)
    _offer_services([table for table in tables if table.latest])


def _offer_services(tables: Sequence[Table]) -> None:
    """Let the record of each file name the API over its tables, so that data of high value have theirs."""
    for _file, group in groupby(tables, key=lambda table: table.distribution_id):
        mine = list(group)
        offer_service(
            mine[0].distribution,
            endpoints=[api_of(table) for table in mine],
            descriptions=[f"{api_of(table)}/openapi.json" for table in mine],
            page=f"{settings.SITE_URL}{page_of(mine[0])}?vista=api",
            by=SYSTEM,
        )


def _release(table: Table, dataset: Dataset) -> Entry | None:
    """Point to the newest version whose file is public: also back, when a file was taken away from the public."""
    out = list(table.versions.releasable().order_by("number"))
    for version in out:
        if not version.is_public:
            version.is_public, version.released_at = True, timezone.now()
            version.save(update_fields=["is_public", "released_at"])
    before = table.latest
    if not out or before == out[-1]:
        return None
    newest = table.latest = out[-1]
    table.save(update_fields=["latest"])
    if before is None or before.number > newest.number or before.content_hash == newest.content_hash:
        return None
    changes = {name: value for name, value in newest.changes.items() if name != "rows"}
    facts = {"table": str(table.uuid), "from": before.number, "to": newest.number, "changes": changes}
    return draft(TablesEvent.DATA_CHANGED, dataset, by=SYSTEM, facts=facts, is_public=dataset.is_published)
