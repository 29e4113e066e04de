"""Every write of the datalab room: tables prepared, opened, closed; wishes made at them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from opentusk.bodies.permissions import is_desk
from opentusk.datalab.events import DatalabEvent
from opentusk.datalab.permissions import can_lead
from opentusk.demand.actions import Wish
from opentusk.demand.actions.wishing import created, take_turns, written
from opentusk.demand.errors import TableClosed, WordsMissing
from opentusk.demand.models import Basket, Datalab, DatalabTable, WantedDataset
from opentusk.demand.permissions import require
from opentusk.demand.states import Origin, Proponent
from opentusk.demand.words import checked_theme
from opentusk.journal.actions import record
from opentusk.journal.actors import ANONYMOUS, Actor
from opentusk.journal.subjects import Card


@transaction.atomic
def make_tables(
    event: Card,
    themes: Sequence[Sequence[str]],
    *,
    by: Actor,
    opens_at: datetime,
    closes_at: datetime,
    place: str = "",
    checks_first: bool = False,
    is_demo: bool = False,
) -> Datalab:
    """One table for each list of themes, numbered from 1; called again it adds the missing ones and moves the times.

    Raises NotAllowed, UnknownTheme, WordsMissing when the event has no edition.
    """
    require(is_desk(by), "make_tables")
    if not event.edition:
        raise WordsMissing("edition")
    basket, _is_new = Basket.objects.get_or_create(edition=event.edition)
    datalab, _is_new = Datalab.objects.update_or_create(
        event=event.subject,
        defaults={
            "event_title": event.title,
            "slug": slugify(event.title)[:110],
            "place": place,
            "basket": basket,
            "checks_first": checks_first,
            "is_demo": is_demo,
        },
    )
    for number, codes in enumerate(themes, start=1):
        DatalabTable.objects.update_or_create(
            datalab=datalab,
            number=number,
            defaults={
                "themes": [checked_theme(code) for code in codes],
                "opens_at": opens_at,
                "closes_at": closes_at,
            },
        )
    record(DatalabEvent.TABLES_MADE, datalab, by=by, facts={"event": event.subject, "tables": len(themes)})
    return datalab


@transaction.atomic
def open_table(table: DatalabTable, *, by: Actor, until: datetime) -> None:
    """Take wishes from now on. Raises NotAllowed."""
    require(can_lead(by, table.datalab.event), "open_table")
    table.opens_at, table.closes_at = min(table.opens_at, timezone.now()), until
    table.save(update_fields=["opens_at", "closes_at"])
    record(DatalabEvent.TABLE_OPENED, table, by=by, facts={"event": table.datalab.event, "number": table.number})


@transaction.atomic
def close_table(table: DatalabTable, *, by: Actor) -> None:
    """Take no more wishes. Raises NotAllowed."""
    require(can_lead(by, table.datalab.event), "close_table")
    now = timezone.now()
    table.closes_at = max(min(table.closes_at, now), table.opens_at)
    table.save(update_fields=["closes_at"])
    record(DatalabEvent.TABLE_CLOSED, table, by=by, facts={"event": table.datalab.event, "number": table.number})


@transaction.atomic
def wish_at_table(
    table: DatalabTable, wish: Wish, *, client_key: str, now: datetime | None = None
) -> tuple[WantedDataset, bool]:
    """A wish from a phone at a table, and whether it is new: the same sending twice gives the first one back.

    Nobody is asked who they are. Raises TableClosed, and what `Wish.values` raises.
    """
    return _known_or_new(table, wish, client_key=client_key, is_open=table.is_open(now or timezone.now()))


@transaction.atomic
def wish_on_paper(table: DatalabTable, wish: Wish, *, by: Actor, client_key: str = "") -> tuple[WantedDataset, bool]:
    """A wish from a card of paper, typed in by who leads the tables, also after they closed. Raises NotAllowed."""
    require(can_lead(by, table.datalab.event), "wish_on_paper")
    return _known_or_new(table, wish, client_key=client_key, is_open=True, by=by)


def _known_or_new(
    table: DatalabTable, wish: Wish, *, client_key: str, is_open: bool, by: Actor = ANONYMOUS
) -> tuple[WantedDataset, bool]:
    """The wish of this sending, and whether it is new. Raises TableClosed."""
    datalab = table.datalab
    take_turns(datalab.basket)
    if client_key and (known := WantedDataset.objects.filter(client_key=client_key).first()):
        return known, False
    if not is_open:
        raise TableClosed
    default = table.themes[0] if len(table.themes) == 1 else ""
    item = created(
        datalab.basket,
        wish,
        by=by,
        origin=Origin.DATALAB,
        proponent_kind=Proponent.TABLE,
        proponent_world=wish.world,
        proponent_label=f"{datalab.event_title}, tavolo {table.number}",
        table=table,
        event=datalab.event,
        event_title=datalab.event_title,
        client_key=client_key or None,
        is_hidden=datalab.checks_first,
        is_demo=datalab.is_demo,
        default_theme=default,
    )
    written(item, by=by)
    return item, True
