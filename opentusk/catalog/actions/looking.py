"""What the work of people must pass before it is public: a signed declaration and, where the body wants it, a review.

What sources and the portal itself bring has other guards, and comes without a person who could sign for it. A
dataset given to `hold_…` is locked, and the right to write it was looked at.
"""

from opentusk.bodies.models import Agent
from opentusk.catalog.actions.holding import let_go, put_hold
from opentusk.catalog.actions.releasing import release_ready
from opentusk.catalog.models import Dataset, Hold, ReviewPolicy
from opentusk.files.models import FileVersion
from opentusk.journal.actors import Actor, ActorKind
from opentusk.kit.record_json import Json

WAITS_FROM_THE_START = {"because": "new"}


def hold_new_draft(dataset: Dataset, *, by: Actor) -> None:
    """A draft begun by a person waits for its declaration, and for a second person if its body says so."""
    if by.kind is ActorKind.PERSON:
        put_hold(dataset, Hold.Kind.DECLARATION, by=by, facts=WAITS_FROM_THE_START)
        hold_changed_draft(dataset, by=by)


def hold_changed_draft(dataset: Dataset, *, by: Actor) -> None:
    """A draft that a person changed must be looked at again; who may do so is the editorial room's to say."""
    if by.kind is ActorKind.PERSON and not dataset.is_published and wants_review(dataset.rights_holder):
        put_hold(dataset, Hold.Kind.REVIEW, by=by)


def hold_new_source(dataset: Dataset, *, by: Actor, version: FileVersion | None = None) -> None:
    """A file or address that a person added: the declaration spoke of others, so it is signed again.

    Of a public dataset only what is new waits. A draft that the portal itself began asks for none.
    """
    if by.kind is not ActorKind.PERSON:
        return
    held = version if dataset.is_published else None
    declarations = Hold.objects.of_kind(Hold.Kind.DECLARATION).filter(dataset=dataset)
    is_asked = dataset.is_published or declarations.exists()
    if is_asked and not declarations.still_open().filter(version=held).exists():
        put_hold(dataset, Hold.Kind.DECLARATION, by=by, version=held, facts={"because": "source"})


def hold_new_version(dataset: Dataset, version: FileVersion, *, by: Actor) -> None:
    """New data of a person are looked at as a new dataset is."""
    if by.kind is not ActorKind.PERSON:
        return
    if dataset.is_published and wants_review(dataset.rights_holder):
        put_hold(dataset, Hold.Kind.REVIEW, by=by, version=version, facts={"author_id": by.user_id, "is_asked": True})
    hold_changed_draft(dataset, by=by)


def addresses_added(before: Json, after: Json) -> bool:
    """Whether a description, as it is stored, offers data from an address that it did not name before."""
    parts = before.get("distribution", ())
    known = {url for part in parts for url in (part.get("access_url"), *part.get("download_url", ()))}
    return any(part.get("access_url") not in known for part in after.get("distribution", ()))


def lift_signed(dataset: Dataset, *, by: Actor, reason: str) -> None:
    """Lift what waited for a declaration: the dataset is locked, and the right to sign was looked at."""
    for hold in dataset.holds.still_open().of_kind(Hold.Kind.DECLARATION):
        let_go(hold, by=by, reason=reason)
    release_ready(dataset, by=by)


def wants_review(holder: Agent) -> bool:
    """Whether a body wants a second person to look at what its people write."""
    return ReviewPolicy.objects.filter(agent=holder).exists()
