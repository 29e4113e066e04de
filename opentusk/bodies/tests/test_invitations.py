"""Proves how people come to work for a body, and that somebody always answers for it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.bodies import actions
from opentusk.bodies.errors import (
    AlreadyDecided,
    AlreadyMember,
    InvitationUnusable,
    InvitedSomebodyElse,
    LastReferente,
    NotAllowed,
)
from opentusk.bodies.models import Agent, Invitation, Membership, MembershipRequest
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry, Task
from opentusk.journal.tasks import run_next
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def lecce():
    return actions.ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def referente(lecce):
    return actions.add_member(lecce, email="referente@example.org", role=Role.REFERENTE, by=SYSTEM)


@pytest.fixture
def invitation(lecce, referente):
    return actions.invite(lecce, email="New@Example.org", role=Role.REDATTORE, by=actor_of(referente.user))


def test_a_newcomer_gets_an_account_and_a_way_in(client, invitation):
    path = actions.accept_as_newcomer(invitation)

    user = User.objects.get(email="new@example.org")
    assert Membership.objects.valid().filter(user=user, role=Role.REDATTORE).exists()
    client.post(path)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_invitation_never_opens_an_account_that_exists(invitation):
    User.objects.create_user("new@example.org")

    with pytest.raises(InvitationUnusable):
        actions.accept_as_newcomer(invitation)

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_whoever_has_an_account_accepts_with_it(invitation):
    user = User.objects.create_user("new@example.org")

    assert actions.accept_invitation(invitation, user).user == user


def test_an_invitation_is_for_the_owner_of_its_address(invitation):
    with pytest.raises(InvitedSomebodyElse):
        actions.accept_invitation(invitation, User.objects.create_user("other@example.org"))

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


@pytest.mark.parametrize("how", ["used", "old", "revoked", "renewed and old", "body ended"])
def test_an_invitation_that_is_over_lets_nobody_in(how, lecce, invitation):
    user = User.objects.create_user("new@example.org")
    if how == "used":
        actions.end_membership(actions.accept_invitation(invitation, user), by=SYSTEM)
    elif how == "revoked":
        actions.revoke_invitation(invitation, by=SYSTEM)
    elif how == "body ended":
        Agent.objects.update(status=Agent.Status.ENDED)
    else:
        Invitation.objects.update(expires_at=timezone.now())

    with pytest.raises(InvitationUnusable):
        actions.accept_invitation(invitation, user)


def test_inviting_again_makes_the_first_letter_worthless(lecce, invitation):
    again = actions.invite(lecce, email="new@example.org", role=Role.REDATTORE, by=SYSTEM)

    assert (again.pk, Invitation.objects.count()) == (invitation.pk, 1)
    assert again.key != invitation.key


def test_a_member_is_not_invited_to_the_same_role_again(lecce, referente):
    with pytest.raises(AlreadyMember):
        actions.invite(lecce, email="referente@example.org", role=Role.REFERENTE, by=SYSTEM)

    assert actions.invite(lecce, email="referente@example.org", role=Role.DPO, by=SYSTEM)


def test_an_invitation_taken_back_is_taken_back_once(invitation):
    actions.revoke_invitation(invitation, by=SYSTEM)

    with pytest.raises(InvitationUnusable):
        actions.revoke_invitation(invitation, by=SYSTEM)


def test_a_person_asks_and_the_referente_lets_in(lecce, referente):
    user = User.objects.create_user("asks@example.org")
    asked = actions.request_membership(lecce, user, role=Role.REDATTORE, message="Lavoro all'ufficio statistica")
    assert actions.request_membership(lecce, user, role=Role.REDATTORE) == asked
    assert not Membership.objects.filter(user=user).exists()

    membership = actions.approve_request(asked, by=actor_of(referente.user))

    assert membership.user == user
    with pytest.raises(AlreadyDecided):
        actions.refuse_request(asked, by=SYSTEM)
    with pytest.raises(AlreadyMember):
        actions.request_membership(lecce, user, role=Role.REDATTORE)


def test_a_request_that_was_refused_gives_nothing(lecce, referente):
    user = User.objects.create_user("asks@example.org")
    asked = actions.request_membership(lecce, user, role=Role.REFERENTE)

    actions.refuse_request(asked, by=actor_of(referente.user))

    assert not Membership.objects.filter(user=user).exists()
    assert MembershipRequest.objects.get().decided_at
    assert actions.request_membership(lecce, user, role=Role.REFERENTE) != asked


ATTEMPTS = {
    "invite": lambda agent, by: actions.invite(agent, email="x@example.org", role=Role.DPO, by=by),
    "revoke": lambda agent, by: actions.revoke_invitation(agent.invitations.get(), by=by),
    "approve": lambda agent, by: actions.approve_request(agent.membership_requests.get(), by=by),
    "refuse": lambda agent, by: actions.refuse_request(agent.membership_requests.get(), by=by),
    "confirm": lambda agent, by: actions.confirm_membership(agent.memberships.get(role="redattore"), by=by),
    "end": lambda agent, by: actions.end_membership(agent.memberships.get(role="redattore"), by=by),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("who", ["anonymous", "asker", "redattore", "rtd", "revisore", "dpo", "referente", "desk"])
def test_only_the_referente_and_the_desk_decide_who_works_for_a_body(attempt, who, lecce, referente, invitation):
    asker = User.objects.create_user("asker@example.org")
    actions.request_membership(lecce, asker, role=Role.REFERENTE)
    actions.add_member(lecce, email="redattore@example.org", role=Role.REDATTORE, by=SYSTEM)
    by = {
        "anonymous": lambda: ANONYMOUS,
        "asker": lambda: actor_of(asker),
        "referente": lambda: actor_of(referente.user),
        "desk": lambda: actor_of(User.objects.create_user("desk@example.org", desk_role="editor")),
    }.get(who, lambda: actor_of(_other(lecce, who)))()

    if who in {"referente", "desk"}:
        ATTEMPTS[attempt](lecce, by)
    else:
        with pytest.raises(NotAllowed):
            ATTEMPTS[attempt](lecce, by)


def _other(agent, role) -> User:
    if role == "redattore":
        # Another redattore: one may leave one's own place, and nobody else's.
        user = User.objects.create_user("second@example.org")
        Membership.objects.create(user=user, agent=agent, role="revisore")
        return user
    return actions.add_member(agent, email=f"{role}@example.org", role=Role(role), by=SYSTEM).user


def test_one_may_leave_by_oneself(lecce):
    membership = actions.add_member(lecce, email="a@example.org", role=Role.REDATTORE, by=SYSTEM)

    actions.end_membership(membership, by=actor_of(membership.user))

    assert not Membership.objects.current().exists()


def test_the_last_referente_stays_until_there_is_another(lecce, referente):
    with pytest.raises(LastReferente):
        actions.end_membership(referente, by=SYSTEM)
    gone = actions.add_member(lecce, email="gone@example.org", role=Role.REFERENTE, by=SYSTEM)
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    with pytest.raises(LastReferente):
        actions.end_membership(referente, by=SYSTEM)

    actions.add_member(lecce, email="second@example.org", role=Role.REFERENTE, by=SYSTEM)
    actions.end_membership(referente, by=SYSTEM)

    assert Membership.objects.valid().referenti_of(lecce).count() == 1


def test_a_body_that_left_needs_no_referente(lecce, referente):
    Agent.objects.update(status=Agent.Status.ENDED)

    actions.end_membership(referente, by=SYSTEM)

    assert not Membership.objects.current().exists()


def test_confirming_moves_the_day(lecce, referente):
    Membership.objects.update(confirmed_at=timezone.now() - timedelta(days=400))
    membership = Membership.objects.get()

    actions.confirm_membership(membership, by=SYSTEM)

    assert not Membership.objects.confirmed_before(timezone.now() - timedelta(days=1)).exists()


def test_the_journal_names_nobody_by_address(lecce, invitation):
    actions.accept_as_newcomer(invitation)

    assert "@" not in str(list(Entry.objects.about(lecce).values_list("facts", "changes", "actor_label")))
    assert Agent.objects.count() == 1


def test_the_referenti_are_asked_once_a_year_who_still_works_for_the_body(lecce, referente):
    now = timezone.now()
    Membership.objects.update(confirmed_at=now - timedelta(days=364))
    assert actions.ask_for_confirmations(now=now) == 0

    Membership.objects.update(confirmed_at=now - timedelta(days=366))

    assert actions.ask_for_confirmations(now=now) == 1
    assert [letter.to for letter in post()] == [["referente@example.org"]]
    assert actions.ask_for_confirmations(now=now + timedelta(days=1)) == 0
    assert actions.ask_for_confirmations(now=now + timedelta(days=31)) == 1
    actions.confirm_membership(Membership.objects.get(), by=SYSTEM)
    assert actions.ask_for_confirmations(now=now + timedelta(days=62)) == 0


def test_each_letter_reaches_those_it_concerns_and_is_whole(lecce, referente, invitation):
    assert [letter.to for letter in post()] == [["new@example.org"]]
    asked = actions.request_membership(lecce, User.objects.create_user("asks@example.org"), role=Role.DPO)
    assert [letter.to for letter in post()] == [["referente@example.org"]]
    other = actions.request_membership(lecce, asked.user, role=Role.RTD)
    actions.refuse_request(other, by=SYSTEM)
    membership = actions.approve_request(asked, by=actor_of(referente.user))
    actions.end_membership(membership, by=actor_of(referente.user))

    letters = post()

    assert {letter.to[0] for letter in letters} == {"asks@example.org", "referente@example.org"}
    assert len(letters) == 4
    assert all("%(" not in letter.subject + letter.body for letter in letters)


def post() -> list[mail.EmailMessage]:
    """Let the worker write what waits; the letters, and none left behind."""
    mail.outbox.clear()
    while run_next():
        pass
    assert not Task.objects.exclude(status=Task.Status.DONE).exists()
    return list(mail.outbox)
