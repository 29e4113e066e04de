"""What people read when the bodies room refuses something: what happened and the way out."""

from django.utils.translation import gettext as _

from opentusk.bodies.errors import (
    AgentKnown,
    AlreadyDecided,
    AlreadyMember,
    BodiesRefusal,
    InvitationUnusable,
    InvitedSomebodyElse,
    LastReferente,
    StillInUse,
)
from opentusk.bodies.models import Membership


def words_for(refusal: BodiesRefusal) -> str:
    """What happened and the way out."""
    match refusal:
        case AlreadyMember(email=email, role=role):
            return _("%(email)s ha già il ruolo di %(role)s in questo ente.") % {
                "email": email,
                "role": Membership.Role(role).label,
            }
        case LastReferente(agent=agent):
            return _("È l'unico referente di %(name)s: prima nominane un altro.") % {"name": agent}
        case InvitationUnusable():
            return _("Questo invito è scaduto, ritirato o già usato: chiedine un altro a chi ti ha invitato.")
        case InvitedSomebodyElse(email=email):
            return _("L'invito è per %(email)s: esci ed entra con quell'indirizzo.") % {"email": email}
    return _words_of_others(refusal)


def _words_of_others(refusal: BodiesRefusal) -> str:
    match refusal:
        case AlreadyDecided():
            return _("Qualcuno ha già risposto a questa richiesta.")
        case AgentKnown(value=value):
            return _("C'è già un ente con «%(value)s»: cercalo nell'elenco degli enti.") % {"value": value}
        case StillInUse(kinds=kinds):
            return _("Non si può togliere: restano %(kinds)s di questo ente.") % {"kinds": ", ".join(kinds)}
    return _("Non hai il permesso di farlo per questo ente.")
