"""What the clock asks of people: steps that wait too long."""

from datetime import datetime, timedelta

from django.db import transaction

from opentusk.bodies.actions.posting import ask_letter
from opentusk.joining.events import JoiningEvent
from opentusk.joining.machine import waits_for
from opentusk.joining.models import Accreditation, Agreement
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import SYSTEM


def remind(*, now: datetime) -> int:
    """Write to whoever must act on a request that has not moved for too long; how many letters were asked for."""
    limit = now - timedelta(days=Agreement.current().reminder_days)
    return sum(_remind(pk, limit, now) for pk in _numbers(limit))


def _numbers(limit: datetime) -> list[int]:
    return list(Accreditation.objects.waiting_since(limit).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, limit: datetime, now: datetime) -> bool:
    found = Accreditation.objects.waiting_since(limit).select_for_update(no_key=True).filter(pk=pk).first()
    party = waits_for(found) if found else None
    if found is None or party is None:
        return False
    found.waits_since = now
    found.save(update_fields=["waits_since"])
    ask_letter(f"reminder_to_{party}", found)
    write_entry(JoiningEvent.REMINDED, found, by=SYSTEM, facts={"party": str(party)})
    return True
