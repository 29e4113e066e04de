"""Proves the desk's console: a whole hackathon through its pages, and only for the desk."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from opentusk.hackathon import actions
from opentusk.hackathon.models import Hackathon
from opentusk.hackathon.states import HackathonState
from opentusk.journal.actors import SYSTEM
from opentusk.journal.tasks import run_next
from opentusk.people.models import RoleGrant, User
from opentusk.subscriptions.tests.conftest import everything_happens, following, letters

pytestmark = pytest.mark.django_db
DESK = "/scrivania/hackathon"


@pytest.fixture
def desk(staff) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=staff.user_id))
    return client


def settings_of(**fields) -> dict:
    return {
        "title": "Hackathon 2027", "rules": "In un giorno.", "categories": "app\nracconto\napp\n", "team_min": 2,
        "team_max": 5, "min_sheets": 1, "combination": "mean", "submit_opens_at": "2027-10-01T09:00",
        "submit_closes_at": "2027-10-01T16:00", "main_dataset_required": "on",
    } | fields  # fmt: skip


def criteria_of(*weights: int) -> dict:
    rows = {
        f"form-{number}-{name}": value
        for number, weight in enumerate(weights)
        for name, value in (("label", f"Criterio {number}"), ("weight", weight), ("max_score", 10), ("step", 1))
    }
    return rows | {"form-TOTAL_FORMS": len(weights), "form-INITIAL_FORMS": 0}  # fmt: skip


def test_a_hackathon_is_prepared_on_pages_and_announced_only_when_whole(desk, client):
    assert desk.post(DESK, {"title": "Hackathon 2027", "slug": "hackathon-2027"}).status_code == 302
    page = f"{DESK}/hackathon-2027"
    early = desk.post(f"{page}/fase", {"state": "registrations"}, follow=True).content.decode()
    assert "Manca il regolamento" in early
    wrong = desk.post(f"{page}/impostazioni", settings_of(team_max=1, submit_closes_at="2027-10-01T08:00"))
    assert wrong.status_code == 400 and Hackathon.objects.get().rules == ""

    desk.post(f"{page}/impostazioni", settings_of())
    assert "90" in desk.post(f"{page}/criteri", criteria_of(60, 30)).content.decode()
    desk.post(f"{page}/criteri", criteria_of(60, 40))
    assert client.get("/hackathon/hackathon-2027").status_code == 404
    desk.post(f"{page}/fase", {"state": "registrations"})

    made = Hackathon.objects.get()
    assert (made.state, made.categories, made.criteria.count()) == ("registrations", ["app", "racconto"], 2)
    assert timezone.localtime(made.submit_closes_at).hour == 16
    assert "60%" in client.get("/hackathon/hackathon-2027").content.decode()
    assert desk.post(DESK, {"title": "Altro", "slug": "hackathon-2027"}).status_code == 400


def test_mentors_are_in_no_team(desk, hackathon, ada, bea):
    actions.make_team(hackathon, "Ombrelli", by=ada, adult_declared=True)
    page = f"{DESK}/{hackathon.slug}/mentori"

    assert "non può stare in una squadra" in desk.post(page, {"email": "ada@example.org"}, follow=True).content.decode()
    desk.post(page, {"email": "bea@example.org"})
    helper = Client()
    helper.force_login(User.objects.get(pk=bea.user_id))
    assert "fai da mentore" in helper.get("/hackathon/hackathon-2026/squadra").content.decode()
    desk.post(page, {"end": RoleGrant.objects.get().pk})
    assert "Crea una squadra" in helper.get("/hackathon/hackathon-2026/squadra").content.decode()


@pytest.mark.parametrize(("language", "subject"), [("it", "Sei mentore di"), ("en", "You are a mentor of")])
def test_a_mentor_hears_by_letter_and_not_when_it_is_over(hackathon, bea, language, subject):
    User.objects.filter(pk=bea.user_id).update(language=language)
    actions.add_mentor(hackathon, "bea@example.org", by=SYSTEM)
    while run_next():
        pass
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["bea@example.org"], f"{subject} Hackathon 2026")
    assert f"/hackathon/{hackathon.slug}" in letter.body

    actions.end_mentor(RoleGrant.objects.get(), by=SYSTEM)
    actions.end_mentor(actions.add_mentor(hackathon, "bea@example.org", by=SYSTEM), by=SYSTEM)
    while run_next():
        pass

    assert len(mail.outbox) == 1


def test_followers_hear_of_each_phase(hackathon):
    following("subject", f"hackathon.hackathon:{hackathon.pk}")
    everything_happens()
    actions.advance(hackathon, HackathonState.SUBMISSIONS_CLOSED, by=SYSTEM)

    everything_happens()

    assert any("Nuova fase dell'hackathon: consegne chiuse." in letter for letter in letters())


ONLY_DESK = [
    ("get", ""), ("get", "/impostazioni"), ("get", "/criteri"), ("get", "/schede"),
    ("get", "/esporta/voti.csv"), ("post", "/fase"), ("post", "/mentori"),
    ("post", "/progetti/1/ammetti"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ONLY_DESK)
def test_the_console_is_the_desks_alone(client, hackathon, ada, method, path):
    address = f"{DESK}/{hackathon.slug}{path}"

    assert getattr(client, method)(address)["Location"].startswith("/accedi")
    client.force_login(User.objects.get(pk=ada.user_id))
    assert getattr(client, method)(address).status_code == 403
    assert Hackathon.objects.get().state == "running"
