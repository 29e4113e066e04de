"""The letter to a juror: the secret address, the code, what comes first. It is kept nowhere."""

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from opentusk.bodies.letters import Letter
from opentusk.hackathon.models import Hackathon, Juror
from opentusk.jury.actions.judging import code_of, secret_of
from opentusk.ui.speech import spoken_day


def letter_to(juror: Juror) -> Letter:
    """What a juror reads, in the juror's language."""
    with translation.override(juror.language):
        values = {"title": juror.hackathon.title, "office": juror.office}
        return Letter(
            (juror.email,),
            _("Sei nella giuria di %(title)s") % values,
            (
                _("Ti chiediamo di giudicare i progetti di %(title)s, come %(office)s.") % values,
                _("Presiedi la giuria: a parità di punti decidi tu, con un motivo scritto.")
                if juror.is_president
                else "",
                _("Questo collegamento è solo tuo: non darlo a nessuno."),
                f"{settings.SITE_URL}/giuria/{secret_of(juror)}",
                _("Il codice che ti chiederà: %(code)s") % {"code": code_of(juror)},
                _("Prima dei voti dichiari se sei in conflitto con qualche squadra."),
                _times_of(juror.hackathon),
                _("Se non te lo aspetti, ignora questa lettera o scrivi a %(email)s.")
                % {"email": settings.PORTAL_EMAIL},
            ),
        )


def _times_of(hackathon: Hackathon) -> str:
    opens, closes = hackathon.judging_opens_at, hackathon.judging_closes_at
    words = [
        said % {"day": spoken_day(localtime(moment).date()), "time": f"{localtime(moment):%H:%M}"}
        for said, moment in (
            (_("Valutazione dal %(day)s, ore %(time)s."), opens),
            (_("Valutazione fino al %(day)s, ore %(time)s."), closes),
        )
        if moment
    ]
    return " ".join(words)
