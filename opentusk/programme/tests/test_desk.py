"""Proves what the desk does with events: prepare, announce, close, copy, materials, who helps, who registered."""

import csv
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.models import User
from opentusk.programme import actions
from opentusk.programme.models import Edition, Event, Feedback, Material
from opentusk.programme.opinions import opinions_of
from opentusk.programme.states import EventState
from opentusk.programme.tests.conftest import person

pytestmark = pytest.mark.django_db
WRITTEN = {
    "kind": "webinar",
    "title": "Aprire i dati del traffico",
    "mode": "online",
    "audience": "public",
    "join_policy": "open_link",
    "join_url": "https://riunioni.example.org/aperta",
    "has_times": "on",
    "questions": "",
}


@pytest.fixture
def desk(client, staff):
    client.force_login(User.objects.get(pk=staff.user_id))
    return client


def test_from_an_edition_to_a_closed_event(desk):
    desk.post("/scrivania/eventi", {"slug": "2027", "title": "Programma 2027", "state": "running"})
    said = WRITTEN | {
        "edition": Edition.objects.get().pk,
        "starts_at": "2027-01-20T10:00",
        "ends_at": "2027-01-20T09:00",
    }
    assert "La fine viene dopo" in desk.post("/scrivania/eventi/nuovo", said).content.decode()

    page = desk.post("/scrivania/eventi/nuovo", said | {"ends_at": "2027-01-20T11:00"}, follow=True)
    event = Event.objects.get()
    assert page.redirect_chain[-1][0] == "/scrivania/eventi/aprire-i-dati-del-traffico"
    assert event.starts_at.isoformat() == "2027-01-20T09:00:00+00:00"
    for what in ("pubblica", "svolto"):
        desk.post(f"/scrivania/eventi/{event.slug}/fai/{what}")
    refused = desk.post(f"/scrivania/eventi/{event.slug}/fai/concludi", follow=True)
    assert "il resoconto" in refused.content.decode()
    minutes = {"kind": "minutes", "title": "Resoconto", "access": "public", "transcript": "Che cosa si è detto."}
    desk.post(f"/scrivania/eventi/{event.slug}/materiali", minutes)
    desk.post(f"/scrivania/eventi/{event.slug}/fai/concludi")
    desk.post(f"/scrivania/eventi/{event.slug}/fai/dichiara", {"attendance": "91", "source": "Comunicato"})

    event.refresh_from_db()
    assert (event.state, event.declared_attendance) == (EventState.CLOSED, 91)


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        ("2027-01-10T10:00", "2027-01-05T10:00", "Le iscrizioni si chiudono dopo"),
        ("2027-01-20T10:00", "", "Le iscrizioni si aprono prima"),
    ],
)
def test_registrations_open_before_they_close_and_before_the_event(desk, opens, closes, words):
    desk.post("/scrivania/eventi", {"slug": "2027", "title": "Programma 2027", "state": "running"})
    said = WRITTEN | {"edition": Edition.objects.get().pk, "starts_at": "2027-01-20T10:00", "has_times": "on"}

    page = desk.post("/scrivania/eventi/nuovo", said | {"reg_opens_at": opens, "reg_closes_at": closes})

    assert words in page.content.decode() and not Event.objects.exists()


def test_a_copy_gets_an_address_of_its_own(desk, plan):
    event = plan()

    desk.post(f"/scrivania/eventi/{event.slug}/fai/copia", {"title": event.title, "starts_at": "2027-03-01T15:00"})

    assert [made.state for made in Event.objects.filter(cloned_from=event)] == [EventState.DRAFT]


FILLED_IN_WRONGLY = [
    ("copia", {"title": "Aprire i dati, di nuovo", "starts_at": "domani"}, "copia_starts_at"),
    ("annulla", {"reason": "Piove. " * 100}, "annulla_reason"),
    ("dichiara", {"attendance": "99999999999"}, "dichiara_attendance"),
    ("dichiara", {"attendance": "-3", "source": "Aprire i dati, di nuovo"}, "dichiara_attendance"),
]


@pytest.mark.parametrize(("what", "said", "field"), FILLED_IN_WRONGLY)
def test_what_was_filled_in_wrongly_is_shown_open_with_what_was_typed(desk, plan, what, said, field):
    answer = desk.post(f"/scrivania/eventi/{plan().slug}/fai/{what}", said)

    page = answer.content.decode()
    assert answer.status_code == 400 and Event.objects.count() == 1
    assert f'href="#{field}"' in page and page.count('<details class="group compact" open>') == 1
    assert all(f'value="{typed}"' in page for typed in said.values())


def test_a_reason_that_is_too_long_is_not_cut(desk, plan):
    event = plan()
    address = f"/scrivania/eventi/{event.slug}/fai/annulla"

    refused = desk.post(address, {"reason": "x" * 612})
    assert "Il motivo ha 612 caratteri e ce ne stanno 500" in refused.content.decode()
    assert "maxlength" not in str(refused.context["cancel"]["reason"])
    event.refresh_from_db()
    assert event.state == EventState.PUBLISHED
    desk.post(address, {"reason": "x" * 500})

    event.refresh_from_db()
    assert (event.state, len(event.cancel_reason)) == (EventState.CANCELLED, 500)


def test_a_file_is_kept_and_given_as_an_attachment_to_its_class(desk, plan):
    event = plan()
    file = SimpleUploadedFile("slide.html", b"<script>alert(1)</script>")
    said = {"kind": "slides", "title": "Slide", "access": "staff", "upload": file}

    desk.post(f"/scrivania/eventi/{event.slug}/materiali", said)
    address = f"/eventi/{event.slug}/materiali/{Material.objects.get().key}"
    answer = desk.get(address)

    assert answer["Content-Disposition"] == 'attachment; filename="slide.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    desk.logout()
    assert desk.get(address).url.startswith("/accedi")


def test_a_recording_without_captions_is_refused_with_the_way_out(desk, plan):
    said = {"kind": "recording", "title": "Video", "access": "public", "url": "https://video.example.org/1"}

    answer = desk.post(f"/scrivania/eventi/{plan().slug}/materiali", said)

    assert answer.status_code == 400
    assert "sottotitoli" in answer.content.decode()
    assert not Material.objects.exists()


def test_who_registered_as_a_table_without_formulas(desk, plan):
    event = plan(questions=["Da dove vieni?"])
    actions.register(event, person("ada", name='=HYPERLINK("x")', answers=["+39 Lecce"]), by=ANONYMOUS)

    text = desk.get(f"/scrivania/eventi/{event.slug}/iscritti.csv").content.decode("utf-8-sig")
    header, row = csv.reader(text.splitlines())

    assert (header[-1], row[0], row[-1]) == ("Da dove vieni?", '\'=HYPERLINK("x")', "'+39 Lecce")


def test_who_helps_at_one_event_helps_at_no_other(desk, plan, citizen):
    here, elsewhere = plan(), plan("altrove")
    tickets = {event: actions.register(event, person("ada"), by=ANONYMOUS) for event in (here, elsewhere)}
    for ticket in tickets.values():
        actions.confirm(ticket.registration)
    assert (
        "Nessun account"
        in desk.post(
            f"/scrivania/eventi/{here.slug}/aiutanti", {"email": "nessuno@example.org"}, follow=True
        ).content.decode()
    )
    desk.post(f"/scrivania/eventi/{here.slug}/aiutanti", {"email": "Dora@example.org"})
    desk.force_login(User.objects.get(pk=citizen.user_id))

    assert "Fai entrare" in desk.get(f"/biglietto/{tickets[here].secret}").content.decode()
    assert "Fai entrare" not in desk.get(f"/biglietto/{tickets[elsewhere].secret}").content.decode()
    actions.remove_helper(here, actions.helpers_of(here)[0].pk, by=SYSTEM)
    assert "Fai entrare" not in desk.get(f"/biglietto/{tickets[here].secret}").content.decode()


def test_one_comes_by_invitation_of_the_desk_and_confirms(desk, plan, client):
    event = plan(audience="invited")
    address = f"/scrivania/eventi/{event.slug}/inviti"

    assert "indirizzo e-mail valido" in desk.post(address, {"name": "Ada"}, follow=True).content.decode()
    assert (
        "Invito mandato"
        in desk.post(address, {"name": "Ada", "email": "ada@example.org"}, follow=True).content.decode()
    )
    desk.logout()
    refused = client.post(f"/eventi/{event.slug}/iscriviti", {"name": "Bea", "email": "bea@example.org"})

    assert [one.email for one in event.registrations.all()] == ["ada@example.org"]
    assert "su invito" in refused.content.decode()
    assert actions.confirm(event.registrations.get()).state == "confirmed"


def test_the_desk_is_for_the_desk(client, plan, citizen):
    event = plan(starts_at=timezone.now() + timedelta(days=1))
    client.force_login(User.objects.get(pk=citizen.user_id))
    addresses = ("", "/nuovo", f"/{event.slug}", f"/{event.slug}/modifica", f"/{event.slug}/iscritti.csv")

    assert {client.get(f"/scrivania/eventi{address}").status_code for address in addresses} == {403}
    assert client.post(f"/scrivania/eventi/{event.slug}/fai/annulla", {"reason": "x"}).status_code == 403


def test_an_edition_is_changed_and_keeps_its_address(desk, edition):
    page = "/scrivania/edizioni/2026"
    said = {"title": "Programma del 2026", "state": "archived", "starts_on": "2026-03-01", "ends_on": "2026-02-01"}
    wrong = desk.post(page, said)
    edition.refresh_from_db()
    assert wrong.status_code == 400 and "La fine viene dopo" in wrong.content.decode()
    assert edition.title == "Programma 2026"

    desk.post(page, said | {"ends_on": "2026-12-31", "abstract": "Un anno di dati.", "slug": "altro"})
    desk.post(page, said | {"ends_on": "2026-12-31", "abstract": "Un anno di dati."})

    edition.refresh_from_db()
    assert (edition.slug, edition.title, edition.state) == ("2026", "Programma del 2026", "archived")
    assert (edition.ends_on, edition.abstract) == (date(2026, 12, 31), "Un anno di dati.")
    (told,) = Entry.objects.filter(event="programme.edition_changed")
    assert told.changes["title"] == ["Programma 2026", "Programma del 2026"]
    assert page in desk.get("/scrivania/eventi").content.decode()


def test_an_edition_is_the_desks_to_change(client, edition, citizen):
    client.force_login(User.objects.get(pk=citizen.user_id))

    assert client.post("/scrivania/edizioni/2026", {"title": "Mia", "state": "running"}).status_code == 403


def test_what_people_thought_is_put_together_when_it_says_of_nobody(desk, plan):
    event = plan()
    actions.hold_event(event, by=SYSTEM)
    page = f"/scrivania/eventi/{event.slug}"
    marks = [(5, 4, 5, "Più tempo"), (4, 4, 5, ""), (5, 3, 5, "Un <b>microfono</b>")]
    for useful, clear, again, words in marks[:2]:
        Feedback.objects.create(event=event, useful=useful, clear=clear, again=again, words=words)
    few = desk.get(page).content.decode()
    assert "2 pareri" in few and "Più tempo" not in few and "da tre pareri" in few

    useful, clear, again, words = marks[2]
    Feedback.objects.create(event=event, useful=useful, clear=clear, again=again, words=words)
    found = opinions_of(event)

    assert [str(one.mean) for one in found.questions] == ["4.7", "3.7", "5.0"]
    assert found.questions[0].marks == (0, 0, 0, 1, 2)
    shown = desk.get(page).content.decode()
    assert "3 pareri" in shown and "4,7" in shown and "Un &lt;b&gt;microfono" in shown
