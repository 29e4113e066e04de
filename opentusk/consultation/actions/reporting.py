"""The report: figures at an instant, fixed for ever."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from opentusk.consultation.actions.running import locked
from opentusk.consultation.counting import Counts, canonical, counts_at, hash_of
from opentusk.consultation.errors import IllegalMove, Missing
from opentusk.consultation.events import ConsultationEvent
from opentusk.consultation.models import Consultation, MilestoneReport
from opentusk.consultation.permissions import can_run, require
from opentusk.demand.actions import freeze
from opentusk.demand.models import Basket
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of


@transaction.atomic
def freeze_report(consultation: Consultation, *, by: Actor, now: datetime | None = None) -> MilestoneReport:
    """Fix the figures of a closed consultation as they are now; the basket's mergers cannot be undone any more.

    Raises IllegalMove while it is open, or once it is reported, and NotAllowed.
    """
    require(can_run(by), "freeze_report")
    moment = now or timezone.now()
    found = locked(consultation)
    if found.phase(moment) != Consultation.Phase.CLOSED:
        raise IllegalMove(found.phase(moment), Consultation.State.REPORTED)
    text = canonical(counts_of(found, moment))
    report = MilestoneReport.objects.create(
        edition=found.edition,
        consultation=found,
        kind=MilestoneReport.Kind.CONSULTATION,
        as_of=moment,
        counts=text,
        sha256=hash_of(text),
        is_demo=found.is_demo,
    )
    freeze(Basket.objects.get(edition=found.edition), at=moment)
    found.state = Consultation.State.REPORTED
    found.save(update_fields=["state"])
    facts = {"title": found.title, "sha256": report.sha256}
    record(ConsultationEvent.REPORTED, found, by=by, facts=facts, is_public=True)
    consultation.refresh_from_db()
    return report


@transaction.atomic
def freeze_datalab_report(edition: str, *, by: Actor, now: datetime | None = None) -> MilestoneReport:
    """Fix the figures of the basket of an edition after its datalabs, once. Raises IllegalMove, Missing, NotAllowed."""
    require(can_run(by), "freeze_report")
    moment = now or timezone.now()
    basket = Basket.objects.select_for_update(no_key=True).filter(edition=edition).first()
    if basket is None:
        raise Missing(("edition",))
    if MilestoneReport.objects.filter(edition=edition, kind=MilestoneReport.Kind.DATALAB).exists():
        raise IllegalMove(MilestoneReport.Kind.DATALAB, Consultation.State.REPORTED)
    text = canonical(counts_at(edition, moment))
    report = MilestoneReport.objects.create(
        edition=edition, kind=MilestoneReport.Kind.DATALAB, as_of=moment, counts=text, sha256=hash_of(text)
    )
    facts = {"edition": edition, "sha256": report.sha256}
    record(ConsultationEvent.MILESTONE, report, by=by, facts=facts)
    return report


def counts_of(consultation: Consultation, as_of: datetime) -> Counts:
    """The figures of a consultation at an instant, with its title and the answers that everybody could read then."""
    proposals = list(consultation.proposals.order_by("theme"))
    counts = counts_at(consultation.edition, as_of, proposals=[reference_of(one) for one in proposals])
    answered = [one for one in proposals if one.answer_published_at and one.answer_published_at <= as_of]
    given = counts["endorsements_of_themes"]
    return counts | {
        "title": consultation.title,
        "support_of_themes": {one.theme: given[reference_of(one)] for one in proposals},
        "answers": {one.theme: one.answer for one in answered},
    }
