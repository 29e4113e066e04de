"""Who moderates and who leads datalabs: given and taken back by whoever runs the portal; the person is told."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from opentusk.journal.actors import Actor
from opentusk.journal.subjects import card_of
from opentusk.people.errors import UnknownAccount
from opentusk.people.models import RoleGrant, User
from opentusk.people.permissions import is_portal_admin, require
from opentusk.people.roles import end_role, grant_role

# Mentors and jurors are named on the page of their hackathon.
APPOINTED = (RoleGrant.Role.MODERATOR, RoleGrant.Role.FACILITATOR)


@transaction.atomic
def appoint(email: str, role: RoleGrant.Role, *, by: Actor, scope: str = "") -> RoleGrant:
    """Let an account moderate, or lead the tables of one event or of all. Twice changes nothing.

    Moderation is for the whole portal. Raises NotAllowed, UnknownAccount.
    """
    require(is_portal_admin(by) and role in APPOINTED, "appoint", role)
    address = email.strip().lower()
    user = User.objects.active().filter(email=address).first()
    if user is None:
        raise UnknownAccount(address)
    where = scope if role == RoleGrant.Role.FACILITATOR else ""
    had = RoleGrant.objects.valid().filter(user=user, role=role, scope=where).exists()
    grant = grant_role(user, role, by=by, scope=where)
    if not had:
        _tell(grant)
    return grant


@transaction.atomic
def dismiss(grant: RoleGrant, *, by: Actor) -> None:
    """Take a role back, from now on. Twice changes nothing. Raises NotAllowed."""
    require(is_portal_admin(by) and grant.role in APPOINTED, "dismiss", grant.role)
    found = RoleGrant.objects.select_for_update(no_key=True).get(pk=grant.pk)
    if found.ended_at is None:
        end_role(found, by=by)
        _tell(found)


def _tell(grant: RoleGrant) -> None:
    """A letter to the person: a role that one did not ask for may be a sign that something is wrong."""
    card = card_of(grant.scope) if grant.scope else None
    user = grant.user
    with override(user.language):
        context = {
            "grant": grant,
            "where": card.title if card else "",
            "portal": settings.PORTAL_TITLE,
            "site": settings.SITE_URL,
        }
        subject = _("I tuoi incarichi su %(portal)s") % {"portal": settings.PORTAL_TITLE}
        body = render_to_string("people/role_letter.txt", context)
    transaction.on_commit(lambda: send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email]))
