"""Hackathons as other rooms speak of them."""

from opentusk.hackathon.models import Hackathon
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import Card


def hackathon_card(pk: int) -> Card | None:
    """The card of one hackathon."""
    found = Hackathon.objects.filter(pk=pk).first()
    if found is None:
        return None
    return Card(
        subject=reference_of(found),
        title=found.title,
        url=f"/hackathon/{found.slug}",
        is_public=found.is_public,
        edition=found.edition,
        facts={"state": found.state, "is_demo": found.is_demo},
    )
