"""Events as other rooms speak of them."""

from opentusk.journal.models import reference_of
from opentusk.journal.subjects import Card
from opentusk.programme.models import Event


def event_card(pk: int) -> Card | None:
    """The card of one event; the address of its online room is in no card."""
    event = Event.objects.select_related("edition").filter(pk=pk).first()
    return _card(event) if event else None


def event_cards() -> list[Card]:
    """Every event, the last first."""
    return [_card(event) for event in Event.objects.select_related("edition").order_by("-starts_at", "-pk")]


def _card(event: Event) -> Card:
    return Card(
        subject=reference_of(event),
        title=event.title,
        url=f"/eventi/{event.slug}",
        is_public=event.is_public,
        edition=event.edition.slug,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        facts={"kind": event.kind, "municipality": event.municipality, "is_demo": event.is_demo},
    )
