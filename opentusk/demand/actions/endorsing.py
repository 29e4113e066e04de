"""Supporting a thing, once each. Whether it may be supported now is asked by the room of the thing before."""

from django.db import models, transaction

from opentusk.demand.errors import Unconfirmed
from opentusk.demand.events import DemandEvent
from opentusk.demand.models import Endorsement
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.people.actors import person_behind
from opentusk.people.models import User


@transaction.atomic
def endorse(thing: models.Model, *, by: Actor, is_demo: bool = False) -> bool:
    """Support it; whether this was new. A second time, also at the same time, changes nothing. Raises Unconfirmed."""
    person = _person(by)
    _row, is_new = Endorsement.objects.get_or_create(
        person_key=person.person_key, subject=reference_of(thing), defaults={"world": person.world, "is_demo": is_demo}
    )
    if is_new:
        record(DemandEvent.ENDORSED, thing, by=by, facts={"person": person.person_key})
    return is_new


@transaction.atomic
def withdraw_endorsement(thing: models.Model, *, by: Actor) -> bool:
    """Take one's support back; whether there was any. Raises Unconfirmed."""
    person = _person(by)
    given = Endorsement.objects.on(reference_of(thing)).filter(person_key=person.person_key)
    number, _by_model = given.delete()
    if number:
        record(DemandEvent.ENDORSEMENT_WITHDRAWN, thing, by=by, facts={"person": person.person_key})
    return bool(number)


def _person(by: Actor) -> User:
    person = person_behind(by)
    if person is None:
        raise Unconfirmed
    return person
