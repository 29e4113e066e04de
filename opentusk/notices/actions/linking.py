"""Addresses that have not answered for days: the body hears first, readers three days later."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from opentusk.catalog.models import Dataset
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import SYSTEM
from opentusk.notices.events import NoticesEvent
from opentusk.notices.models import LinkTrouble
from opentusk.quality.models import UrlCheck

# A server that is down for a night, or for one check of a week, is nobody's news.
DAYS, CHECKS = timedelta(days=3), 3
READERS_LATER = timedelta(days=3)


def judge_links(*, now: datetime) -> None:
    """Note which addresses are broken now, and which answer again."""
    broken = UrlCheck.objects.failing().filter(since__lte=now - DAYS, failures__gte=CHECKS)
    for check in broken.iterator(chunk_size=500):
        if check.answers_only_get:
            continue
        for dataset in check.datasets.filter(status=Dataset.Status.PUBLISHED):
            _tell_broken(dataset, check, now)
    for trouble in LinkTrouble.objects.select_related("dataset", "url_check"):
        if trouble.url_check.answers_people:
            _tell_restored(trouble)


@transaction.atomic
def _tell_broken(dataset: Dataset, check: UrlCheck, now: datetime) -> None:
    trouble, is_new = LinkTrouble.objects.get_or_create(
        dataset=dataset, url_check=check, defaults={"since": check.since}
    )
    if is_new:
        write_entry(NoticesEvent.LINK_BROKEN, dataset, by=SYSTEM, facts=_facts(trouble))
    if trouble.told_at is None and now - check.since >= DAYS + READERS_LATER:
        trouble.told_at = now
        trouble.save(update_fields=["told_at"])
        write_entry(NoticesEvent.LINK_BROKEN, dataset, by=SYSTEM, facts=_facts(trouble), is_public=True)


@transaction.atomic
def _tell_restored(trouble: LinkTrouble) -> None:
    """Once, to those who heard that it was broken."""
    dataset = trouble.dataset
    is_public = trouble.told_at is not None and dataset.is_published
    write_entry(NoticesEvent.LINK_RESTORED, dataset, by=SYSTEM, facts=_facts(trouble), is_public=is_public)
    trouble.delete()


def _facts(trouble: LinkTrouble) -> dict[str, Any]:
    check = trouble.url_check
    return {
        "url": check.url,
        "status": check.status,
        "since": trouble.since.date().isoformat(),
        "last_good": check.last_ok_at.isoformat() if check.last_ok_at else None,
    }
