"""Proves what people see and are sent: lists, tickets, letters, calendars, the door, and what nobody must see."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.people.models import User
from opentusk.programme import actions, tasks
from opentusk.programme.models import Registration
from opentusk.programme.states import Access, MaterialKind, RegistrationState
from opentusk.programme.tests.conftest import person

pytestmark = pytest.mark.django_db
SAID = {"name": "Ada B.", "email": "ada@example.org", "world": "citizens", "website": ""}


@pytest.fixture
def work():
    """Lets the worker do what waits."""

    def go():
        deliver_all()
        while run_next():
            pass

    return go


def secret_in(message):
    return re.search(r"/biglietto/([0-9a-f]{40})", message.body).group(1)


def test_from_the_list_to_the_seat_without_an_account(client, plan, work):
    plan()
    assert "Evento di rete a Lecce" in client.get("/eventi").content.decode()
    answer = client.post("/eventi/rete-lecce/iscriviti", SAID)
    assert "Controlla la posta" in answer.content.decode()
    work()
    secret = secret_in(mail.outbox[0])
    assert secret not in answer.content.decode()

    client.post(f"/biglietto/{secret}/conferma")
    work()

    assert Registration.objects.get().state == RegistrationState.CONFIRMED
    assert mail.outbox[1].subject.startswith("Il tuo biglietto")
    assert mail.outbox[1].attachments[0][0] == "evento.ics"
    page = client.get(f"/biglietto/{secret}").content.decode()
    assert "<svg" in page
    assert Registration.objects.get().short_code in page


def test_who_writes_somebody_else_s_address_learns_nothing(client, plan, work):
    event = plan()
    actions.confirm(actions.register(event, person("ada"), by=ANONYMOUS).registration)
    work()
    before = len(mail.outbox)

    answer = client.post("/eventi/rete-lecce/iscriviti", SAID | {"name": "Un altro"})
    work()

    assert "Controlla la posta" in answer.content.decode()
    assert len(mail.outbox) == before + 1
    assert Registration.objects.get().name == "Ada"


def test_a_seat_that_is_given_back_goes_to_the_first_in_the_line(client, plan, work):
    event = plan(capacity=1)
    tickets = [actions.register(event, person(name), by=ANONYMOUS) for name in ("ada", "bea")]
    for ticket in tickets:
        actions.confirm(ticket.registration)
    work()
    mail.outbox.clear()
    assert "posto 1 della lista" in client.get(f"/biglietto/{tickets[1].secret}").content.decode()

    client.post(f"/biglietto/{tickets[0].secret}/annulla")
    work()

    assert [(message.to, message.subject.partition(":")[0]) for message in mail.outbox] == [
        (["bea@example.org"], "Si è liberato un posto")
    ]
    client.post(f"/biglietto/{tickets[1].secret}/prendi")
    assert Registration.objects.get(email="bea@example.org").state == RegistrationState.CONFIRMED


def test_one_address_is_the_ticket_for_its_owner_and_the_door_for_the_desk(client, plan, staff):
    ticket = actions.register(plan(), person("ada"), by=ANONYMOUS)
    actions.confirm(ticket.registration)
    assert "Fai entrare" not in client.get(f"/biglietto/{ticket.secret}").content.decode()
    client.force_login(User.objects.get(pk=staff.user_id))
    assert "Fai entrare" in client.get(f"/biglietto/{ticket.secret}").content.decode()

    for _time in range(2):
        page = client.post(f"/biglietto/{ticket.secret}/ingresso", follow=True).content.decode()

    assert "Era già entrato alle" in page


def test_two_days_before_everybody_is_asked_once_whether_they_come(plan, work):
    event = plan(starts_at=timezone.now() + timedelta(days=1))
    actions.confirm(actions.register(event, person("ada"), by=ANONYMOUS).registration)
    work()
    mail.outbox.clear()

    for _time in range(2):
        tasks.remind()
        work()

    assert [message.subject.partition(":")[0] for message in mail.outbox] == ["Fra due giorni"]


def test_calendars_get_one_uid_a_higher_sequence_and_a_cancellation(client, plan, work):
    event = plan()
    actions.confirm(actions.register(event, person("ada"), by=ANONYMOUS).registration)
    first = Calendar.from_ical(client.get("/eventi/rete-lecce.ics").content).walk("VEVENT")[0]
    event = actions.change_event(event, by=SYSTEM, venue="Officine Cantelmo")
    actions.cancel_event(event, by=SYSTEM, reason="Maltempo.")
    work()

    calendar = Calendar.from_ical(client.get("/eventi/rete-lecce.ics").content)
    last = calendar.walk("VEVENT")[0]

    assert (last["uid"], calendar["method"], last["status"]) == (first["uid"], "CANCEL", "CANCELLED")
    assert (first["sequence"], last["sequence"]) == (0, 2)
    assert [message.subject.partition(":")[0] for message in mail.outbox][-2:] == ["È cambiato qualcosa", "Annullato"]
    assert "Annullato" in client.get("/eventi/rete-lecce").content.decode()


def test_invariant_12_the_room_s_address_is_nowhere_before_it_is_time(client, plan, member, work, caplog):
    secret = "https://riunioni.example.org/stanza-segreta"
    event = plan("riservato", join_policy="private_link", mode="online", join_url=secret, audience="pa_members")
    ticket = actions.register(event, person("ada"), by=member)
    work()
    client.force_login(User.objects.get(pk=member.user_id))
    actions.change_event(event, by=SYSTEM, join_url=secret + "-2", venue="Online")
    actions.change_event(event, by=SYSTEM, join_url=secret)
    work()
    addresses = (
        *("/eventi", "/eventi/riservato", "/eventi.ics", "/eventi/riservato.ics", "/eventi/riservato/iscriviti"),
        *("/novita", "/novita.atom", f"/novita.atom?subject=programme.event:{event.pk}", "/api/v1/events"),
        *(f"/biglietto/{ticket.secret}", "/profilo/dati/scarica"),
    )

    said = "".join(str(client.get(address).content) for address in addresses)
    early = client.get(f"/partecipa/{ticket.secret}")

    assert "Sono cambiati il giorno" in said
    assert "segreta" not in said + caplog.text + "".join(f"{one.body}{one.alternatives}" for one in mail.outbox)
    assert early.url == f"/biglietto/{ticket.secret}"
    actions.change_event(event, by=SYSTEM, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    assert client.get(f"/partecipa/{ticket.secret}").url == secret


def test_invariant_13_an_open_webinar_is_a_plain_link(client, plan):
    plan("aperto", join_policy="open_link", mode="online", join_url="https://riunioni.example.org/aperta")

    page = client.get("/eventi/aperto").content.decode()

    assert 'href="https://riunioni.example.org/aperta"' in page
    assert "Iscriviti" not in page


def test_invariant_15_a_reserved_file_is_not_had_by_its_address(client, plan, citizen, member):
    event = plan()
    made = actions.add_material(
        event,
        by=SYSTEM,
        kind=MaterialKind.SLIDES,
        title="Riservate",
        url="https://example.org/x",
        access=Access.PA_MEMBERS,
    )
    address = f"/eventi/rete-lecce/materiali/{made.key}"
    assert client.get(address).url.startswith("/accedi")
    client.force_login(User.objects.get(pk=citizen.user_id))
    assert client.get(address).status_code == 403
    client.force_login(User.objects.get(pk=member.user_id))

    assert client.get(address).url == "https://example.org/x"


def test_a_draft_is_the_desk_s_and_a_wrong_ticket_is_nobody_s(client, plan):
    plan("bozza", is_published=False)

    assert client.get("/eventi/bozza").status_code == 404
    assert client.get("/biglietto/" + "0" * 40).status_code == 404
