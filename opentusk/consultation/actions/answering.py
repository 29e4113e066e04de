"""Official answers: written one by one, published together, so that nobody is answered before others."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from opentusk.consultation.actions.running import locked
from opentusk.consultation.errors import IllegalMove, Missing
from opentusk.consultation.events import ConsultationEvent
from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.consultation.permissions import can_run, require
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor


@transaction.atomic
def write_intro(proposal: ThematicProposal, intro: str, *, by: Actor) -> None:
    """Introduce a theme, until the report is fixed. Raises IllegalMove, NotAllowed."""
    require(can_run(by), "write_intro")
    found = ThematicProposal.objects.select_for_update(no_key=True, of=("self",)).select_related("consultation")
    row = found.get(pk=proposal.pk)
    if row.consultation.state == Consultation.State.REPORTED:
        raise IllegalMove(row.consultation.state, "change")
    words = intro.strip()
    if words != row.intro:
        changes = {"intro": [row.intro, words]}
        row.intro = words
        row.save(update_fields=["intro"])
        record(ConsultationEvent.CHANGED, row, by=by, changes=changes, facts={"theme": row.theme})
    proposal.refresh_from_db()


@transaction.atomic
def write_answer(proposal: ThematicProposal, answer: str, *, by: Actor) -> None:
    """Draft the answer to a theme; nobody sees it yet. Raises IllegalMove once it is published."""
    require(can_run(by), "write_answer")
    found = ThematicProposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if found.answer_published_at is not None:
        raise IllegalMove("published", "write_answer")
    if found.answer == answer.strip():
        return
    found.answer = answer.strip()
    found.save(update_fields=["answer"])
    record(ConsultationEvent.ANSWER_WRITTEN, found, by=by, facts={"theme": found.theme})
    proposal.refresh_from_db()


@transaction.atomic
def publish_answers(consultation: Consultation, *, by: Actor, now: datetime | None = None) -> None:
    """Publish all answers at once, after the closing. Raises Missing the themes without one, IllegalMove."""
    require(can_run(by), "publish_answers")
    moment = now or timezone.now()
    found = locked(consultation)
    if found.phase(moment) not in {Consultation.Phase.CLOSED, Consultation.Phase.REPORTED}:
        raise IllegalMove(found.phase(moment), "publish_answers")
    lacking = tuple(found.proposals.filter(answer="").order_by("theme").values_list("theme", flat=True))
    if lacking:
        raise Missing(lacking)
    for proposal in found.proposals.filter(answer_published_at__isnull=True).order_by("theme"):
        proposal.answer_published_at = moment
        proposal.save(update_fields=["answer_published_at"])
        record(ConsultationEvent.THEME_ANSWERED, proposal, by=by, facts={"theme": proposal.theme}, is_public=True)
    record(ConsultationEvent.ANSWERS_PUBLISHED, found, by=by, facts={"title": found.title}, is_public=True)
