"""Making a wish: in a consultation, by request, as a reason for another; how every wish becomes a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.demand.errors import TableClosed, TooLate, Unconfirmed, WordsMissing
from opentusk.demand.events import DemandEvent
from opentusk.demand.models import Basket, DatalabTable, UseCase, WantedDataset
from opentusk.demand.models.items import TITLE_LENGTH, WORDS_LENGTH
from opentusk.demand.states import Origin, Proponent
from opentusk.demand.words import checked, checked_theme
from opentusk.journal.actions import record
from opentusk.journal.actors import ANONYMOUS, SYSTEM, Actor
from opentusk.people.actors import person_behind

CORRECTABLE_FOR = timedelta(minutes=30)
# The legal clock of a request for reuse (D.Lgs. 36/2006, art. 5): thirty days from when it comes in.
LEGAL_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants, in their own words; `producers` are bodies of the portal that might have it."""

    title: str
    use_case: str = ""
    theme: str = ""
    producers_text: str = ""
    producers: Sequence[Agent] = field(default=())
    description: str = ""
    update_need: str = ""
    geographic_scope: str = ""
    world: str = ""

    def values(self) -> dict[str, Any]:
        """The columns it fills, checked. Raises WordsMissing, WordsTooLong, NamesSomebody, UnknownTheme."""
        title = checked(self.title, "title", most=TITLE_LENGTH)
        if not title:
            raise WordsMissing("title")
        return {
            "title": title,
            "use_case": checked(self.use_case, "use_case", most=WORDS_LENGTH),
            "description": checked(self.description, "description", most=WORDS_LENGTH),
            "update_need": checked(self.update_need, "update_need", most=200),
            "geographic_scope": checked(self.geographic_scope, "geographic_scope", most=200),
            "producers_text": checked(self.producers_text, "producers_text", most=300),
            "primary_theme": checked_theme(self.theme),
        }


@transaction.atomic
def propose(
    basket: Basket,
    wish: Wish,
    *,
    by: Actor,
    origin: Origin,
    consultation: str = "",
    as_body: Agent | None = None,
    is_demo: bool = False,
) -> WantedDataset:
    """A wish of somebody with an account, in a consultation, at a hackathon or by request.

    What is wished in a demonstration is invented. Whether a consultation is open is asked by its room before. A request
    gets the legal clock. Raises Unconfirmed, and what `Wish.values` raises.
    """
    person = person_behind(by)
    if person is None:
        raise Unconfirmed
    now = timezone.now()
    legal = timezone.localdate(now) + timedelta(days=LEGAL_DAYS) if origin == Origin.REQUEST else None
    item = created(
        basket,
        wish,
        by=by,
        origin=origin,
        consultation=consultation,
        proponent=person,
        proponent_kind=Proponent.BODY if as_body else Proponent.PERSON,
        proponent_label=as_body.name if as_body else "",
        proponent_world=wish.world or person.world,
        legal_due_on=legal,
        is_demo=is_demo,
    )
    written(item, by=by)
    return item


@transaction.atomic
def invent(basket: Basket, wish: Wish, *, consultation: str) -> WantedDataset:
    """A demonstration wish of a consultation, behind which there is nobody; it says so on every page."""
    item = created(
        basket,
        wish,
        by=SYSTEM,
        origin=Origin.CONSULTATION,
        consultation=consultation,
        proponent_kind=Proponent.ANONYMOUS,
        proponent_world=wish.world,
        is_demo=True,
    )
    written(item, by=SYSTEM)
    return item


@transaction.atomic
def add_reason(
    item: WantedDataset, words: str, *, world: str = "", table: DatalabTable | None = None, client_key: str = ""
) -> UseCase:
    """Somebody else's reason for a wish that is there already; the same sending twice is one.

    Raises WordsMissing, WordsTooLong, NamesSomebody, TableClosed.
    """
    take_turns(item.basket)
    if client_key and (known := UseCase.objects.filter(client_key=client_key).first()):
        return known
    if table is not None and not table.is_open(timezone.now()):
        raise TableClosed
    said = checked(words, "use_case", most=WORDS_LENGTH)
    if not said:
        raise WordsMissing("use_case")
    reason = UseCase.objects.create(
        item=item, words=said, world=world, table=table, client_key=client_key or None, is_demo=item.is_demo
    )
    record(DemandEvent.REASON_ADDED, item, by=ANONYMOUS, facts={"number": item.number, "reason": reason.pk})
    return reason


@transaction.atomic
def correct_own(item: WantedDataset, wish: Wish, *, now: datetime | None = None) -> None:
    """Change one's own wish for half an hour, by the secret address that its sender was given. Raises TooLate."""
    if (now or timezone.now()) - item.created_at >= CORRECTABLE_FOR or item.state != "proposed":
        raise TooLate
    values = wish.values()
    changes = {name: [getattr(item, name), value] for name, value in values.items() if getattr(item, name) != value}
    for name, value in values.items():
        setattr(item, name, value)
    item.save(update_fields=[*values])
    item.producers.set(wish.producers)
    record(DemandEvent.CORRECTED, item, by=ANONYMOUS, changes=changes, facts={"number": item.number})


def take_turns(basket: Basket) -> None:
    """Whoever comes second waits here, so that no number is given twice and no sending is kept twice."""
    basket.last_number = Basket.objects.select_for_update(no_key=True).get(pk=basket.pk).last_number


def created(basket: Basket, wish: Wish, *, by: Actor, default_theme: str = "", **columns: Any) -> WantedDataset:
    """The row of a wish, with the next number of its basket."""
    values = wish.values()
    values["primary_theme"] = values["primary_theme"] or default_theme
    take_turns(basket)
    basket.last_number += 1
    basket.save(update_fields=["last_number"])
    item = WantedDataset.objects.create(basket=basket, number=basket.last_number, **values, **columns)
    item.producers.set(wish.producers)
    return item


def written(item: WantedDataset, *, by: Actor) -> None:
    """Write down that it was made."""
    facts = {
        "edition": item.basket.edition,
        "number": item.number,
        "title": item.title,
        "theme": item.primary_theme,
        "origin": item.origin,
        "event": item.event,
        "world": item.proponent_world,
        "hidden": item.is_hidden,
        "demo": item.is_demo,
    }
    record(DemandEvent.PROPOSED, item, by=by, facts=facts)
