"""Proves the state machine of joining: every pair of states, by the action that would make the move."""

import itertools

import pytest
from django.utils import timezone

from opentusk.bodies.errors import BodiesRefusal, NotAllowed
from opentusk.bodies.models import Agent, Invitation, Membership
from opentusk.bodies.permissions import can_write_for
from opentusk.joining import actions
from opentusk.joining.actions.moving import move
from opentusk.joining.errors import WrongMove
from opentusk.joining.machine import MOVES
from opentusk.joining.models import Accreditation
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.permissions import requester_of
from opentusk.joining.tests.conftest import STEPS
from opentusk.joining.tests.files import ACT, PEOPLE, VAT, request_of, upload
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of
from opentusk.people.models import User

pytestmark = pytest.mark.django_db

# Written out once more, from the page of the domain, so that the table of the product cannot prove itself.
LEGAL = {
    ("requested", "under_review"),
    ("under_review", "integration_requested"),
    ("integration_requested", "under_review"),
    ("under_review", "rejected"),
    ("under_review", "act_uploaded"),
    ("integration_requested", "act_uploaded"),
    ("act_uploaded", "scheme_signed"),
    ("scheme_signed", "transmitted"),
    ("transmitted", "active"),
    ("active", "suspended"),
    ("suspended", "active"),
    ("active", "ended"),
    ("suspended", "ended"),
}
BY_BODY = {
    ("integration_requested", "under_review"),
    ("under_review", "act_uploaded"),
    ("integration_requested", "act_uploaded"),
    ("act_uploaded", "scheme_signed"),
}
PAIRS = [(a, b) for a, b in itertools.product(S.values, S.values)]


def take(row: Accreditation, source: str, target: str, by=SYSTEM) -> None:
    """The action that goes from one state to the other, or the nearest one where there is none."""
    today = timezone.localdate()
    if (source, target) == ("suspended", "active"):
        actions.reactivate(row.agent, reason="Rinnovata", on=today, by=by)
    elif (source, target) == ("integration_requested", "under_review"):
        actions.answer_integration(row, message="Eccola", by=by)
    elif target == "requested":
        move(row, S.REQUESTED, by=by)
    elif target in {"suspended", "ended"} and row.agent is None:
        move(row, S(target), by=by)
    else:
        STEPS[S(target)](row, by)


def test_the_table_is_the_one_of_the_domain():
    assert {(str(a), str(b)) for a, b in MOVES} == LEGAL


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_a_pair_of_the_table_is_walked_and_every_other_is_refused(source, target, bring):
    row = bring(S(source))

    if (source, target) in LEGAL:
        take(row, source, target)
        row.refresh_from_db()
        assert row.status == target
    else:
        with pytest.raises(WrongMove):
            take(row, source, target)
        row.refresh_from_db()
        assert row.status == source


@pytest.mark.parametrize(("source", "target"), sorted(LEGAL))
def test_each_step_is_its_partys(source, target, bring):
    """The requester walks the steps of the body and none of the desk's; a stranger none at all."""
    row = bring(S(source))
    for stranger in (ANONYMOUS, actor_of(User.objects.create_user("stranger@example.org"))):
        with pytest.raises(NotAllowed):
            take(row, source, target, stranger)

    if (source, target) in BY_BODY:
        take(row, source, target, requester_of(row))
        row.refresh_from_db()
        assert row.status == target
    else:
        with pytest.raises(NotAllowed):
            take(row, source, target, requester_of(row))


def test_the_requester_of_another_body_takes_no_step(bring):
    row, other = bring(S.UNDER_REVIEW), bring(S.UNDER_REVIEW, code="c_a662")

    with pytest.raises(NotAllowed):
        actions.upload_act(row, ACT, upload=upload(), by=requester_of(other))


def test_an_unconfirmed_request_goes_nowhere():
    row = actions.request_accreditation(request_of())

    with pytest.raises(WrongMove):
        STEPS[S.UNDER_REVIEW](row)


def test_the_journal_tells_the_whole_way(bring):
    row = bring(S.ENDED)

    entries = Entry.objects.about(row).filter(event="joining.moved").order_by("seq")
    assert [entry.changes["status"][1] for entry in entries] == [
        "under_review", "act_uploaded", "scheme_signed", "transmitted", "active", "ended",
    ]  # fmt: skip
    assert not Entry.objects.about(row).public().exists()


def test_a_body_that_joins_has_a_referente_who_may_write_and_a_contact(bring):
    row = bring(S.ACTIVE)

    agent = Agent.objects.get(ipa_code="c_e506")
    referente = Membership.objects.get(agent=agent)
    assert (referente.user.email, referente.role) == ("referente@comune.example", "referente")
    assert can_write_for(actor_of(referente.user), agent)
    assert (agent.joined_on, agent.status_since) == (timezone.localdate(), timezone.localdate())
    assert (agent.contact_name, agent.contact_email) == ("Ufficio statistica", "dati@comune.example")
    assert set(Invitation.objects.values_list("email", "role")) == {
        ("rtd@comune.example", "rtd"),
        ("dpo@comune.example", "dpo"),
    }
    assert row.agent == agent


def test_a_body_that_other_catalogues_named_keeps_its_name_when_it_joins(bring):
    Agent.objects.create(ipa_code="c_e506", slug="citta-di-lecce", name="Città di Lecce")

    bring(S.ACTIVE)

    assert Agent.objects.get().name == "Città di Lecce"
    assert Agent.objects.joined().count() == 1


def test_a_company_joins_by_its_vat_number(bring):
    row = bring(S.ACTIVE, code=f"IT {VAT}", is_in_ipa=False, name="Consorzio Esempio", public_interest="Trasporti")

    assert row.agent
    assert (row.agent.ipa_code, row.agent.is_in_ipa, row.agent.name) == (VAT, False, "Consorzio Esempio")


def test_nobody_joins_before_the_people_are_named(bring):
    row = bring(S.TRANSMITTED)

    with pytest.raises(BodiesRefusal):
        actions.activate(row, by=SYSTEM)

    assert not Agent.objects.exists()
    actions.name_people(row, PEOPLE, by=requester_of(row))
    assert actions.activate(row, by=SYSTEM).is_active


@pytest.mark.parametrize("act", [actions.suspend, actions.end])
def test_suspending_or_ending_a_body_closes_its_rights_at_once_and_keeps_the_reason(act, bring):
    row = bring(S.ACTIVE)
    referente = actor_of(Membership.objects.get(role="referente").user)

    act(row.agent, reason="Convenzione scaduta", on=timezone.localdate(), by=SYSTEM)

    assert not can_write_for(referente, row.agent)
    row.refresh_from_db()
    assert (row.status, row.agent.status_reason) == (row.agent.status, "Convenzione scaduta")
    public = Entry.objects.about(row.agent).public().newest_first()[0]
    assert "Convenzione" not in str(public.facts)


def test_a_body_without_a_request_of_its_own_is_suspended_all_the_same():
    agent = Agent.objects.create(ipa_code="c_e506", slug="lecce", name="Comune di Lecce")

    actions.suspend(agent, reason="Verifica", on=timezone.localdate(), by=SYSTEM)
    with pytest.raises(WrongMove):
        actions.suspend(agent, reason="Verifica", on=timezone.localdate(), by=SYSTEM)

    actions.reactivate(agent, reason="Fatto", on=timezone.localdate(), by=SYSTEM)
    assert agent.is_active


def test_a_body_that_left_may_ask_anew_and_comes_back_as_itself(bring):
    first = bring(S.ENDED)

    again = bring(S.ACTIVE)

    assert (again.agent, Agent.objects.count()) == (first.agent, 1)
    first.refresh_from_db()
    assert first.status == S.ENDED
