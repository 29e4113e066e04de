"""The letter to a mentor."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from opentusk.bodies.letters import Letter
from opentusk.hackathon.models import Hackathon
from opentusk.people.models import User


def letter_to_mentor(hackathon: Hackathon, user: User) -> Letter:
    """What a mentor reads, in the language of the account."""
    with translation.override(user.language):
        values = {"title": hackathon.title}
        return Letter(
            (user.email,),
            _("Sei mentore di %(title)s") % values,
            (
                _("Ti hanno aggiunto ai mentori di %(title)s: aiuti le squadre, e non puoi stare in una.") % values,
                f"{settings.SITE_URL}/hackathon/{hackathon.slug}",
                _("Se non te lo aspetti, ignora questa lettera o scrivi a %(email)s.")
                % {"email": settings.PORTAL_EMAIL},
            ),
        )
