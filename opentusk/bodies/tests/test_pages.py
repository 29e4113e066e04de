"""The page of the people of a body, and invitations: who sees what, and what each button does."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from opentusk.bodies import actions
from opentusk.bodies.letters import INVITATION
from opentusk.bodies.models import Agent, Invitation, Membership, MembershipRequest
from opentusk.bodies.tokens import token_of
from opentusk.journal.actors import SYSTEM
from opentusk.journal.tasks import run_next
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
PEOPLE = "/enti/comune-di-lecce/persone"
Role = Membership.Role


@pytest.fixture
def lecce() -> Agent:
    return actions.ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def referente(lecce) -> Client:
    return signed_in(actions.add_member(lecce, email="referente@example.org", role=Role.REFERENTE, by=SYSTEM).user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_page_needs_an_account_and_shows_people_to_the_referente_only(client, lecce, referente):
    assert client.get(PEOPLE)["Location"].startswith("/accedi")
    stranger = signed_in(User.objects.create_user("stranger@example.org"))
    text = text_of(stranger.get(PEOPLE))
    assert "referente@example.org" not in text
    assert "Chiedi di lavorare" in text

    assert "referente@example.org" in text_of(referente.get(PEOPLE))


@pytest.mark.parametrize("role", [Role.REDATTORE, Role.DPO])
def test_whoever_works_for_a_body_begins_at_the_desk_and_others_at_home(lecce, role):
    clerk = actions.add_member(lecce, email="clerk@example.org", role=role, by=SYSTEM).user
    editor = User.objects.create_user("editor@example.org", desk_role="editor")
    reader = User.objects.create_user("reader@example.org")

    assert [signed_in(who).get("/benvenuto")["Location"] for who in (clerk, editor, reader)] == [
        "/scrivania", "/scrivania", "/",
    ]  # fmt: skip


def test_a_newcomer_comes_in_by_the_letter_of_the_referente(client, referente):
    assert referente.post(f"{PEOPLE}/invita", {"email": "new@example.org", "role": "redattore"}).status_code == 302
    run_next()
    path = re.search(r"localhost:8000(/invito/\S+)", mail.outbox[-1].body)[1]
    assert "new@example.org" in text_of(client.get(path))
    assert not Membership.objects.filter(role="redattore").exists()

    way_in = client.post(path)["Location"]

    target = client.post(way_in)["Location"]
    assert target == "/scrivania"
    assert client.get(target).status_code == 200
    assert Membership.objects.valid().filter(user__email="new@example.org", role="redattore").exists()
    assert client.get(path).status_code == 404


def test_whoever_has_an_account_signs_in_first(client, lecce, referente):
    user = User.objects.create_user("known@example.org", "una frase lunga abbastanza")
    invitation = actions.invite(lecce, email="known@example.org", role=Role.DPO, by=SYSTEM)
    path = f"/invito/{token_of(INVITATION, invitation.key)}"

    assert client.post(path)["Location"] == f"/accedi?next={path}"
    assert not Membership.objects.filter(user=user).exists()

    mine = signed_in(user)
    assert mine.post(path)["Location"] == "/scrivania"
    assert Membership.objects.filter(user=user, role="dpo").exists()


def test_somebody_else_is_told_whose_the_invitation_is(lecce):
    invitation = actions.invite(lecce, email="new@example.org", role=Role.DPO, by=SYSTEM)
    other = signed_in(User.objects.create_user("other@example.org"))

    answer = other.post(f"/invito/{token_of(INVITATION, invitation.key)}", follow=True)

    assert "esci ed entra" in text_of(answer)
    assert not Membership.objects.exists()


@pytest.mark.parametrize("token", ["x", "0" * 64])
def test_an_invented_invitation_is_not_there(token, client):
    assert client.get(f"/invito/{token}").status_code == 404


def test_the_referente_decides_requests_invitations_and_roles(lecce, referente):
    asker = User.objects.create_user("asks@example.org")
    signed_in(asker).post(f"{PEOPLE}/chiedi", {"role": "redattore", "message": "Ufficio statistica"})
    asked = MembershipRequest.objects.get()
    assert "Ufficio statistica" in text_of(referente.get(PEOPLE))
    referente.post(f"/enti/comune-di-lecce/richieste/{asked.pk}/accogli")
    membership = Membership.objects.get(user=asker)
    Membership.objects.filter(pk=membership.pk).update(confirmed_at=timezone.now() - timedelta(days=400))
    assert "da riconfermare" in text_of(referente.get(PEOPLE))
    referente.post(f"{PEOPLE}/{membership.pk}/conferma")
    assert "da riconfermare" not in text_of(referente.get(PEOPLE))
    referente.post(f"{PEOPLE}/{membership.pk}/togli")
    invitation = actions.invite(lecce, email="new@example.org", role=Role.DPO, by=SYSTEM)
    referente.post(f"/enti/comune-di-lecce/inviti/{invitation.pk}/ritira")

    membership.refresh_from_db()
    invitation.refresh_from_db()
    assert membership.ended_at and invitation.revoked_at


def test_a_request_may_be_refused(lecce, referente):
    asked = actions.request_membership(lecce, User.objects.create_user("a@example.org"), role=Role.RTD)

    referente.post(f"/enti/comune-di-lecce/richieste/{asked.pk}/rifiuta")

    asked.refresh_from_db()
    assert asked.decided_at and not asked.is_approved


def test_the_last_referente_is_told_why_not(lecce, referente):
    membership = Membership.objects.get()

    answer = referente.post(f"{PEOPLE}/{membership.pk}/togli", follow=True)

    assert "prima nominane un altro" in text_of(answer)
    assert Membership.objects.current().exists()


def test_a_wrong_address_or_a_member_is_named_in_the_form(lecce, referente):
    wrong = referente.post(f"{PEOPLE}/invita", {"email": "no", "role": "dpo"})
    member = referente.post(f"{PEOPLE}/invita", {"email": "referente@example.org", "role": "referente"})

    assert (wrong.status_code, member.status_code) == (400, 400)
    assert "ha già il ruolo" in text_of(member)
    assert not Invitation.objects.exists()


POSTS = [
    "persone/invita",
    "persone/{membership}/togli",
    "persone/{membership}/conferma",
    "inviti/{invitation}/ritira",
    "richieste/{asked}/accogli",
    "richieste/{asked}/rifiuta",
]


@pytest.mark.parametrize("end", POSTS)
@pytest.mark.parametrize("who", ["redattore", "dpo", "stranger", "referente of another body", "nobody"])
def test_nobody_else_decides_by_any_address(end, who, client, lecce, referente):
    bari = actions.ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)
    rows = {
        "membership": actions.add_member(lecce, email="m@example.org", role=Role.REVISORE, by=SYSTEM).pk,
        "invitation": actions.invite(lecce, email="i@example.org", role=Role.DPO, by=SYSTEM).pk,
        "asked": actions.request_membership(lecce, User.objects.create_user("q@example.org"), role=Role.RTD).pk,
    }
    if who != "nobody":
        user = User.objects.create_user("who@example.org")
        if who in Role.values:
            Membership.objects.create(user=user, agent=lecce, role=who)
        if who == "referente of another body":
            Membership.objects.create(user=user, agent=bari, role="referente")
        client.force_login(user)
    before = _rows(lecce)

    answer = client.post(f"/enti/comune-di-lecce/{end.format(**rows)}", {"email": "e@example.org", "role": "dpo"})

    assert answer.status_code == (302 if who == "nobody" else 403)
    assert _rows(lecce) == before


def test_a_decision_names_its_body(lecce, referente):
    bari = actions.ensure_agent(AgentRecord(identifier="c_a662", name="Comune di Bari"), by=SYSTEM)
    membership = actions.add_member(bari, email="m@example.org", role=Role.REVISORE, by=SYSTEM)

    assert referente.post(f"{PEOPLE}/{membership.pk}/togli").status_code == 404


def _rows(agent: Agent) -> list[object]:
    return [
        list(agent.memberships.order_by("pk").values()),
        list(agent.invitations.order_by("pk").values()),
        list(agent.membership_requests.order_by("pk").values()),
    ]
