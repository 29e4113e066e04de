"""The second person: asked, approving or sending back. Who did the work (`authorship`) is never the one who looks."""

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_manage_members
from opentusk.catalog import actions as catalog
from opentusk.catalog.actions.holding import lock, lock_many
from opentusk.catalog.models import Dataset, Hold, ReviewPolicy
from opentusk.catalog.permissions import can_edit, require
from opentusk.editorial.authorship import corrections_of, may_approve
from opentusk.editorial.errors import NobodyAsks
from opentusk.editorial.events import EditorialEvent
from opentusk.journal.actions import enqueue, record
from opentusk.journal.actors import Actor

_TELL_AUTHOR = "opentusk.editorial.tasks.tell_author"
_TELL_REVIEWERS = "opentusk.editorial.tasks.tell_reviewers"
_NO_REVIEWS = "l'ente non chiede più revisioni"


@transaction.atomic
def set_policy(agent: Agent, *, wanted: bool, by: Actor) -> None:
    """Say whether a second person looks at what this body publishes; drafts that people have begun follow."""
    require(can_manage_members(by, agent), "review_policy", agent)
    # Whoever begins a draft for this body waits here too: it is held by this rule, or sees it.
    agent = Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)
    if wanted:
        ReviewPolicy.objects.get_or_create(agent=agent)
        for dataset in lock_many(Dataset.objects.of(agent).begun_by_people()):
            catalog.open_hold(dataset, Hold.Kind.REVIEW, by=by)
        return
    ReviewPolicy.objects.filter(agent=agent).delete()
    reviews = Hold.objects.still_open().of_kind(Hold.Kind.REVIEW).filter(dataset__rights_holder=agent)
    lock_many(Dataset.objects.filter(pk__in=reviews.values("dataset")))
    for hold in reviews.select_related("dataset"):
        catalog.lift_hold(hold, by=by, reason=_NO_REVIEWS)


@transaction.atomic
def ask_review(dataset: Dataset, *, by: Actor, note: str = "") -> Hold:
    """Put a draft in the queue of the reviewers: who asks is its author. Raises NobodyAsks."""
    require(can_edit(by, dataset), "ask_review", dataset)
    if _open_review(dataset) is None:
        raise NobodyAsks
    facts = {"is_asked": True, "asked_at": timezone.now().isoformat(), "note": note, "sent_back": ""}
    facts["author_id"] = by.user_id
    hold = catalog.open_hold(dataset, Hold.Kind.REVIEW, by=by, facts=facts)
    record(EditorialEvent.REVIEW_ASKED, dataset, by=by, facts={"note": note})
    return hold


@transaction.atomic
def approve(hold: Hold, *, by: Actor, note: str = "") -> Hold:
    """Say that it may be published. Raises NotAllowed for who did the work.

    What the reviewer corrected on the way is told to the other reviewers of the body, if there are any.
    """
    dataset = lock(hold.dataset)
    require(may_approve(by, hold), "approve", dataset)
    fields = corrections_of(by, hold) if hold.version_id is None else []
    if fields and hold.is_open and by.user_id:
        enqueue(_TELL_REVIEWERS, dataset=dataset.pk, reviewer=by.user_id, fields=fields)
    return catalog.lift_hold(hold, by=by, reason=note or "approvato")


@transaction.atomic
def send_back(hold: Hold, *, by: Actor, note: str) -> Hold:
    """Say what must change first; it leaves the queue until it is asked again."""
    require(may_approve(by, hold), "send_back", hold.dataset)
    facts = {"is_asked": False, "sent_back": note}
    hold = catalog.open_hold(hold.dataset, Hold.Kind.REVIEW, version=hold.version, by=by, facts=facts)
    record(EditorialEvent.REVIEW_SENT_BACK, hold.dataset, by=by, facts={"note": note})
    enqueue(_TELL_AUTHOR, hold=hold.pk, note=note)
    return hold


def _open_review(dataset: Dataset) -> Hold | None:
    return Hold.objects.still_open().of_kind(Hold.Kind.REVIEW).on_dataset(dataset).first()
