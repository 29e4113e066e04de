"""What the rooms of bodies, people and notices refuse, in CKAN's words."""

from opentusk.bodies.errors import AgentKnown, BodiesRefusal, StillInUse
from opentusk.ckan.errors import Fault, NotAuthorizedFault, ValidationFault
from opentusk.ckan.refusing import answers
from opentusk.joining.refusals import words_for
from opentusk.people import errors as people
from opentusk.subscriptions import errors as subscriptions

_TAKEN = {
    "slug": ("name", "Group name already exists in database"),
    "uuid": ("id", "That id is already in use"),
    "ipa_code": ("identifier", 'There is a body with the code "{}" already'),
}


@answers(AgentKnown)
def _known(refusal: AgentKnown) -> Fault:
    field, words = _TAKEN[refusal.field]
    return ValidationFault({field: [words.format(refusal.value)]})


@answers(StillInUse)
def _in_use(refusal: StillInUse) -> Fault:
    return ValidationFault({"id": [words_for(refusal)]})


@answers(BodiesRefusal)
def _bodies(refusal: BodiesRefusal) -> Fault:
    return ValidationFault({"message": [words_for(refusal)]})


@answers(people.NotAllowed)
def _not_allowed(refusal: people.NotAllowed) -> Fault:
    return NotAuthorizedFault(f"not authorized to {refusal.action}")


@answers(people.AddressTaken)
def _address(refusal: people.AddressTaken) -> Fault:
    return ValidationFault({"email": [f"The email address '{refusal.email}' belongs to a registered user."]})


@answers(people.WeakPassword)
def _password(refusal: people.WeakPassword) -> Fault:
    return ValidationFault({"password": list(refusal.reasons)})


@answers(people.LastAdmin)
def _last(refusal: people.LastAdmin) -> Fault:
    return ValidationFault({"id": ["Nobody would be left who runs the portal"]})


@answers(subscriptions.UnknownScope)
def _unknown(refusal: subscriptions.UnknownScope) -> Fault:
    return ValidationFault({"id": ["Only what is public can be followed"]})


@answers(subscriptions.TooMany)
def _too_many(refusal: subscriptions.TooMany) -> Fault:
    return ValidationFault({"message": f"Nobody follows more than {refusal.limit} things"})
