"""What every step of a request to join does: move it along the table."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from opentusk.bodies.errors import NotAllowed
from opentusk.bodies.permissions import require
from opentusk.joining.errors import WrongMove
from opentusk.joining.events import JoiningEvent
from opentusk.joining.machine import MOVES
from opentusk.joining.models import Accreditation, AccreditationStatus
from opentusk.joining.permissions import can_follow, may_move
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor


def lock_for(accreditation: Accreditation, target: AccreditationStatus, *, by: Actor) -> None:
    """Read the row anew and keep it; refuse at once what could not be moved to `target` by this actor."""
    require(can_follow(by, accreditation), "move", accreditation.pk)
    accreditation.refresh_from_db(from_queryset=Accreditation.objects.select_for_update(no_key=True))
    pair = (AccreditationStatus(accreditation.status), target)
    if accreditation.confirmed_at is None or pair not in MOVES:
        raise WrongMove(accreditation.status, target)
    if not may_move(by, accreditation, target):
        raise NotAllowed(action=f"move_to_{target}", subject=str(accreditation.pk))


def move(
    accreditation: Accreditation,
    target: AccreditationStatus,
    *,
    by: Actor,
    values: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Take a request to its next state with the values that the step brings, inside the caller's transaction."""
    lock_for(accreditation, target, by=by)
    before, now = accreditation.status, timezone.now()
    columns = {**(values or {}), "status": target, "status_since": now, "waits_since": now}
    for name, value in columns.items():
        setattr(accreditation, name, value)
    accreditation.save(update_fields=list(columns))
    changes = {"status": [before, str(target)]}
    write_entry(JoiningEvent.MOVED, accreditation, by=by, changes=changes, facts=facts)
