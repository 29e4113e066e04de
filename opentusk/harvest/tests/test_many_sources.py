"""Proves that the national list of sources is imported whole and paused, once, and is shown without trouble."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from opentusk.bodies.models import Agent
from opentusk.harvest.actions import begin_run, import_sources
from opentusk.harvest.errors import NotAllowed
from opentusk.harvest.models import HarvestRun, HarvestSource
from opentusk.harvest.tests.catalogs import catalog
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.outbound.tests.local_server import Page, Site
from opentusk.people.actors import actor_of
from opentusk.people.models import User

LIST = Path(__file__).resolve().parents[3] / "../shared/samples/packages/dati_gov_it_harvest_2026-08.json"
EU = "http://publications.europa.eu/resource/authority"


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_user("desk@example.org", desk_role="editor"))
    return client


@pytest.fixture
def national(lecce: Agent) -> list[HarvestSource]:
    return import_sources(LIST.read_bytes(), by=SYSTEM).added


def test_every_source_of_the_national_list_is_there_and_paused(national: list[HarvestSource]) -> None:
    rows = json.loads(LIST.read_text("utf-8"))

    stored = {(source.listed["id"], source.url) for source in HarvestSource.objects.all()}
    assert len(national) == len(rows) == 321
    assert stored == {(row["id"], row["url"]) for row in rows}
    assert not HarvestSource.objects.filter(is_paused=False).exists()
    kinds = {kind: HarvestSource.objects.filter(kind=kind).count() for kind in ("dcat_rdf", "ckan", "dcat_us")}
    assert kinds == {"dcat_rdf": 313, "ckan": 6, "dcat_us": 2}
    assert max(len(source.url) for source in national) == 2454


def test_settings_are_mapped_and_the_rest_is_kept(national: list[HarvestSource]) -> None:
    source = HarvestSource.objects.get(name="MEF OpenBDAP")

    assert source.defaults == {
        "theme": f"{EU}/data-theme/GOVE",
        "language": f"{EU}/language/ITA",
        "frequency": f"{EU}/frequency/UNKNOWN",
    }
    assert "override_extras" in source.listed["config"]


def test_the_organizations_of_a_ckan_source_become_its_filter(db: None) -> None:
    config = {"organizations_filter_include": ["a", "b"], "organizations_filter_exclude": ["c"]}
    row = {"title": "X", "url": "https://x.example", "type": "ckan", "config": config}

    (source,) = import_sources(json.dumps([row]).encode(), by=SYSTEM).added

    assert source.filters == {"fq": "(organization:a OR organization:b) -organization:c"}


def test_a_body_of_the_portal_gets_its_own_catalogue_and_the_others_may_speak_for_many(
    national: list[HarvestSource], lecce: Agent
) -> None:
    own = HarvestSource.objects.filter(role="body")

    assert {source.agent for source in own} <= {lecce}
    assert HarvestSource.objects.filter(role="aggregator", agent=None).count() == 321 - own.count()


def test_a_second_import_adds_nothing(national: list[HarvestSource]) -> None:
    entries = Entry.objects.count()

    again = import_sources(LIST.read_bytes(), by=SYSTEM)

    assert (len(again.added), len(again.known), again.refused) == (0, 321, [])
    assert HarvestSource.objects.count() == 321
    assert Entry.objects.count() == entries


def test_bad_rows_are_told_and_the_good_ones_come_in(db: None, tmp_path: Path) -> None:
    good = {"title": "Buona", "url": "https://x.example/c.rdf", "type": "dcat_rdf"}
    rows = [
        good,
        {**good, "url": "ftp://x.example"},
        {**good, "type": "harvest_ftp", "url": "https://y.example"},
        "?",
        {**good, "url": "https://z.example", "config": "{bad"},
        good,
    ]
    file = tmp_path / "list.json"
    file.write_text(json.dumps({"success": True, "result": rows}))
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("import_sources", str(file), stdout=out)

    report = json.loads(out.getvalue())
    assert ended.value.code == 1
    assert (report["added"], report["known"]) == (1, 1)
    assert [row["row"] for row in report["refused"]] == [2, 3, 4, 5]
    assert "harvest_ftp" in report["refused"][1]["problem"]


def test_the_form_of_the_desk_imports_and_shows_what_it_did(desk: Client, lecce: Agent) -> None:
    answer = desk.post("/raccolte/importa", {"file": SimpleUploadedFile("list.json", LIST.read_bytes())})
    broken = desk.post("/raccolte/importa", {"file": SimpleUploadedFile("list.json", b"<html>")})

    assert "321 sorgenti aggiunte" in answer.text
    assert broken.status_code == 400
    assert "non lo è" in broken.text


def test_only_the_desk_imports(client: Client, db: None) -> None:
    stranger = User.objects.create_user("stranger@example.org")
    client.force_login(stranger)

    assert client.get("/raccolte/importa").status_code == 403
    with pytest.raises(NotAllowed):
        import_sources(LIST.read_bytes(), by=actor_of(stranger))


def test_the_console_shows_them_by_pages_with_as_many_queries_as_for_a_few(
    client: Client, national: list[HarvestSource], django_assert_max_num_queries
) -> None:
    for source in national[:60]:
        run = begin_run(source)
        HarvestRun.objects.filter(pk=run.pk).update(status="done")

    with django_assert_max_num_queries(8):
        first = client.get("/raccolte")

    assert "321 sorgenti" in first.text
    assert "Pagina 1 di 7" in first.text
    assert first.text.count('<th scope="row">') == 50
    assert "terminata" in first.text
    assert client.get("/raccolte?page=7").text.count('<th scope="row">') == 21


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("q=github+RAW", 30),
        ("tipo=ckan", 6),
        ("stato=active", 0),
        ("stato=never", 321),
        ("stato=trouble", 0),
        ("tipo=x", 321),
    ],
)
def test_the_console_finds_by_word_kind_and_state(
    query: str, number: int, client: Client, national: list[HarvestSource]
) -> None:
    assert f"<p>{number} sorgenti." in client.get(f"/raccolte?{query}").text


def test_a_source_is_tried_from_its_form_and_nothing_is_written(desk: Client, site: Site, lecce: Agent) -> None:
    site.pages["/catalog.ttl"] = Page(catalog(range(7)).replace(b'dct:title "Alberi monumentali 1"@it ;', b""))
    form = {"name": "Prova", "kind": "dcat_rdf", "url": site.url("/catalog.ttl"), "role": "body", "agent": lecce.pk}

    answer = desk.post("/raccolte/nuova", {**form, "try": "1"})

    assert answer.status_code == 200
    assert "c_e506:alberi-0" in answer.text
    assert "c_e506:alberi-6" not in answer.text
    assert "Così non potrebbe essere pubblico" in answer.text
    assert not HarvestSource.objects.exists() and not HarvestRun.objects.exists()


def test_a_trial_that_fails_says_why(desk: Client, site: Site, lecce: Agent) -> None:
    form = {"name": "Prova", "kind": "csw", "url": site.url("/nessuno"), "role": "body", "agent": lecce.pk}

    answer = desk.post("/raccolte/nuova", {**form, "try": "1"})

    assert "La prova non è riuscita" in answer.text
    assert "404" in answer.text


def test_a_filter_the_kind_does_not_know_is_refused(desk: Client, lecce: Agent) -> None:
    form = {"name": "x", "kind": "csw", "url": "https://x.example", "role": "body", "agent": lecce.pk}

    answer = desk.post("/raccolte/nuova", {**form, "organization": "lecce"})

    assert answer.status_code == 400
    assert "non conosce questo filtro" in answer.text


def test_every_kind_is_offered_in_plain_words(desk: Client) -> None:
    text = desk.get("/raccolte/nuova").text

    for words in ("Un portale CKAN: basta il suo indirizzo", "Un geoportale", "Un endpoint SPARQL", "Un foglio"):
        assert words in text
