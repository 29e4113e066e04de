"""Consultations and their themes as other rooms speak of them."""

from django.utils import timezone

from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import Card


def consultation_card(pk: int) -> Card | None:
    """The card of one consultation."""
    found = Consultation.objects.filter(pk=pk).first()
    return _card(found, reference_of(found), found.title, f"/consultazioni/{found.slug}") if found else None


def consultation_cards() -> list[Card]:
    """Every consultation, the newest first."""
    found = Consultation.objects.newest_first()
    return [_card(one, reference_of(one), one.title, f"/consultazioni/{one.slug}") for one in found]


def proposal_card(pk: int) -> Card | None:
    """The card of one theme."""
    found = ThematicProposal.objects.select_related("consultation").filter(pk=pk).first()
    if found is None:
        return None
    consultation = found.consultation
    title = f"{consultation.title}: {found.theme}"
    return _card(consultation, reference_of(found), title, f"/consultazioni/{consultation.slug}/{found.theme}")


def _card(consultation: Consultation, subject: str, title: str, url: str) -> Card:
    now = timezone.now()
    return Card(
        subject=subject,
        title=title,
        url=url,
        is_public=consultation.state != Consultation.State.DRAFT,
        edition=consultation.edition,
        starts_at=consultation.opens_at,
        ends_at=consultation.closes_at,
        facts={
            "is_open": consultation.is_open(now),
            "hides_counts": not consultation.shows_counts(now),
            "is_demo": consultation.is_demo,
        },
    )
