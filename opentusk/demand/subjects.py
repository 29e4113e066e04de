"""Wishes as other rooms speak of them."""

from opentusk.demand.models import WantedDataset
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import Card


def wish_card(pk: int) -> Card | None:
    """The card of one wish."""
    item = WantedDataset.objects.select_related("basket").filter(pk=pk).first()
    if item is None:
        return None
    return Card(
        subject=reference_of(item),
        title=item.title,
        url=f"/paniere/{item.basket.edition}/{item.number}",
        is_public=not item.is_hidden,
        edition=item.basket.edition,
        facts={"state": item.state, "theme": item.primary_theme, "number": item.number, "is_demo": item.is_demo},
    )
