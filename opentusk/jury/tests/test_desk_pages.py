"""Proves the desk's pages of a jury: from the entries to the gallery, and only for the desk."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client

from opentusk.hackathon.models import Hackathon, RankedEntry
from opentusk.hackathon.tests.conftest import marks
from opentusk.jury import actions
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
DESK = "/scrivania/hackathon"


@pytest.fixture
def desk(staff) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=staff.user_id))
    return client


def test_from_the_entries_to_the_gallery_through_the_console(desk, client, hackathon, enter):
    entries = [enter(name) for name in ("E1", "E2", "E3", "E4")]
    page = f"{DESK}/{hackathon.slug}"
    desk.post(f"{page}/fase", {"state": "submissions_closed"})
    for order, entry in enumerate(entries[:3], start=1):
        desk.post(f"{page}/progetti/{entry.pk}/ammetti", {"order": order})
    desk.post(f"{page}/progetti/{entries[3].pk}/escludi", {"reason": "Nessun dato usato."})
    shown = desk.post(
        f"{page}/giurati", {"office": "Presidenza", "email": "p@example.org", "language": "it", "is_president": "on"}
    )
    desk.post(f"{page}/giurati", {"office": "ASL", "email": "a@example.org", "language": "it"})
    second = desk.post(
        f"{page}/giurati", {"office": "Altra", "email": "b@example.org", "language": "it", "is_president": "on"}
    )
    assert second.status_code == 400
    desk.post(f"{page}/fase", {"state": "judging"})

    door = re.search(r"/giuria/[\w-]+", shown.content.decode()).group()
    code = re.search(r'id="codice">(\d{6})<', shown.content.decode()).group(1)
    juror = Client()
    juror.post(door, {"code": code})
    juror.post(f"{door}/conflitti", {})
    other = hackathon.jurors.get(office="ASL")
    actions.accept_juror(other, user=None)
    actions.declare_conflicts(other, {})
    for entry, given in zip(entries, [(6, 6, 6, 6, 6), (9, 9, 9, 9, 9), (7, 7, 7, 7, 7)], strict=False):
        marked = {f"mark_{code}": value for code, value in marks(*given).items()}
        juror.post(f"{door}/progetti/{entry.pk}", marked | {"do": "consegna"})
    early = desk.post(f"{page}/risultati", {"do": "delibera"}, follow=True).content.decode()
    assert "troppo poche schede: E1, E2, E3" in early and not RankedEntry.objects.exists()
    for entry in entries:
        entry.refresh_from_db()
    for entry, given in zip(entries, [(6, 6, 6, 6, 6), (8, 8, 8, 8, 8), (7, 7, 7, 7, 7)], strict=False):
        actions.save_sheet(other, entry, marks(*given), is_final=True)

    assert client.get(f"/hackathon/{hackathon.slug}/premiazione").status_code == 404
    desk.post(f"{page}/risultati", {"do": "delibera"})
    seen = []
    for _step in range(4):
        seen.append(
            re.findall(
                r"<strong>(\d)º</strong> (E\d)", client.get(f"/hackathon/{hackathon.slug}/premiazione").content.decode()
            )
        )
        desk.post(f"{page}/svela", {"do": "avanti"})
    assert seen == [[], [("3", "E1")], [("2", "E3"), ("3", "E1")], [("1", "E2"), ("2", "E3"), ("3", "E1")]]
    assert ">E2<" not in client.get("/riusi").content.decode()
    desk.post(f"{page}/risultati", {"do": "premia", "entry": entries[1].pk, "label": "Primo premio"})
    assert desk.post(f"{page}/risultati", {"do": "pubblica", "minutes": ""}).status_code == 400
    desk.post(f"{page}/risultati", {"do": "pubblica", "minutes": "La giuria si è riunita."})

    public = client.get(f"/hackathon/{hackathon.slug}").content.decode()
    assert "Primo premio" in public and "85,00" in public.replace("85.00", "85,00") and ">E4<" not in public
    assert client.get(f"/hackathon/{hackathon.slug}/progetti/{entries[1].pk}").status_code == 200
    assert client.get(f"/hackathon/{hackathon.slug}/progetti/{entries[3].pk}").status_code == 404
    ranking = list(
        csv.DictReader(StringIO(client.get(f"/hackathon/{hackathon.slug}/classifica.csv").content.decode("utf-8-sig")))
    )
    assert [row["team"] for row in ranking] == ["E2", "E3", "E1"]
    gallery = client.get("/riusi.json").json()
    assert {work["title"]: len(work["datasets"]) for work in gallery["works"]} == {"E1": 2, "E2": 2, "E3": 2}
    assert "Hackathon 2026" in client.get("/riusi/e2").content.decode()


def test_equal_totals_wait_for_the_president_whose_reason_is_kept(desk, hackathon, enter, jury, judging):
    one, other = enter("E1"), enter("E2")
    jurors = jury(2)
    judging(one, other)
    for juror in jurors:
        for entry in (one, other):
            actions.save_sheet(juror, entry, marks(7, 7, 7, 7, 7), is_final=True)
    page = f"{DESK}/{hackathon.slug}/risultati"

    assert desk.post(page, {"do": "decidi", "category": "app", "order": "999", "reason": "x"}).status_code == 400
    desk.post(page, {"do": "decidi", "category": "app", "order": f"{other.pk}, {one.pk}", "reason": "Più pronto."})
    desk.post(page, {"do": "delibera"})

    assert list(RankedEntry.objects.order_by("rank").values_list("entry", flat=True)) == [other.pk, one.pk]
    assert "decisione di chi presiede" in desk.get(page).content.decode()


def test_the_arithmetic_of_coverage_is_shown(desk, hackathon, enter):
    enter("E1")
    enter("E2")

    page = desk.get(f"{DESK}/{hackathon.slug}/giurati?each=6&minutes=12").content.decode()
    short = desk.get(f"{DESK}/{hackathon.slug}/giurati?each=6&minutes=10").content.decode()

    assert "2 progetti × 6 minuti = 12 minuti" in page and "basta la media pesata" in page
    assert "servono 3 giurati" in short


@pytest.mark.parametrize("what", ["progetti", "squadre", "giurati", "conflitti", "voti", "classifica"])
def test_everything_is_a_table_at_any_time_without_formulas(desk, hackathon, enter, jury, judging, what):
    entry = enter("=1+1")
    (juror,) = jury(1)
    judging(entry)
    actions.save_sheet(juror, entry, marks(7, 7, 7, 7, 7), is_final=False)

    answer = desk.get(f"{DESK}/{hackathon.slug}/esporta/{what}.csv")

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == {"voti": 6, "conflitti": 1, "classifica": 1}.get(what, 2)
    assert not any(cell.startswith("=") for row in rows for cell in row)


ONLY_DESK = [
    ("get", "/risultati"), ("get", "/giurati"), ("post", "/giurati"), ("post", "/svela"), ("post", "/risultati"),
    ("post", "/giurati/1/sostituisci"), ("post", "/giurati/1/lettera"), ("post", "/conflitti/1"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), ONLY_DESK)
def test_the_pages_are_the_desks_alone(client, hackathon, ada, method, path):
    address = f"{DESK}/{hackathon.slug}{path}"

    assert getattr(client, method)(address)["Location"].startswith("/accedi")
    client.force_login(User.objects.get(pk=ada.user_id))
    assert getattr(client, method)(address).status_code == 403
    assert Hackathon.objects.get().state == "running"
