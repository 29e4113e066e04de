"""Proves the door, the certificates and what people thought of an event."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.people.models import User
from opentusk.programme import actions
from opentusk.programme.models import Certificate, Feedback, Registration
from opentusk.programme.tests.conftest import person

pytestmark = pytest.mark.django_db
DOOR = "/scrivania/eventi/rete-lecce/ingresso"


@pytest.fixture
def ticket(plan):
    made = actions.register(plan(), person("ada", name="Ada Bàrberi"), by=ANONYMOUS)
    actions.confirm(made.registration)
    return made


@pytest.fixture
def door(client, staff):
    client.force_login(User.objects.get(pk=staff.user_id))
    return client


def test_invariant_14_the_second_time_says_when_the_first_was(door, ticket, plan):
    elsewhere = actions.register(plan("altrove"), person("bea"), by=ANONYMOUS).registration
    actions.confirm(elsewhere)
    code = ticket.registration.short_code
    assert f'value="{code}"' in door.get(f"{DOOR}?q=ada").content.decode()

    said = [door.post(DOOR, {"code": given}, follow=True).content.decode() for given in (code.lower(), code)]

    ticket.registration.refresh_from_db()
    first = timezone.localtime(ticket.registration.checked_in_at)
    assert "è dentro" in said[0]
    assert f"già entrato alle {first:%H:%M}" in said[1]
    assert "ha questo codice" in door.post(DOOR, {"code": elsewhere.short_code}, follow=True).content.decode()
    assert "Entrati: 1 su 1" in door.get(DOOR).content.decode()
    assert "Ada Bàrberi" in door.get(f"{DOOR}/elenco").content.decode()


def test_who_never_registered_comes_in_and_is_counted(door, ticket):
    page = door.post(DOOR, {"name": "Carlo Dente"}, follow=True).content.decode()

    assert "Carlo Dente è dentro" in page
    assert "Entrati: 1 su 2" in page
    actions.close_attendance(ticket.registration.event, by=SYSTEM)
    assert Registration.objects.get(name="Carlo Dente").state == "attended"


def test_the_door_is_not_for_those_who_come(client, ticket, citizen):
    assert client.get(DOOR).url.startswith("/accedi")
    client.force_login(User.objects.get(pk=citizen.user_id))

    assert [client.get(DOOR).status_code, client.get(f"{DOOR}/elenco").status_code] == [403, 403]
    assert client.post(DOOR, {"code": ticket.registration.short_code}).status_code == 403


def test_a_certificate_is_tagged_and_verified_by_the_name_that_is_typed(client, ticket, staff):
    address = f"/biglietto/{ticket.secret}/attestato"
    assert client.post(address).url == f"/biglietto/{ticket.secret}"
    actions.check_in(ticket.registration.event, ticket.secret, by=staff)
    assert "Scarica l'attestato" in client.get(f"/biglietto/{ticket.secret}").content.decode()

    answers = [client.post(address) for _time in range(2)]

    made = Certificate.objects.get()
    pdf = PdfReader(BytesIO(answers[0].content))
    text = pdf.pages[0].extract_text()
    assert answers[0].content == answers[1].content
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert (pdf.trailer["/Root"]["/Lang"], pdf.metadata.title) == ("it", "Attestato di partecipazione")
    assert all(words in text for words in ("Ada Bàrberi", "Evento di rete a Lecce", made.code))
    page = client.get(f"/attestati/{made.code.lower()}").content.decode()
    assert "Bàrberi" not in page
    names = ("ada  BÀRBERI", "Ada Barberi")
    said = [client.post(f"/attestati/{made.code}", {"name": name}).content.decode() for name in names]
    assert ["Sì: l'attestato è" in page for page in said] == [True, False]
    assert client.get("/attestati/AAAAAAAAAAAA").status_code == 404


def test_a_certificate_outlives_the_name(client, ticket, staff):
    event = ticket.registration.event
    actions.check_in(event, ticket.secret, by=staff)
    made = actions.issue_certificate(ticket.registration, by=ANONYMOUS)

    actions.forget_old_registrations(event.ends_at + timedelta(days=366))

    assert "Sì" in client.post(f"/attestati/{made.code}", {"name": "Ada Bàrberi"}).content.decode()


def test_who_came_says_once_what_they_think_and_nothing_says_who(client, ticket, staff):
    address = f"/biglietto/{ticket.secret}/parere"
    answers = {"useful": "5", "clear": "4", "again": "5", "words": "Più tempo."}
    assert client.post(address, answers).status_code == 404
    actions.check_in(ticket.registration.event, ticket.secret, by=staff)
    assert client.post(address, {"useful": "6"}).status_code == 400

    client.post(address, answers)

    assert client.post(address, answers).status_code == 404
    assert [(one.useful, one.clear, one.again, one.words) for one in Feedback.objects.all()] == [
        (5, 4, 5, "Più tempo.")
    ]
