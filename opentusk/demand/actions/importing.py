"""Wishes that were made on another platform: taken over with where they come from, without who made them."""

from django.db import transaction

from opentusk.demand.actions.wishing import Wish, created, written
from opentusk.demand.models import Basket, WantedDataset
from opentusk.demand.permissions import can_moderate, require
from opentusk.demand.states import Origin, Proponent
from opentusk.journal.actors import Actor


@transaction.atomic
def take_over(
    basket: Basket,
    wish: Wish,
    *,
    by: Actor,
    origin: Origin,
    import_key: str,
    consultation: str,
    support: int = 0,
    is_draft: bool = False,
) -> WantedDataset:
    """A wish from elsewhere; a draft is seen by nobody until the desk accepts it. Support from there stays apart.

    Raises NotAllowed, and what `Wish.values` raises.
    """
    require(can_moderate(by), "take_over")
    item = created(
        basket,
        wish,
        by=by,
        origin=origin,
        consultation=consultation,
        proponent_kind=Proponent.IMPORT,
        import_key=import_key,
        imported_support=support,
        is_hidden=is_draft,
    )
    written(item, by=by)
    return item
