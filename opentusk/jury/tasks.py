"""What the worker does for juries."""

from opentusk.hackathon.models import Juror
from opentusk.hackathon.states import JurorState
from opentusk.jury.letters import letter_to


def send_letter(juror: int) -> None:
    """Write to a juror in office; who left, or was replaced meanwhile, needs no letter."""
    found = Juror.objects.select_related("hackathon").exclude(state=JurorState.REPLACED).filter(pk=juror).first()
    if found and found.email:
        letter_to(found).send()
