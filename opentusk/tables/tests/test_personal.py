"""Proves that what names people is seen by nobody before a person decides, and by nobody at all when left out."""

import pytest
from stdnum.it.codicefiscale import calc_check_digit

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.actions import publish
from opentusk.catalog.models import Hold
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.quality.actions import decide_case
from opentusk.quality.models import PrivacyCase
from opentusk.tables.addresses import desk_page_of, page_of
from opentusk.tables.models import Table
from opentusk.tables.tests.conftest import work

pytestmark = pytest.mark.django_db


def code(number: int) -> str:
    """A codice fiscale of nobody: letters that no name gives, with a right check letter."""
    body = f"ZZZZZZ{number:02d}A01D969"
    return body + calc_check_digit(body)


CODES = [code(number) for number in range(40, 60)]
ROWS = "".join(f"{one};Danza;{18 + row}\n" for row, one in enumerate(CODES))
PEOPLE = f"codice_fiscale;corso;voto\n{ROWS}".encode()


@pytest.fixture
def officer(lecce):
    return actor_of(add_member(lecce, email="dpo@example.org", role=Membership.Role.DPO, by=SYSTEM).user)


@pytest.fixture
def suspected(give):
    """A file that is held because of a column of codici fiscali."""
    return give(PEOPLE, "iscritti.csv")


def test_a_file_with_codes_of_people_waits_and_its_profile_has_no_value(suspected):
    version = Table.objects.get(distribution=suspected).versions.get()

    assert Hold.objects.still_open().get().kind == Hold.Kind.PERSONAL_DATA
    assert not any(one in str(version.examination) + str(version.steps) for one in CODES)


def test_the_producers_pages_show_no_value(suspected, client, ada):
    client.force_login(User.objects.get(pk=ada.user_id))
    table = Table.objects.get(distribution=suspected)

    for address in (desk_page_of(table), f"{desk_page_of(table)}/dizionario", f"{desk_page_of(table)}/eccezioni"):
        page = client.get(address).content.decode()
        assert "codice_fiscale" in page or "eccezioni" in address
        assert not any(one in page for one in CODES)


def test_the_columns_that_were_excluded_are_in_no_file_that_is_public(suspected, dataset, officer, client):
    case = PrivacyCase.objects.get()

    decide_case(case, decision="exclude", excluded_columns=["codice_fiscale"], reason="Non servono.", by=officer)
    work()
    dataset.refresh_from_db()
    publish(dataset, by=SYSTEM)
    work()

    table = Table.objects.public().get()
    assert [column.name for column in table.latest.columns()] == ["corso", "voto"]
    public = FileVersion.objects.public().get()
    assert (public.number, public.name) == (2, "iscritti.csv")
    assert not any(one.encode() in public.stored.path.read_bytes() for one in CODES)
    assert FileVersion.objects.get(number=1).state == FileVersion.State.REFUSED
    assert "Danza" in client.get(page_of(table)).content.decode()


def test_a_column_that_was_excluded_stays_out_of_the_next_versions_whatever_is_found_in_it(
    suspected, give, dataset, officer
):
    decide_case(
        PrivacyCase.objects.get(), decision="exclude", excluded_columns=["codice_fiscale"], reason="No", by=officer
    )
    work()
    dataset.refresh_from_db()
    publish(dataset, by=SYSTEM)

    lines = "".join(f"matricola {row};Danza;{18 + row % 12}\n" for row in range(30))
    give(f"codice_fiscale;corso;voto\n{lines}".encode(), "iscritti.csv", to=suspected)

    table = Table.objects.public().get()
    assert [column.name for column in table.latest.columns()] == ["corso", "voto"] and table.latest.rows == 30
    public = FileVersion.objects.public().newest_first()[0]
    assert (public.number, b"matricola" in public.stored.path.read_bytes()) == (4, False)
    assert FileVersion.objects.get(number=3).state == FileVersion.State.REFUSED


def test_what_a_person_cleared_is_shown(suspected, dataset, officer, client):
    decide_case(
        PrivacyCase.objects.get(),
        decision="publish",
        basis=PrivacyCase.Basis.LAW,
        evidence={"norm": "D.Lgs. 33/2013, art. 14"},
        reason="Titolari di incarichi politici.",
        by=officer,
    )
    dataset.refresh_from_db()
    publish(dataset, by=SYSTEM)
    work()

    table = Table.objects.public().get()
    assert CODES[0] in client.get(page_of(table)).content.decode()


def test_a_column_of_people_that_comes_is_not_named_among_the_differences(out, give):
    lines = [f"corso{row};{18 + row}" for row in range(20)]
    table = out(("corso;voto\n" + "\n".join(lines) + "\n").encode(), "iscritti.csv")
    longer = [f"{line};{one};sì" for line, one in zip(lines, CODES, strict=True)]

    give(("corso;voto;codice_fiscale;ammesso\n" + "\n".join(longer) + "\n").encode(), to=table.distribution)

    assert table.versions.newest_first()[0].changes["added_columns"] == ["ammesso"]
