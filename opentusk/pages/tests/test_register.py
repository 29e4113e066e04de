"""Proves that the public register tells state, date and figures of every body, to people and to programs."""

import csv
from datetime import date
from io import StringIO

import pytest

from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.tests.records import distribution, trees
from opentusk.journal.actors import SYSTEM
from opentusk.pages.register import COLUMNS
from opentusk.people.models import User
from opentusk.quality.actions import score_datasets

pytestmark = pytest.mark.django_db


@pytest.fixture
def lecce() -> Agent:
    return Agent.objects.create(
        ipa_code="c_e506", slug="comune-di-lecce", name="Comune di Lecce", kind="municipality",
        istat_code="075035", joined_on=date(2024, 3, 4), status_since=date(2024, 3, 4),
    )  # fmt: skip


@pytest.fixture
def figures(lecce) -> float:
    """Two public datasets and a draft; the mean of the two."""
    other = trees("c_e506:due", distribution=(distribution("due"),))
    rows = [publish(create_draft(record, holder=lecce, by=SYSTEM), by=SYSTEM) for record in (trees(), other)]
    create_draft(trees("c_e506:bozza"), holder=lecce, by=SYSTEM)
    score_datasets([row.pk for row in rows])
    return sum(row.score.total for row in rows) / 2


def rows_of(client) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get("/enti.csv").content.decode())))


def test_the_table_counts_what_everybody_sees(client, figures):
    assert rows_of(client) == [
        {
            "codice_ipa": "c_e506",
            "nome": "Comune di Lecce",
            "tipo": "Comune",
            "stato": "attivo",
            "stato_dal": "2024-03-04",
            "data_adesione": "2024-03-04",
            "territorio": "",
            "codice_istat": "075035",
            "sito": "",
            "dataset_pubblicati": "2",
            "punteggio_medio": str(round(figures, 1)),
            "dimostrativo": "false",
            "pagina": "http://localhost:8000/enti/comune-di-lecce",
        }
    ]


def test_json_and_table_say_the_same_in_italian_whatever_the_reader_speaks(client, figures):
    told = client.get("/enti.json", headers={"Accept-Language": "en"}).json()

    assert [tuple(row) for row in told["enti"]] == [COLUMNS]
    assert told["enti"][0]["tipo"] == "Comune"
    assert told["enti"][0]["dataset_pubblicati"] == 2
    assert told["enti"][0]["dimostrativo"] is False
    assert told["enti"][0]["territorio"] is None


def test_programs_of_any_site_may_read_the_register(client):
    for address in ("/enti.csv", "/enti.json"):
        assert client.head(address)["Access-Control-Allow-Origin"] == "*"
        assert client.post(address).status_code == 405


def test_a_name_that_a_spreadsheet_would_run_is_disarmed(client):
    Agent.objects.create(ipa_code="x", slug="x", name="=HYPERLINK(1)")

    assert rows_of(client)[0]["nome"] == "'=HYPERLINK(1)"


def test_a_body_that_only_other_catalogues_name_has_not_joined(client, lecce):
    Agent.objects.create(ipa_code="c_a662", slug="bari", name="Comune di Bari")

    assert [(row["stato"], row["data_adesione"]) for row in rows_of(client)] == [
        ("non aderente", ""),
        ("attivo", "2024-03-04"),
    ]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("joined", ["Comune di Lecce"]),
        ("suspended", ["Comune di Brindisi"]),
        ("ended", ["Comune di Foggia"]),
        ("others", ["Comune di Bari"]),
        ("", ["Comune di Bari", "Comune di Brindisi", "Comune di Foggia", "Comune di Lecce"]),
    ],
)
def test_the_page_narrows_by_state(state, names, client, lecce):
    Agent.objects.create(ipa_code="c_a662", slug="bari", name="Comune di Bari")
    for code, name, status in (("c_b180", "Comune di Brindisi", "suspended"), ("c_d643", "Comune di Foggia", "ended")):
        Agent.objects.create(ipa_code=code, slug=code, name=name, status=status, joined_on=date(2024, 3, 4))

    answer = client.get("/enti", {"stato": state})

    assert [agent.name for agent in answer.context["page"]] == names
    assert "1 ente ha aderito" in answer.content.decode()


@pytest.mark.parametrize(("status", "words"), [("suspended", "è sospeso dal"), ("ended", "non partecipa più")])
def test_a_closed_body_keeps_its_page_and_its_datasets_with_a_notice(status, words, client, lecce, figures):
    Agent.objects.filter(pk=lecce.pk).update(status=status, status_reason="Motivo riservato")

    page = client.get("/enti/comune-di-lecce").content.decode()

    assert words in page
    assert "Alberi del verde pubblico" in page
    assert "Motivo riservato" not in page
    assert client.get("/dataset/c_e506-alberi").status_code == 200


def test_the_way_to_people_and_data_is_shown_to_those_who_may(client, lecce):
    user = User.objects.create_user("referente@example.org")
    assert "persone" not in client.get("/enti/comune-di-lecce").content.decode()
    client.force_login(user)
    assert "Lavori per questo ente?" in client.get("/enti/comune-di-lecce").content.decode()

    Membership.objects.create(user=user, agent=lecce, role="referente")

    assert "/enti/comune-di-lecce/dati" in client.get("/enti/comune-di-lecce").content.decode()


def test_only_the_desk_is_led_to_its_console(client, lecce):
    client.force_login(User.objects.create_user("somebody@example.org"))
    assert "/redazione/adesioni" not in client.get("/").content.decode()

    client.force_login(User.objects.create_user("desk@example.org", desk_role="editor"))

    assert "/redazione/adesioni" in client.get("/").content.decode()
