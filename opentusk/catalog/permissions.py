"""Who may do what to a dataset."""

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import (
    can_decide_privacy_for,
    can_review_for,
    can_write_for,
    is_desk,
    writable_agents,
)
from opentusk.catalog.errors import NotAllowed
from opentusk.catalog.models import Dataset, DatasetQuerySet, Hold, ReviewPolicy
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


def can_hold(by: Actor, dataset: Dataset) -> bool:
    """Whether the actor may keep the dataset, or a version of a file, from the public."""
    return can_write_for(by, dataset.rights_holder) or can_decide_privacy_for(by, dataset.rights_holder)


def can_lift(by: Actor, hold: Hold) -> bool:
    """Whether the actor may say that a hold is no reason any more: it depends on the reason.

    A declaration is signed, never waved through; who asked for a review, or gave the version that waits for one, is
    never its second person, as long as the body wants one.
    """
    holder = hold.dataset.rights_holder
    match hold.kind:
        case Hold.Kind.PERSONAL_DATA:
            return can_decide_privacy_for(by, holder)
        case Hold.Kind.REVIEW:
            is_wanted = ReviewPolicy.objects.filter(agent=holder).exists()
            if not is_wanted:
                return can_publish(by, hold.dataset)
            return can_review_for(by, holder, author_id=hold.facts.get("author_id"))
        case Hold.Kind.SCHEMA_CHANGE | Hold.Kind.UPDATE:
            return can_publish(by, hold.dataset)
        case Hold.Kind.EXAMINATION:
            return is_desk(by)
    return by.is_system


def can_refuse_file(by: Actor, dataset: Dataset) -> bool:
    """Whether the actor may decide that a version never becomes public: its people, or who decides on privacy."""
    return can_hold(by, dataset)


def editable_datasets(by: Actor) -> DatasetQuerySet:
    """The datasets whose description the actor may change."""
    if is_desk(by):
        return Dataset.objects.all()
    return Dataset.objects.filter(rights_holder__in=writable_agents(by))


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))
