"""How many people and programs a change of a dataset would reach."""

from collections.abc import Collection

from django.db.models import Count
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.querying.callers import callers_of as clients_of
from opentusk.subscriptions.models import ScopeKind, Subscription, Webhook
from opentusk.tables.models import Table


def followers_of(dataset: Dataset) -> int:
    """How many people follow the dataset itself."""
    return followers_by_key(ScopeKind.DATASET, [dataset.identifier]).get(dataset.identifier, 0)


def followers_by_key(kind: str, keys: Collection[str]) -> dict[str, int]:
    """How many people follow each of these things, asked at once; what nobody follows is not in it."""
    found = Subscription.objects.listening().of_scope(kind, keys).order_by()
    return dict(found.values_list("scope_key").annotate(people=Count("subscriber", distinct=True)))


def callers_of(dataset: Dataset) -> int:
    """About how many programs asked for the dataset's tables in the last month."""
    tables = Table.objects.filter(distribution__dataset=dataset).values_list("uuid", flat=True)
    return clients_of(list(tables), today=timezone.localdate())


def programs_of(dataset: Dataset) -> int:
    """How many webhooks are sent the events of the dataset itself."""
    return Webhook.objects.active().filter(scope_kind=ScopeKind.DATASET, scope_key=dataset.identifier).count()
