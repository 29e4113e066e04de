"""The letters of the room, each as plain text: who gets it, what it says, where it leads.

A letter names what happened, what to do now and by which address. It is written by the worker when it is sent, so
the secret addresses in it are kept nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from opentusk.bodies.models import Invitation, Membership, MembershipRequest
from opentusk.bodies.tokens import token_of
from opentusk.people.actions import sign_in_path

WELCOME_LIFE = timedelta(days=3)
INVITATION = "invitation"


@dataclass(frozen=True)
class Letter:
    """One letter: its readers, one by one, so that none sees another's address."""

    to: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs with the portal's signature."""
        return "\n\n".join(
            [*(part for part in self.paragraphs if part), f"{settings.PORTAL_TITLE}\n{settings.SITE_URL}"]
        )

    def send(self) -> None:
        """Post it, one by one."""
        for reader in self.to:
            send_mail(self.subject, self.text, settings.DEFAULT_FROM_EMAIL, [reader])


def invitation_address(invitation: Invitation) -> str:
    """Where an invitation is accepted."""
    return f"{settings.SITE_URL}/invito/{token_of(INVITATION, invitation.key)}"


def about_invitation(invitation: Invitation) -> Letter:
    """Somebody is asked to work for a body."""
    values = {"name": invitation.agent.name, "role": invitation.get_role_display(), "portal": settings.PORTAL_TITLE}
    return Letter(
        (invitation.email,),
        _("%(name)s ti invita su %(portal)s") % values,
        (
            _("%(name)s ti invita a lavorare ai suoi dati aperti come %(role)s. Accetta da qui:") % values,
            invitation_address(invitation),
            _("L'invito vale 14 giorni. Se non te lo aspetti, ignoralo."),
        ),
    )


def about_request(name: str, request: MembershipRequest, referenti: Iterable[str]) -> Letter:
    """Somebody asks to work for a body (to those who decide), or was refused (to the person)."""
    values = {"name": request.agent.name, "role": request.get_role_display()}
    if name == "membership_refused":
        words = _("La tua richiesta di lavorare per %(name)s come %(role)s non è stata accolta.") % values
        return Letter((request.user.email,), _("Richiesta non accolta: %(name)s") % values, (words,))
    readers = tuple(referenti) or (settings.PORTAL_EMAIL,)
    words = _("Una persona chiede di lavorare per %(name)s come %(role)s. Decidi da qui:") % values
    return Letter(
        readers, _("Richiesta di lavorare per %(name)s") % values, (words, _people_address(request.agent.slug))
    )


def about_membership(name: str, membership: Membership) -> Letter:
    """What happened to a person's place in a body, or to the body itself."""
    agent = membership.agent
    values = {
        "name": agent.name,
        "role": membership.get_role_display(),
        "portal": settings.PORTAL_TITLE,
        "state": agent.get_status_display(),
    }
    to = (membership.user.email,)
    match name:
        case "welcome":
            words = _("%(name)s ha aderito a %(portal)s e tu ne sei referente open data. Entra con questo indirizzo:")
            later = _("Vale tre giorni e una volta sola; dopo, chiedine un altro qui:")
            address, ask = settings.SITE_URL + sign_in_path(membership.user, life=WELCOME_LIFE), _ask_link_address()
            return Letter(to, _("%(name)s è su %(portal)s") % values, (words % values, address, later, ask))
        case "member_added":
            words = _("Ora lavori per %(name)s come %(role)s su %(portal)s. Entra da qui:")
            return Letter(to, _("Lavori per %(name)s") % values, (words % values, _ask_link_address()))
        case "member_removed":
            words = _("Non lavori più per %(name)s come %(role)s su %(portal)s.") % values
            return Letter(to, _("Il tuo ruolo in %(name)s è finito") % values, (words,))
        case "reconfirm":
            words = _("È passato un anno: conferma chi lavora ancora per %(name)s, e togli chi non c'è più:") % values
            subject = _("Chi lavora ancora per %(name)s?") % values
            return Letter(to, subject, (words, _people_address(agent.slug)))
        case _state_changed:
            words = _("Lo stato di %(name)s su %(portal)s ora è: %(state)s.") % values
            kept = _("Ciò che è pubblicato resta visibile.")
            return Letter(to, _("%(name)s: %(state)s") % values, (words, agent.status_reason, kept))


def _people_address(slug: str) -> str:
    return f"{settings.SITE_URL}/enti/{slug}/persone"


def _ask_link_address() -> str:
    return f"{settings.SITE_URL}/accedi/collegamento"
