"""Proves that events move as their table says, that calendars hear of it, and that materials are for whom they are."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.joining.actions.closing import suspend
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.journal.subjects import card_of, cards_of
from opentusk.programme import actions
from opentusk.programme.errors import IllegalMove, Missing, NotAllowed, TooManyQuestions
from opentusk.programme.models import Event
from opentusk.programme.permissions import can_have
from opentusk.programme.states import EVENT_MOVES, Access, EventState, MaterialKind
from opentusk.programme.tests.conftest import person

pytestmark = pytest.mark.django_db

DO = {
    EventState.PUBLISHED: lambda event, by: actions.publish_event(event, by=by),
    EventState.HELD: lambda event, by: actions.hold_event(event, by=by),
    EventState.CLOSED: lambda event, by: actions.close_event(event, by=by),
    EventState.CANCELLED: lambda event, by: actions.cancel_event(event, by=by, reason="Maltempo."),
}


@pytest.mark.parametrize(("before", "after"), list(product(EventState, DO)))
def test_every_pair_of_states_that_is_not_in_the_table_is_refused(plan, staff, citizen, before, after):
    event = plan()
    actions.add_material(event, by=SYSTEM, kind=MaterialKind.MINUTES, title="Resoconto", url="https://example.org/r")
    Event.objects.filter(pk=event.pk).update(state=before)

    if after in EVENT_MOVES[before]:
        with pytest.raises(NotAllowed):
            DO[after](event, citizen)
        DO[after](event, staff)
        assert Event.objects.get().state == event.state == after
    else:
        with pytest.raises(IllegalMove):
            DO[after](event, staff)


def test_what_is_needed_is_asked_for(plan, edition):
    with pytest.raises(Missing):
        actions.publish_event(plan("senza-data", is_published=False, starts_at=None, ends_at=None), by=SYSTEM)
    with pytest.raises(Missing):
        actions.publish_event(plan("online", is_published=False, mode="online", join_policy="open_link"), by=SYSTEM)
    with pytest.raises(TooManyQuestions):
        plan("curioso", questions=["?"] * 6)
    event = plan("svolto")
    actions.hold_event(event, by=SYSTEM)
    with pytest.raises(Missing):
        actions.close_event(event, by=SYSTEM)


def test_calendars_hear_of_what_concerns_them_only(plan):
    event = plan()
    event = actions.change_event(event, by=SYSTEM, abstract="Più parole.")
    assert event.sequence == 0
    event = actions.change_event(event, by=SYSTEM, venue="Officine Cantelmo")
    assert event.sequence == 1
    actions.cancel_event(event, by=SYSTEM, reason="Maltempo.")
    assert event.sequence == 2


def test_invariant_12_the_room_s_address_is_in_no_entry_and_no_card(plan):
    secret = "https://riunioni.example.org/stanza-segreta"
    event = plan(join_policy="private_link", mode="online", join_url=secret)
    actions.change_event(event, by=SYSTEM, join_url=secret + "-2")

    assert "segreta" not in str(list(Entry.objects.values_list("changes", "facts")))
    assert "segreta" not in str([card_of(f"programme.event:{event.pk}"), cards_of("programme.event")])


def test_a_clone_takes_the_shape_and_leaves_the_people(plan):
    first = plan(capacity=20, join_url="https://riunioni.example.org/a", declared_attendance=7)
    actions.register(first, person("ada"), by=ANONYMOUS)

    later = first.starts_at + timedelta(days=7)
    made = actions.clone_event(first, by=SYSTEM, slug="rete-lecce-2", starts_at=later)

    assert (made.capacity, made.ends_at - made.starts_at, made.state) == (20, timedelta(hours=4), EventState.DRAFT)
    assert (made.join_url, made.declared_attendance, made.registrations.count()) == ("", None, 0)


def test_invariant_15_a_material_is_for_its_class_only(plan, staff, citizen, member, lecce):
    event = plan()
    allowed = {
        access: {
            name
            for name, by in (("anyone", ANONYMOUS), ("citizen", citizen), ("member", member), ("staff", staff))
            if can_have(by, _material(event, access))
        }
        for access in Access
    }

    assert allowed == {
        Access.PUBLIC: {"anyone", "citizen", "member", "staff"},
        Access.PA_MEMBERS: {"member", "staff"},
        Access.COMMUNITY: {"member", "staff"},
        Access.STAFF: {"staff"},
    }


@pytest.mark.parametrize(
    ("known", "opened"),
    [
        ({"joined_on": date(2024, 5, 1), "is_in_ipa": False}, {Access.PUBLIC, Access.PA_MEMBERS, Access.COMMUNITY}),
        ({"joined_on": None, "is_in_ipa": True}, {Access.PUBLIC, Access.PA_MEMBERS}),
        ({"joined_on": None, "is_in_ipa": False}, {Access.PUBLIC}),
    ],
)
def test_a_body_opens_what_its_place_in_the_portal_opens(plan, member, lecce, known, opened):
    Agent.objects.filter(pk=lecce.pk).update(**known)
    event = plan()

    assert {access for access in Access if can_have(member, _material(event, access))} == opened


def test_invariant_23_a_suspended_body_loses_its_materials_at_once(plan, member, lecce):
    material = _material(plan(), Access.PA_MEMBERS)
    suspend(lecce, by=SYSTEM, reason="Accordo scaduto.", on=timezone.localdate())

    assert not can_have(member, material)


def test_materials_of_a_draft_are_the_desk_s(plan, citizen, staff):
    material = _material(plan(is_published=False), Access.PUBLIC)

    assert not can_have(citizen, material)
    assert can_have(staff, material)


@pytest.mark.parametrize("extra", [{"has_captions": True}, {"transcript": "Buongiorno a tutti."}])
def test_a_recording_needs_captions_or_a_transcript(plan, extra):
    event, values = plan(), {"kind": MaterialKind.RECORDING, "title": "Video", "url": "https://example.org/v"}
    with pytest.raises(Missing):
        actions.add_material(event, by=SYSTEM, **values)

    assert actions.add_material(event, by=SYSTEM, **values, **extra).pk


def test_declared_and_counted_figures_stand_apart(plan, staff):
    event = plan()
    ticket = actions.register(event, person("ada"), by=ANONYMOUS)
    actions.confirm(ticket.registration)
    actions.check_in(event, ticket.secret, by=staff)

    actions.declare(event, by=staff, attendance=91, registrations=135, source="pagina dell'evento")

    event.refresh_from_db()
    assert (event.declared_attendance, event.registrations.came().count()) == (91, 1)


def test_what_is_to_come_and_what_is_gone(plan):
    now = timezone.now()
    coming, going = plan("a"), plan("b", starts_at=now - timedelta(hours=1))
    gone = plan("c", starts_at=now - timedelta(days=3))
    cancelled = plan("d")
    actions.cancel_event(cancelled, by=SYSTEM, reason="Maltempo.")

    assert list(Event.objects.to_come(now)) == [going, coming]
    assert list(Event.objects.gone(now)) == [gone]


def _material(event, access):
    values = {"kind": MaterialKind.SLIDES, "title": "Diapositive", "url": "https://example.org/d"}
    return actions.add_material(event, by=SYSTEM, access=access, **values)
