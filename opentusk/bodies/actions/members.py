"""Who works for a body: inviting, letting in, confirming, taking away."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.actions.posting import ask_letter
from opentusk.bodies.errors import AlreadyDecided, AlreadyMember, InvitationUnusable, InvitedSomebodyElse, LastReferente
from opentusk.bodies.events import BodiesEvent
from opentusk.bodies.models import Agent, Invitation, Membership, MembershipRequest
from opentusk.bodies.permissions import can_manage_members, require
from opentusk.bodies.tokens import new_key
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.people.actions import sign_in_path
from opentusk.people.actors import actor_of
from opentusk.people.models import User

INVITATION_LIFE = timedelta(days=14)


@transaction.atomic
def add_member(agent: Agent, *, email: str, role: Membership.Role, by: Actor, letter: str = "") -> Membership:
    """Let a person work for a body; an account is made for an address that has none. Raises AlreadyMember.

    They are told by `letter`, or in the usual words when somebody else let them in.
    """
    require(can_manage_members(by, agent), "add_member", agent.ipa_code)
    address = email.strip().lower()
    user = User.objects.filter(email=address).first() or User.objects.create_user(address)
    return _join(user, agent, role, by=by, letter=letter)


@transaction.atomic
def invite(agent: Agent, *, email: str, role: Membership.Role, by: Actor) -> Invitation:
    """Ask the owner of an address to work for the body; asked again, the first letter becomes worthless.

    Raises AlreadyMember.
    """
    require(can_manage_members(by, agent), "invite", agent.ipa_code)
    address = email.strip().lower()
    if Membership.objects.current().filter(agent=agent, role=role, user__email=address).exists():
        raise AlreadyMember(address, role)
    invitation = agent.invitations.waiting().select_for_update(no_key=True).filter(email=address, role=role).first()
    if invitation is None:
        invitation = Invitation(agent=agent, email=address, role=role)
    invitation.key, invitation.expires_at = new_key(), timezone.now() + INVITATION_LIFE
    invitation.save()
    ask_letter("invitation", invitation)
    write_entry(BodiesEvent.MEMBER_INVITED, agent, by=by, facts={"role": str(role)})
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take an invitation back; its letter opens nothing any more. Raises InvitationUnusable."""
    require(can_manage_members(by, invitation.agent), "revoke_invitation", invitation.agent.ipa_code)
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update(no_key=True))
    if invitation.accepted_at or invitation.revoked_at:
        raise InvitationUnusable
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    write_entry(BodiesEvent.INVITATION_REVOKED, invitation.agent, by=by, facts={"role": invitation.role})


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User) -> Membership:
    """The signed-in person accepts. Raises InvitationUnusable, InvitedSomebodyElse."""
    _take_up(invitation)
    if user.email != invitation.email:
        raise InvitedSomebodyElse(invitation.email)
    return _join(user, invitation.agent, Membership.Role(invitation.role), by=actor_of(user), is_kept=True)


@transaction.atomic
def accept_as_newcomer(invitation: Invitation) -> str:
    """Make an account for an invited address that has none; gives the one-time path that signs it in.

    Whoever has an account signs in first: the letter of an invitation lives too long to open one that exists.
    Raises InvitationUnusable.
    """
    _take_up(invitation)
    if User.objects.filter(email=invitation.email).exists():
        raise InvitationUnusable
    user = User.objects.create_user(invitation.email)
    _join(user, invitation.agent, Membership.Role(invitation.role), by=actor_of(user))
    return sign_in_path(user)


@transaction.atomic
def request_membership(agent: Agent, user: User, *, role: Membership.Role, message: str = "") -> MembershipRequest:
    """A person asks to work for a body; asked twice, it is one request. Raises AlreadyMember."""
    if Membership.objects.current().filter(agent=agent, role=role, user=user).exists():
        raise AlreadyMember(user.email, role)
    found = MembershipRequest.objects.waiting().filter(agent=agent, user=user, role=role).first()
    if found:
        return found
    request = MembershipRequest.objects.create(agent=agent, user=user, role=role, message=message.strip())
    ask_letter("membership_asked", request)
    write_entry(BodiesEvent.MEMBERSHIP_ASKED, agent, by=actor_of(user), facts={"role": str(role)})
    return request


@transaction.atomic
def approve_request(request: MembershipRequest, *, by: Actor) -> Membership:
    """Let the person in. Raises AlreadyDecided."""
    _decide(request, is_approved=True, by=by)
    return _join(request.user, request.agent, Membership.Role(request.role), by=by, is_kept=True)


@transaction.atomic
def refuse_request(request: MembershipRequest, *, by: Actor) -> None:
    """Do not let the person in. Raises AlreadyDecided."""
    _decide(request, is_approved=False, by=by)
    ask_letter("membership_refused", request)
    write_entry(BodiesEvent.MEMBERSHIP_REFUSED, request.agent, by=by, facts={"role": request.role})


@transaction.atomic
def confirm_membership(membership: Membership, *, by: Actor) -> None:
    """Say that the person still works for the body in this role."""
    require(can_manage_members(by, membership.agent), "confirm_membership", membership.agent.ipa_code)
    membership.confirmed_at = timezone.now()
    membership.save(update_fields=["confirmed_at"])
    write_entry(BodiesEvent.MEMBER_CONFIRMED, membership.agent, by=by, facts=_facts(membership))


@transaction.atomic
def end_membership(membership: Membership, *, by: Actor) -> None:
    """Take a person's role in a body away, or leave it oneself; that it was theirs once stays on record.

    Raises LastReferente: somebody must answer for a body, until it ends.
    """
    agent = membership.agent
    require(can_manage_members(by, agent) or by.user_id == membership.user_id, "end_membership", agent.ipa_code)
    # The body's row is the lock: two referenti who end each other at once must not leave it without any.
    agent.refresh_from_db(from_queryset=Agent.objects.select_for_update(no_key=True))
    if _is_last_referente(membership):
        raise LastReferente(agent.name)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    ask_letter("member_removed", membership)
    write_entry(BodiesEvent.MEMBER_REMOVED, agent, by=by, facts=_facts(membership))


def _is_last_referente(membership: Membership) -> bool:
    if membership.role != Membership.Role.REFERENTE or membership.agent.status == Agent.Status.ENDED:
        return False
    others = Membership.objects.referenti_of(membership.agent).exclude(pk=membership.pk)
    return not others.exists()


def _join(
    user: User, agent: Agent, role: Membership.Role, *, by: Actor, is_kept: bool = False, letter: str = ""
) -> Membership:
    """The membership, made and told of. One that is there already is refused, or given back with `is_kept`."""
    known = Membership.objects.filter(user=user, agent=agent, role=role, ended_at__isnull=True).first()
    if known and not is_kept:
        raise AlreadyMember(user.email, role)
    if known:
        return known
    membership = Membership.objects.create(user=user, agent=agent, role=role)
    if letter or by.user_id not in {None, user.pk}:
        ask_letter(letter or "member_added", membership)
    write_entry(BodiesEvent.MEMBER_ADDED, agent, by=by, facts=_facts(membership))
    return membership


def _take_up(invitation: Invitation) -> None:
    usable = Invitation.objects.usable(timezone.now()).select_for_update(no_key=True)
    found = usable.filter(pk=invitation.pk).first()
    if found is None:
        raise InvitationUnusable
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])


def _decide(request: MembershipRequest, *, is_approved: bool, by: Actor) -> None:
    require(can_manage_members(by, request.agent), "decide_request", request.agent.ipa_code)
    request.refresh_from_db(from_queryset=MembershipRequest.objects.select_for_update(no_key=True))
    if request.decided_at:
        raise AlreadyDecided
    request.decided_at, request.is_approved = timezone.now(), is_approved
    request.save(update_fields=["decided_at", "is_approved"])


def _facts(membership: Membership) -> dict[str, object]:
    return {"user": membership.user_id, "role": str(membership.role)}
