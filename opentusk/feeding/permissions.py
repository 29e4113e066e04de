"""Who may feed a dataset: people who may edit it, never a source."""

from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit, editable_datasets
from opentusk.feeding.errors import NotAllowed
from opentusk.feeding.models import FeedQuerySet, ServiceSource, WatchedAddress
from opentusk.journal.actors import Actor, ActorKind


def can_feed(by: Actor, dataset: Dataset) -> bool:
    """Whether the actor may connect, change, call and disconnect a feed of this dataset."""
    return by.kind is not ActorKind.SOURCE and can_edit(by, dataset)


def visible_services(by: Actor) -> FeedQuerySet:
    """The service sources of one's datasets."""
    return ServiceSource.objects.of_datasets(editable_datasets(by)).with_dataset()


def visible_addresses(by: Actor) -> FeedQuerySet:
    """The watched addresses of one's datasets."""
    return WatchedAddress.objects.of_datasets(editable_datasets(by)).with_dataset()


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))
