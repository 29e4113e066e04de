"""What the worker does for the bodies: letters, and the yearly question by the clock."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone, translation

from opentusk.bodies import actions, letters
from opentusk.bodies.letters import Letter
from opentusk.bodies.models import Invitation, Membership, MembershipRequest


def send_letter(letter: str, about: str, pk: int) -> None:
    """Write the letter of this name about a row of this model, and send it; a row that is gone needs no letter."""
    with translation.override(settings.LANGUAGE_CODE):
        written = _WRITERS[about](letter, pk)
    if written:
        written.send()


def ask_for_confirmations() -> None:
    """Ask the referenti, once a year, who still works for their body."""
    actions.ask_for_confirmations(now=timezone.now())


def _about_invitation(_letter: str, pk: int) -> Letter | None:
    found = Invitation.objects.waiting().select_related("agent").filter(pk=pk).first()
    return letters.about_invitation(found) if found else None


def _about_membership(letter: str, pk: int) -> Letter | None:
    found = Membership.objects.select_related("agent", "user").filter(pk=pk).first()
    return letters.about_membership(letter, found) if found else None


def _about_request(letter: str, pk: int) -> Letter | None:
    found = MembershipRequest.objects.select_related("agent", "user").filter(pk=pk).first()
    if found is None:
        return None
    referenti = Membership.objects.valid().referenti_of(found.agent).values_list("user__email", flat=True)
    return letters.about_request(letter, found, referenti)


_WRITERS: dict[str, Callable[[str, int], Letter | None]] = {
    "invitation": _about_invitation,
    "membership": _about_membership,
    "membershiprequest": _about_request,
}
