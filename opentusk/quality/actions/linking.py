"""Asking addresses whether they answer: by the clock, and at once when somebody who looks after a dataset wants it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit
from opentusk.catalog.records import to_record
from opentusk.journal.actions import enqueue
from opentusk.journal.actors import Actor
from opentusk.outbound.client import fetch as fetch_address
from opentusk.quality.actions.scoring import score_datasets
from opentusk.quality.errors import TooSoon
from opentusk.quality.links import Fetch, addresses_of, ask, due_checks, remember_addresses
from opentusk.quality.models import UrlCheck
from opentusk.quality.permissions import require

# Somebody who mends a server presses the button again and again; its host must not be asked as often.
_REST = timedelta(seconds=60)
_MOST_AT_ONCE = 50


def check_links(*, limit: int, fetch: Fetch = fetch_address) -> int:
    """Ask the addresses whose turn has come, and score the datasets of those whose answer changed; how many."""
    due = due_checks(timezone.now(), limit)
    _ask_all(due, fetch)
    return len(due)


def check_dataset_links(dataset: Dataset, *, fetch: Fetch = fetch_address) -> int:
    """Ask every address of one dataset now; how many."""
    checks = list(UrlCheck.objects.filter(datasets=dataset).order_by("checked_at", "pk")[:_MOST_AT_ONCE])
    _ask_all(checks, fetch)
    return len(checks)


@transaction.atomic
def ask_for_check(dataset: Dataset, *, by: Actor) -> None:
    """Let the worker ask every address of a dataset as soon as it can. Raises TooSoon within a minute of the last."""
    require(can_edit(by, dataset), "check_links", dataset)
    now = timezone.now()
    latest = UrlCheck.objects.filter(datasets=dataset, checked_at__gt=now - _REST).order_by("-checked_at").first()
    if latest and latest.checked_at:
        raise TooSoon(seconds=int((latest.checked_at + _REST - now).total_seconds()) + 1)
    remember_addresses({dataset.pk: addresses_of(to_record(dataset))})
    enqueue("opentusk.quality.tasks.check_dataset", key=f"links:{dataset.pk}", dataset=dataset.pk)


def _ask_all(checks: Iterable[UrlCheck], fetch: Fetch) -> None:
    changed = [check.pk for check in checks if ask(check, fetch=fetch)]
    if changed:
        score_datasets(set(Dataset.objects.filter(url_checks__in=changed).values_list("pk", flat=True)))
