"""What the clock asks of the programme room."""

from collections.abc import Sequence

from django.utils import timezone

from opentusk.journal.actions import enqueue
from opentusk.journal.models import Entry
from opentusk.programme import actions
from opentusk.programme.letters import send_letter_to
from opentusk.programme.models import Registration
from opentusk.programme.states import RegistrationState

# What a change must be about for who registered to hear of it.
_TOLD = {"starts_at", "ends_at", "venue", "municipality", "mode"}
_KINDS = {
    ("programme.registered", "pending"): "confirm",
    ("programme.registered", "confirmed"): "ticket",
    ("programme.registered", "waiting"): "waiting",
    ("programme.asked_again", "pending"): "confirm",
    ("programme.asked_again", "confirmed"): "ticket",
    ("programme.asked_again", "waiting"): "waiting",
    ("programme.asked_again", "offered"): "offer",
    ("programme.confirmed", "confirmed"): "ticket",
    ("programme.confirmed", "waiting"): "waiting",
    ("programme.offered", ""): "offer",
    ("programme.offer_expired", ""): "expired",
}


def tidy() -> None:
    """Forget what is not needed any more."""
    actions.forget_needs()
    actions.forget_old_registrations()


def write(registration_id: int, kind: str) -> None:
    """Send one letter; a registration that is gone, or has no address any more, needs none."""
    found = Registration.objects.select_related("event__edition").filter(pk=registration_id).first()
    if found is not None:
        send_letter_to(found, kind)


def follow(entries: Sequence[Entry]) -> None:
    """Ask for the letters that follow from what happened, each once for each entry."""
    for entry in entries:
        for pk, kind in _letters_of(entry):
            enqueue("opentusk.programme.tasks.write", key=f"programme:{entry.seq}:{pk}", registration_id=pk, kind=kind)


def expire() -> None:
    """Offer on the seats that nobody took."""
    actions.expire_offers()


def remind() -> None:
    """Two days before, ask everybody who has a seat whether they come; once for each event."""
    for event in actions.due_for_reminder(timezone.now()):
        for pk in event.registrations.filter(state=RegistrationState.CONFIRMED).values_list("pk", flat=True):
            enqueue(
                "opentusk.programme.tasks.write", key=f"programme:reminder:{pk}", registration_id=pk, kind="reminder"
            )


def _letters_of(entry: Entry) -> list[tuple[int, str]]:
    pk = entry.facts.get("registration")
    if pk is not None:
        kind = _KINDS.get((entry.event, entry.facts.get("state", "")), _KINDS.get((entry.event, "")))
        return [(pk, kind)] if kind else []
    standing = Registration.objects.filter(event_id=entry.subject_id).standing().values_list("pk", flat=True)
    if entry.event == "programme.event_cancelled":
        return [(number, "cancelled") for number in standing]
    is_news = entry.event == "programme.event_changed" and _TOLD & set(entry.facts.get("fields", []))
    return [(number, "changed") for number in standing] if is_news else []
