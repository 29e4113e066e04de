"""What people do in an open consultation: each asks the clock first."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.comments.actions import post
from opentusk.comments.models import Comment
from opentusk.consultation.errors import NotHere, NotOpen
from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.models import Basket, WantedDataset
from opentusk.demand.states import Origin, State
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of


@transaction.atomic
def endorse_wish(consultation: Consultation, item: WantedDataset, *, by: Actor, now: datetime | None = None) -> bool:
    """Support a wish; whether this was new. Raises NotOpen, NotHere."""
    _ask_the_clock(consultation, consultation.allow_endorse, now)
    # As it is now: support given to a wish while it is merged would stay behind and count for nothing.
    _check_here(consultation, demand.locked(item))
    return demand.endorse(item, by=by, is_demo=consultation.is_demo)


def withdraw_from_wish(
    consultation: Consultation, item: WantedDataset, *, by: Actor, now: datetime | None = None
) -> bool:
    """Take one's support of a wish back; whether there was any. Raises NotOpen."""
    _ask_the_clock(consultation, consultation.allow_endorse, now)
    return demand.withdraw_endorsement(item, by=by)


def endorse_proposal(proposal: ThematicProposal, *, by: Actor, now: datetime | None = None) -> bool:
    """Support a theme; whether this was new. Raises NotOpen."""
    _ask_the_clock(proposal.consultation, proposal.consultation.allow_endorse, now)
    return demand.endorse(proposal, by=by, is_demo=proposal.consultation.is_demo)


def withdraw_from_proposal(proposal: ThematicProposal, *, by: Actor, now: datetime | None = None) -> bool:
    """Take one's support of a theme back; whether there was any. Raises NotOpen."""
    _ask_the_clock(proposal.consultation, proposal.consultation.allow_endorse, now)
    return demand.withdraw_endorsement(proposal, by=by)


@transaction.atomic
def propose_wish(
    consultation: Consultation, wish: Wish, *, by: Actor, now: datetime | None = None, as_body: Agent | None = None
) -> WantedDataset:
    """Propose a wish that is not in the basket. Raises NotOpen, and what the demand room raises."""
    _ask_the_clock(consultation, consultation.allow_new, now)
    basket = Basket.objects.get(edition=consultation.edition)
    return demand.propose(
        basket,
        wish,
        by=by,
        origin=Origin.CONSULTATION,
        consultation=reference_of(consultation),
        as_body=as_body,
        is_demo=consultation.is_demo,
    )


@transaction.atomic
def comment_on(
    consultation: Consultation,
    subject: WantedDataset | ThematicProposal,
    body: str,
    *,
    by: Actor,
    parent: Comment | None = None,
    alignment: int = 0,
    now: datetime | None = None,
    as_body: Agent | None = None,
) -> Comment:
    """Write under a wish or a theme. Raises NotOpen, NotHere, and what the comments room raises."""
    _ask_the_clock(consultation, consultation.allow_comment, now)
    if isinstance(subject, WantedDataset):
        _check_here(consultation, subject)
    elif subject.consultation_id != consultation.pk:
        raise NotHere
    about, is_demo = reference_of(subject), consultation.is_demo
    return post(about, body, by=by, parent=parent, alignment=alignment, as_body=as_body, is_demo=is_demo)


def _ask_the_clock(consultation: Consultation, is_allowed: bool, now: datetime | None) -> None:
    if not is_allowed or not consultation.is_open(now or timezone.now()):
        raise NotOpen


def _check_here(consultation: Consultation, item: WantedDataset) -> None:
    is_of_edition = item.basket.edition == consultation.edition
    if not is_of_edition or item.is_hidden or item.state in {State.MERGED, State.REFUSED}:
        raise NotHere
