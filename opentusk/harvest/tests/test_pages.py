"""The pages of the sources: public state, private previews, decisions by form."""

import csv
from io import StringIO

import pytest
from django.test import Client

from opentusk.bodies.models import Agent
from opentusk.harvest.actions import begin_run, run_source
from opentusk.harvest.models import HarvestRun, HarvestSource
from opentusk.harvest.tests.catalogs import catalog
from opentusk.harvest.tests.conftest import Harvest
from opentusk.outbound.tests.local_server import Page, Site
from opentusk.people.models import User


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_user("desk@example.org", desk_role="editor"))
    return client


@pytest.fixture
def run(harvest: Harvest) -> HarvestRun:
    broken = catalog(range(3)).replace(b'dct:title "Alberi monumentali 1"@it ;', b"")
    return harvest(broken.replace(b"file-type/CSV>", b"file-type/csv>"))


def test_everybody_sees_the_sources_and_how_they_are(client: Client, run: HarvestRun) -> None:
    text = client.get("/raccolte").content.decode()

    assert "Lecce" in text
    assert "terminata" in text


def test_a_run_shows_each_item_with_its_problems(client: Client, run: HarvestRun) -> None:
    text = client.get(f"/raccolte/run/{run.pk}").content.decode()

    assert "rifiutato" in text
    assert "<del>" in text
    assert "Alberi monumentali 2" in text


def test_a_run_can_be_narrowed_to_one_outcome(client: Client, run: HarvestRun) -> None:
    text = client.get(f"/raccolte/run/{run.pk}?esito=rejected").content.decode()

    assert "Alberi monumentali 2" not in text


def test_the_report_can_be_taken_away_as_csv_and_json(client: Client, run: HarvestRun) -> None:
    rows = list(csv.DictReader(StringIO(client.get(f"/raccolte/run/{run.pk}.csv").content.decode())))
    report = client.get(f"/raccolte/run/{run.pk}.json").json()

    assert {row["esito"] for row in rows} == {"creato", "rifiutato"}
    assert report["outcomes"]["created"] == 2
    assert len(report["items"]) == 3


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(client: Client, harvest: Harvest) -> None:
    run = harvest(catalog([1]).replace(b"Alberi monumentali 1", b"=HYPERLINK(1)").replace(b"ENVI", b"XXXX"))

    assert '"=HYPERLINK' not in client.get(f"/raccolte/run/{run.pk}.csv").content.decode()
    assert "'=HYPERLINK" in client.get(f"/raccolte/run/{run.pk}.csv").content.decode()


def test_a_script_in_a_title_stays_a_text(client: Client, harvest: Harvest) -> None:
    run = harvest(catalog([1]).replace(b"Alberi monumentali 1", b"<script>alert(1)</script>"))

    assert "<script>alert" not in client.get(f"/raccolte/run/{run.pk}").content.decode()


def test_progress_is_asked_again_only_while_the_run_is_under_way(client: Client, source: HarvestSource) -> None:
    run = begin_run(source)
    assert "every 2s" in client.get(f"/raccolte/run/{run.pk}/stato").content.decode()

    HarvestRun.objects.update(status=HarvestRun.Status.DONE)

    assert "every 2s" not in client.get(f"/raccolte/run/{run.pk}/stato").content.decode()


def test_a_preview_is_shown_only_to_those_who_answer_for_the_source(
    client: Client, source: HarvestSource, site: Site
) -> None:
    site.pages["/catalog.ttl"] = Page(catalog(range(3)))
    run = run_source(begin_run(source, is_dry_run=True))

    assert client.get(f"/raccolte/run/{run.pk}").status_code == 404
    client.force_login(User.objects.create_user("desk@example.org", desk_role="editor"))
    assert client.get(f"/raccolte/run/{run.pk}").status_code == 200


def test_the_desk_adds_a_source_that_waits_for_its_preview(desk: Client, lecce: Agent) -> None:
    answer = desk.post(
        "/raccolte/nuova",
        {"name": "Lecce", "kind": "ckan", "url": "https://dati.lecce.example", "role": "body", "agent": lecce.pk,
         "frequency_hours": 24, "organization": "lecce", "except_holders": "C_F205, c_a662"},
    )  # fmt: skip

    source = HarvestSource.objects.get()
    assert answer.status_code == 302
    assert (source.is_paused, source.frequency_hours) == (True, 24)
    assert source.filters == {"organization": "lecce", "except_holders": ["c_f205", "c_a662"]}


def test_a_body_source_without_its_body_is_sent_back(desk: Client) -> None:
    answer = desk.post("/raccolte/nuova", {"name": "x", "kind": "ckan", "url": "https://x.example", "role": "body"})

    assert answer.status_code == 400
    assert "Scegli l&#x27;ente" in answer.content.decode()


def test_the_form_of_a_source_shows_what_it_has(desk: Client, source: HarvestSource) -> None:
    HarvestSource.objects.update(filters={"only_holders": ["c_e506", "c_f205"]})

    assert 'value="c_e506 c_f205"' in desk.get(f"/raccolte/{source.pk}/modifica").content.decode()


def test_decisions_are_posted_and_asked_of_the_worker(desk: Client, source: HarvestSource) -> None:
    assert desk.get(f"/raccolte/{source.pk}/avvia").status_code == 405

    assert desk.post(f"/raccolte/{source.pk}/riprendi").status_code == 302
    assert desk.post(f"/raccolte/{source.pk}/avvia").status_code == 302

    assert not HarvestSource.objects.get().is_paused
    assert HarvestRun.objects.get().status == HarvestRun.Status.QUEUED


@pytest.mark.parametrize("action", ["avvia", "anteprima", "pausa", "riprendi"])
def test_a_stranger_decides_nothing(action: str, client: Client, source: HarvestSource) -> None:
    client.force_login(User.objects.create_user("stranger@example.org"))

    assert client.post(f"/raccolte/{source.pk}/{action}").status_code == 403


def test_nobody_decides_without_signing_in(client: Client, source: HarvestSource) -> None:
    answer = client.post(f"/raccolte/{source.pk}/avvia")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accedi")
