"""Letters that are nobody's subscription: about the owner's own keys."""

from django.conf import settings
from django.utils.translation import gettext as _

from opentusk.bodies.letters import Letter
from opentusk.people.models import ApiToken
from opentusk.ui.speech import spoken_date


def letter_about_token(token: ApiToken) -> Letter:
    """A key is about to expire."""
    assert token.expires_at is not None
    values = {"name": token.name, "start": token.start, "day": spoken_date(token.expires_at.date().isoformat())}
    words = _("La chiave per programmi «%(name)s» (%(start)s…) scade il %(day)s: dopo, il programma non entra più.")
    return Letter(
        (token.user.email,),
        _("Una chiave per programmi scade il %(day)s") % values,
        (words % values, _("Creane una nuova da qui:"), f"{settings.SITE_URL}/profilo/chiavi"),
    )
