"""Who may do what to a dataset."""

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_write_for, is_desk, writable_agents
from opentusk.catalog.errors import NotAllowed
from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.journal.actors import Actor


def can_see(by: Actor, dataset: Dataset) -> bool:
    """Published datasets and tombstones are everybody's; drafts are for those who may write them."""
    return dataset.status != Dataset.Status.DRAFT or can_write_for(by, dataset.rights_holder)


def can_create(by: Actor, holder: Agent) -> bool:
    """Whether the actor may make a dataset of this body."""
    return can_write_for(by, holder)


def can_edit(by: Actor, dataset: Dataset) -> bool:
    """Whether the actor may change the description."""
    return can_write_for(by, dataset.rights_holder)


def can_publish(by: Actor, dataset: Dataset) -> bool:
    """Whether the actor may make the dataset public, or withdraw it."""
    return can_write_for(by, dataset.rights_holder)


def editable_datasets(by: Actor) -> DatasetQuerySet:
    """The datasets whose description the actor may change."""
    if is_desk(by):
        return Dataset.objects.all()
    return Dataset.objects.filter(rights_holder__in=writable_agents(by))


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))
