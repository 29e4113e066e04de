"""Proves that seats are never given twice, that the line is a line, and that doors open when they should."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import pytest
from django.db import connections
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.joining.actions.closing import suspend
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import grant_role
from opentusk.programme import actions
from opentusk.programme.errors import (
    ForBodies,
    IllegalMove,
    InUse,
    Missing,
    NotAllowed,
    NotYet,
    OfferExpired,
    OnInvitation,
    Over,
    RegistrationsClosed,
    UnknownTicket,
)
from opentusk.programme.models import Registration
from opentusk.programme.states import REGISTRATION_MOVES, RegistrationState
from opentusk.programme.tests.conftest import person

pytestmark = pytest.mark.django_db
S = RegistrationState


def come(event, name):
    """Registered and confirmed by e-mail."""
    ticket = actions.register(event, person(name), by=ANONYMOUS)
    actions.confirm(ticket.registration)
    return Registration.objects.get(pk=ticket.registration.pk)


def states(event):
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def test_who_is_signed_in_has_a_seat_at_once_and_others_confirm_by_mail(plan, citizen):
    event = plan()
    actions.register(event, person("dora"), by=citizen)
    other = actions.register(event, person("ada"), by=citizen)

    assert states(event) == [S.CONFIRMED, S.PENDING]
    actions.confirm(actions.find_ticket(other.secret))
    assert states(event) == [S.CONFIRMED, S.CONFIRMED]
    assert other.secret not in str(list(Registration.objects.values()))


def test_twice_with_one_address_is_once_and_changes_nothing_of_somebody_else_s(plan):
    event = plan()
    first = come(event, "ada")
    again = actions.register(event, person("ada", email="ADA@example.org", name="Un altro"), by=ANONYMOUS)

    assert again.registration == first
    assert Registration.objects.get().name == "Ada"
    actions.cancel_registration(first)
    come(event, "ada")
    assert states(event) == [S.CONFIRMED]


def test_invariant_11_a_cancellation_promotes_exactly_the_first_waiting(plan):
    event = plan(capacity=2)
    one, _two, _three, _four = (come(event, name) for name in ("ada", "bea", "ciro", "dino"))
    assert states(event) == [S.CONFIRMED, S.CONFIRMED, S.WAITING, S.WAITING]

    promoted = actions.cancel_registration(one)

    assert [registration.email for registration in promoted] == ["ciro@example.org"]
    assert states(event) == [S.CANCELLED, S.CONFIRMED, S.OFFERED, S.WAITING]


def test_invariant_11_fewer_seats_evict_nobody_and_more_let_the_waiting_in(plan):
    event = plan(capacity=2)
    for name in ("ada", "bea", "ciro"):
        come(event, name)
    actions.change_event(event, by=SYSTEM, capacity=1)
    assert states(event) == [S.CONFIRMED, S.CONFIRMED, S.WAITING]

    actions.change_event(event, by=SYSTEM, capacity=3)

    assert states(event) == [S.CONFIRMED, S.CONFIRMED, S.OFFERED]


def test_nobody_passes_those_who_wait(plan):
    event = plan(capacity=1)
    come(event, "ada")
    come(event, "bea")
    actions.change_event(event, by=SYSTEM, capacity=1)
    Registration.objects.filter(email="ada@example.org").update(state=S.CANCELLED)

    assert come(event, "ciro").state == S.WAITING


def test_an_offer_that_nobody_takes_goes_to_the_end_of_the_line(plan):
    event = plan(capacity=1)
    first, second, _third = (come(event, name) for name in ("ada", "bea", "ciro"))
    actions.cancel_registration(first)
    second.refresh_from_db()
    assert second.expires_at - second.promoted_at == timedelta(hours=48)
    with pytest.raises(OfferExpired):
        actions.take_offer(second, now=second.expires_at)

    offered = actions.expire_offers(second.expires_at)

    assert [one.email for one in offered] == ["ciro@example.org"]
    assert states(event) == [S.CANCELLED, S.WAITING, S.OFFERED]
    assert actions.take_offer(offered[0]).state == S.CONFIRMED


def test_near_the_event_an_offer_lasts_two_hours(plan):
    event = plan(capacity=1, starts_at=timezone.now() + timedelta(days=2))
    first, second = come(event, "ada"), come(event, "bea")
    actions.cancel_registration(first)
    second.refresh_from_db()

    assert second.expires_at - second.promoted_at == timedelta(hours=2)


def test_registrations_are_open_from_their_instant_to_their_instant(plan):
    now = timezone.now()
    event = plan(reg_opens_at=now, reg_closes_at=now + timedelta(days=1))

    def at(moment):
        return actions.register(event, person("ada"), by=ANONYMOUS, now=moment)

    for moment in (now - timedelta(microseconds=1), now + timedelta(days=1)):
        with pytest.raises(RegistrationsClosed):
            at(moment)
    assert at(now).registration.pk


def test_invariant_13_an_open_webinar_asks_nobody_to_register(plan):
    event = plan(join_policy="open_link", mode="online", join_url="https://riunioni.example.org/aperta")

    with pytest.raises(RegistrationsClosed):
        actions.register(event, person("ada"), by=ANONYMOUS)
    assert not Registration.objects.exists()


def test_who_is_let_in_depends_on_the_audience(plan, citizen, member, lecce):
    reserved, invited = plan("a", audience="pa_members"), plan("b", audience="invited")
    with pytest.raises(ForBodies):
        actions.register(reserved, person("dora"), by=citizen)
    with pytest.raises(OnInvitation):
        actions.register(invited, person("dora"), by=citizen)

    assert actions.register(reserved, person("ada"), by=member).registration.state == S.CONFIRMED


def test_a_body_that_only_a_catalogue_names_lets_nobody_in(plan, member, lecce):
    reserved = plan(audience="pa_members")
    Agent.objects.filter(pk=lecce.pk).update(joined_on=None, is_in_ipa=False)
    with pytest.raises(ForBodies):
        actions.register(reserved, person("ada"), by=member)

    Agent.objects.filter(pk=lecce.pk).update(is_in_ipa=True)

    assert actions.register(reserved, person("ada"), by=member).registration.state == S.CONFIRMED


def test_questions_are_answered(plan):
    event = plan(questions=["Che cosa ti aspetti?"])
    with pytest.raises(Missing):
        actions.register(event, person("ada", answers=[" "]), by=ANONYMOUS)

    assert actions.register(event, person("ada", answers=["Idee."]), by=ANONYMOUS).registration.answers == ["Idee."]


@pytest.mark.parametrize(("before", "move"), list(product(S, ("confirm", "take", "cancel", "door"))))
def test_every_pair_of_states_that_is_not_in_the_table_is_refused(plan, staff, before, move):
    event = plan()
    ticket = actions.register(event, person("ada"), by=ANONYMOUS)
    Registration.objects.update(state=before)
    do, after = {
        "confirm": (lambda: actions.confirm(ticket.registration), S.CONFIRMED),
        "take": (lambda: actions.take_offer(ticket.registration), S.CONFIRMED),
        "cancel": (lambda: actions.cancel_registration(ticket.registration), S.CANCELLED),
        "door": (lambda: actions.check_in(event, ticket.secret, by=staff), S.ATTENDED),
    }[move]
    # Confirming and cancelling twice are the same as once; a seat is taken where one was offered only.
    starts = {
        "confirm": {S.PENDING},
        "take": {S.OFFERED},
        "cancel": set(S),
        "door": {S.CONFIRMED, S.OFFERED, S.NO_SHOW},
    }
    try:
        do()
    except IllegalMove:
        assert Registration.objects.get().state == before
    else:
        now = Registration.objects.get().state
        assert now == before or (now == after and before in starts[move])
        assert now == before or now in REGISTRATION_MOVES[before] or (before, now) == (S.OFFERED, S.ATTENDED)


def test_invariant_14_the_second_scan_says_when_the_first_was(plan, staff, citizen):
    event, other = plan("a"), plan("b")
    registration = come(event, "ada")
    secret = actions.secret_of(registration)
    with pytest.raises(NotAllowed):
        actions.check_in(event, secret, by=citizen)
    with pytest.raises(UnknownTicket):
        actions.check_in(other, secret, by=staff)

    first, is_first = actions.check_in(event, secret, by=staff)
    again, is_again = actions.check_in(event, registration.short_code.lower(), by=staff)

    assert (is_first, is_again, again.checked_in_at) == (True, False, first.checked_in_at)
    assert Entry.objects.filter(event="programme.checked_in").count() == 1


def test_a_facilitator_stands_at_the_door_of_their_event_only(plan):
    event, other = plan("a"), plan("b")
    user = User.objects.create_user("fede@example.org")
    grant_role(user, RoleGrant.Role.FACILITATOR, by=SYSTEM, scope=f"programme.event:{event.pk}")
    one, two = come(event, "ada"), come(other, "bea")

    assert actions.check_in(event, one.short_code, by=actor_of(user))[1]
    with pytest.raises(NotAllowed):
        actions.check_in(other, two.short_code, by=actor_of(user))


def test_who_never_came_is_absent_and_who_comes_late_came(plan, staff):
    event = plan()
    one, two = come(event, "ada"), come(event, "bea")
    actions.check_in(event, one.short_code, by=staff)

    assert actions.close_attendance(event, by=staff) == 1
    assert states(event) == [S.ATTENDED, S.NO_SHOW]
    actions.check_in(event, two.short_code, by=staff)
    assert event.registrations.came().count() == 2


@pytest.fixture
def room(plan):
    return plan(
        join_policy="private_link", mode="online", join_url="https://riunioni.example.org/s", audience="pa_members"
    )


def test_invariant_12_a_personal_address_opens_the_room_for_one_person_in_its_time(room, member, lecce):
    ticket = actions.register(room, person("ada"), by=member).registration
    opens = room.starts_at - timedelta(minutes=15)

    def join(moment, session="telefono"):
        return actions.join_online(ticket, session=session, now=moment)

    with pytest.raises(NotYet):
        join(opens - timedelta(microseconds=1))
    assert join(opens) == "https://riunioni.example.org/s"
    with pytest.raises(InUse):
        join(opens + timedelta(minutes=1), session="altro")
    assert join(opens + timedelta(minutes=9))
    assert join(opens + timedelta(minutes=20), session="altro")
    with pytest.raises(Over):
        join(room.ends_at)
    suspend(lecce, by=SYSTEM, reason="Accordo scaduto.", on=timezone.localdate())
    with pytest.raises(ForBodies):
        join(opens + timedelta(minutes=40))


def test_invariant_12_who_has_no_seat_is_not_let_in(room, member):
    ticket = actions.register(room, person("ada"), by=member).registration
    actions.cancel_registration(ticket)

    with pytest.raises(IllegalMove):
        actions.join_online(ticket, session="s", now=room.starts_at)


def test_a_certificate_is_for_who_was_counted_and_survives_forgetting(plan, staff):
    event = plan(starts_at=timezone.now() + timedelta(minutes=1))
    came, absent = come(event, "ada"), come(event, "bea")
    actions.check_in(event, came.short_code, by=staff)
    with pytest.raises(UnknownTicket):
        actions.issue_certificate(absent, by=staff)
    made = actions.issue_certificate(came, by=staff)
    again = actions.issue_certificate(came, by=staff)

    emptied = actions.forget_old_registrations(timezone.now() + timedelta(days=400))

    made.refresh_from_db()
    assert (again, emptied, made.name_hash) == (made, 2, again.name_hash)
    assert list(Registration.objects.values_list("email", "name")) == [("", ""), ("", "")]
    assert event.registrations.came().count() == 1


def test_needs_are_forgotten_after_the_day(plan):
    event = plan(starts_at=timezone.now() + timedelta(hours=1))
    actions.register(event, person("ada", needs="rampa"), by=ANONYMOUS)

    assert actions.forget_needs() == 0
    assert actions.forget_needs(event.ends_at + timedelta(seconds=1)) == 1


def test_whoever_leaves_leaves_the_counts(plan, citizen):
    event = plan()
    actions.register(event, person("dora"), by=citizen)
    user = User.objects.get(pk=citizen.user_id)
    given = actions.export(user)["iscrizioni agli eventi"]

    actions.forget(user, "tomba")

    assert [row["e-mail"] for row in given] == ["dora@example.org"]
    assert (event.registrations.count(), actions.export(user)["iscrizioni agli eventi"]) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_invariant_11_seats_are_never_more_than_there_are_also_at_once(plan):
    event = plan(capacity=3)
    tickets = [actions.register(event, person(f"p{n}"), by=ANONYMOUS).registration for n in range(8)]

    def run(ticket):
        try:
            return actions.confirm(ticket)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, tickets))

    assert sorted(states(event)) == [S.CONFIRMED] * 3 + [S.WAITING] * 5
    assert sorted(event.registrations.in_the_line().values_list("position", flat=True)) == [1, 2, 3, 4, 5]
