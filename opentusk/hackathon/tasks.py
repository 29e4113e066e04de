"""What the worker does for hackathons."""

from opentusk.hackathon.letters import letter_to_mentor
from opentusk.hackathon.models import Hackathon
from opentusk.people.models import RoleGrant


def send_mentor_letter(hackathon: int, grant: int) -> None:
    """Write to somebody who helps; who no longer does needs no letter."""
    contest = Hackathon.objects.filter(pk=hackathon).first()
    found = RoleGrant.objects.valid().select_related("user").filter(pk=grant).first()
    if contest and found:
        letter_to_mentor(contest, found.user).send()
