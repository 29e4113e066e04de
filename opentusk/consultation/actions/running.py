"""Preparing a consultation."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from opentusk.consultation.errors import IllegalMove, Missing
from opentusk.consultation.events import ConsultationEvent
from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.consultation.permissions import can_run, require
from opentusk.demand.models import Basket
from opentusk.demand.words import THEME_CODES
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor

_IN_ORDER = tuple(Consultation.Phase)


@transaction.atomic
def create_consultation(*, by: Actor, slug: str, edition: str, title: str, **fields: Any) -> Consultation:
    """A draft on the basket of an edition, with its thirteen themes."""
    require(can_run(by), "create_consultation")
    Basket.objects.get_or_create(edition=edition)
    made = Consultation.objects.create(slug=slug, edition=edition, title=title, **fields)
    ThematicProposal.objects.bulk_create(ThematicProposal(consultation=made, theme=code) for code in THEME_CODES)
    record(ConsultationEvent.CREATED, made, by=by, facts={"title": title, "edition": edition})
    return made


@transaction.atomic
def change_consultation(consultation: Consultation, *, by: Actor, **fields: Any) -> Consultation:
    """Change words, switches and instants, until it is reported.

    Instants never take it back: what has opened is not announced again, what has closed does not open.
    Raises IllegalMove, NotAllowed.
    """
    require(can_run(by), "change_consultation")
    found = locked(consultation)
    if found.state == Consultation.State.REPORTED:
        raise IllegalMove(found.state, "change")
    changes = {
        name: [str(getattr(found, name)), str(value)] for name, value in fields.items() if getattr(found, name) != value
    }
    moment = timezone.now()
    before = found.phase(moment)
    for name, value in fields.items():
        setattr(found, name, value)
    if _IN_ORDER.index(found.phase(moment)) < _IN_ORDER.index(before):
        raise IllegalMove(before, found.phase(moment))
    found.save()
    if changes:
        record(ConsultationEvent.CHANGED, found, by=by, changes=changes, facts={"title": found.title})
    return found


@transaction.atomic
def schedule(consultation: Consultation, *, by: Actor) -> None:
    """Announce it: it opens and closes by itself. Raises Missing its instants, IllegalMove, NotAllowed."""
    require(can_run(by), "schedule")
    found = locked(consultation)
    if found.state != Consultation.State.DRAFT:
        raise IllegalMove(found.state, Consultation.State.SCHEDULED)
    lacking = tuple(name for name in ("opens_at", "closes_at") if getattr(found, name) is None)
    if lacking:
        raise Missing(lacking)
    found.state = Consultation.State.SCHEDULED
    found.save(update_fields=["state"])
    facts = {"title": found.title, "opens": str(found.opens_at), "closes": str(found.closes_at)}
    record(ConsultationEvent.SCHEDULED, found, by=by, facts=facts, is_public=True)
    consultation.refresh_from_db()


def locked(consultation: Consultation) -> Consultation:
    """The consultation as it is now, nobody else changing it."""
    return Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
