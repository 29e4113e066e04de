"""Proves the juror's door: code, conflicts by address, marks after the end, and nobody else's marks."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from opentusk.hackathon.models import Hackathon, Juror, Score, Sheet
from opentusk.hackathon.tests.conftest import WEIGHTS
from opentusk.journal.actors import SYSTEM
from opentusk.jury import actions
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


class Seat:
    """A juror with a browser."""

    def __init__(self, hackathon, email="giurata@example.org", *, office="Ufficio"):
        self.juror, self.secret, self.code = actions.invite_juror(hackathon, by=SYSTEM, office=office, email=email)
        self.client = Client()
        self.door = f"/giuria/{self.secret}"

    def come_in(self, **conflicts) -> "Seat":
        self.client.post(self.door, {"code": self.code})
        self.client.post(f"{self.door}/conflitti", conflicts)
        return self

    def get(self, path=""):
        return self.client.get(f"{self.door}/progetti{path}")

    def mark(self, entry, *values, do="consegna"):
        marks = {f"mark_{code}": value for code, value in zip(WEIGHTS, values, strict=False)}
        return self.client.post(f"{self.door}/progetti/{entry.pk}", marks | {"do": do})


@pytest.fixture
def seat(hackathon) -> Seat:
    return Seat(hackathon)


def test_without_the_code_nothing_opens_and_the_secret_is_kept_nowhere(seat, hackathon, caplog):
    assert seat.get()["Location"] == seat.door
    assert seat.client.post(seat.door, {"code": "000000" if seat.code != "000000" else "1"}).status_code == 400
    assert Client().post("/giuria/altro", {"code": seat.code}).status_code == 400

    seat.come_in()

    assert seat.get().status_code == 200
    assert Client().get(f"{seat.door}/progetti").status_code == 302
    kept = str(list(Juror.objects.values()))
    assert seat.secret not in kept and seat.code not in kept
    assert seat.get("/999").status_code == 302
    assert seat.secret not in caplog.text


def test_codes_cannot_be_guessed_at_will(seat):
    answers = [seat.client.post(seat.door, {"code": f"x{number}"}).content.decode() for number in range(10)]

    assert "Troppi tentativi" in answers[-1] and "Troppi tentativi" not in answers[0]


def test_a_juror_marks_one_entry_per_screen_and_sees_the_own_marks(seat, enter, jury, judging):
    one, other = enter("E1"), enter("E2")
    seat.come_in()
    (colleague,) = jury(1)
    judging(one, other)
    actions.save_sheet(colleague, one, {"impact": 3}, is_final=False)

    assert seat.mark(one, 9, 8, do="bozza").status_code == 302
    assert Sheet.objects.get(juror=seat.juror).state == "draft"
    wrong = seat.mark(one, 9, 8)
    assert wrong.status_code == 400 and wrong.content.decode().count("Manca il voto") >= 3
    seat.mark(one, 9, 8, 7, 6, 5)

    page = seat.get(f"/{other.pk}").content.decode()
    assert Sheet.objects.get(juror=seat.juror).state == "submitted"
    assert "Impact 9" in page and "Impact 3" not in page
    assert page.count('type="radio"') == 5 * 10 and "Ho un conflitto" in page
    assert re.search(r'name="mark_impact" value="9"[^>]*checked', seat.get(f"/{one.pk}").content.decode())
    assert "E1" in seat.client.get(f"{seat.door}/schede").content.decode()


def test_invariant_18_a_conflict_shuts_the_sheet_by_address_too(seat, enter, jury, judging):
    one, other = enter("E1"), enter("E2")
    seat.come_in(**{f"team_{one.team_id}": "Ci lavora mia sorella"})
    jury(1)
    judging(one, other)

    assert seat.get(f"/{one.pk}").status_code == 403
    assert seat.mark(one, 9, 9, 9, 9, 9).status_code == 403
    assert seat.get(f"/{other.pk}").status_code == 200
    seat.client.post(f"{seat.door}/progetti/{other.pk}/conflitto", {"reason": ""})
    assert seat.get(f"/{other.pk}").status_code == 200
    seat.client.post(f"{seat.door}/progetti/{other.pk}/conflitto", {"reason": "È un mio studente"})

    assert seat.get(f"/{other.pk}").status_code == 403
    assert not Score.objects.exists()


def test_after_the_end_marks_are_read_and_not_written(seat, enter, jury, judging):
    entry = enter("E1")
    seat.come_in()
    judging(entry)
    seat.mark(entry, 9, 8, 7, 6, 5)
    Hackathon.objects.update(judging_closes_at=timezone.now())

    answer = seat.mark(entry, 1, 1, 1, 1, 1)

    assert answer.status_code == 400 and "Adesso non si vota" in answer.content.decode()
    assert set(Score.objects.values_list("value", flat=True)) == {9, 8, 7, 6, 5}


def test_a_replaced_juror_is_out_at_once_and_the_desk_never_comes_in(seat, enter, judging, staff):
    entry = enter("E1")
    seat.come_in()
    judging(entry)
    desk = Client()
    desk.force_login(User.objects.get(pk=staff.user_id))
    assert desk.get(f"{seat.door}/progetti/{entry.pk}")["Location"] == seat.door
    assert desk.post(f"{seat.door}/progetti/{entry.pk}", {"mark_impact": 9})["Location"] == seat.door

    actions.replace_juror(seat.juror, by=SYSTEM)

    assert seat.get().status_code == 302
    assert seat.client.post(seat.door, {"code": seat.code}).status_code == 400


def test_marks_of_other_scales_are_typed_as_numbers(seat, hackathon, enter, judging):
    hackathon.criteria.filter(code="impact").update(max_score=30, step="0.5")
    entry = enter("E1")
    seat.come_in()
    judging(entry)

    page = seat.get(f"/{entry.pk}").content.decode()
    assert re.search(r'<input type="number" name="mark_impact"[^>]*step="0.5"', page)
    assert seat.mark(entry, "12.3", 8, 7, 6, 5).status_code == 400
    assert seat.mark(entry, "12.5", 8, 7, 6, 5).status_code == 302
