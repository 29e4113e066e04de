"""Proves the doors of the reuse room: a proposal without scripts, the desk, the gallery for people and programs."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opentusk.catalog.actions import withdraw
from opentusk.files.actions.sweeping import sweep
from opentusk.files.models import StoredFile
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User
from opentusk.reuse import actions
from opentusk.reuse.models import Work
from opentusk.search.actions import rebuild_index

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture
def signed_in(client, maker):
    client.force_login(User.objects.get(pk=maker.user_id))
    return client


@pytest.fixture
def published(maker, staff, datasets) -> Work:
    work = actions.draft_work(by=maker, title="Ombra in città", abstract="Dove c'è ombra.", kind="web_app")
    actions.set_datasets(work, datasets, by=maker, main=datasets[0])
    actions.propose_work(work, by=maker)
    actions.publish_work(work, by=staff)
    return work


def typed(**fields) -> dict:
    return {"title": "Ombra in città", "abstract": "Dove c'è ombra.", "kind": "web_app"} | fields


def test_a_reuse_goes_from_a_name_to_the_gallery_without_scripts(signed_in, client, staff, datasets):
    rebuild_index()
    address = signed_in.post("/riusi/nuovo", {"title": "Ombra in città"})["Location"]

    found = signed_in.post(address, typed(do="cerca", cerca_dataset="alberi"), follow=True).content.decode()
    assert 'name="aggiungi" value="c_e506:alberi"' in found and "CSV" in found
    chosen = signed_in.post(address, typed(aggiungi="c_e506:alberi", cerca_dataset="alberi"), follow=True)
    assert 'name="dataset" value="c_e506:alberi"' in chosen.content.decode()
    picture = SimpleUploadedFile("mappa.png", PNG, "image/png")
    undescribed = signed_in.post(address, typed(dataset="c_e506:alberi", image=picture, do="salva"))
    assert undescribed.status_code == 400 and "per chi non la vede" in undescribed.content.decode()
    picture.seek(0)
    signed_in.post(address, typed(dataset="c_e506:alberi", image=picture, image_alt="Una mappa", do="proponi"))
    work = Work.objects.get()
    assert (work.state, work.datasets.get().is_main, work.image_alt) == ("proposed", True, "Una mappa")

    client.force_login(User.objects.get(pk=staff.user_id))
    assert "Ombra in città" in client.get("/scrivania/riusi").content.decode()
    client.post(f"/scrivania/riusi/{work.pk}/pubblica")
    client.logout()
    assert "Ombra in città" in client.get("/riusi").content.decode()
    shown = client.get("/riusi/ombra-in-citta/immagine")
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == ("image/png", PNG)
    assert "Riusi fatti con questi dati" in client.get(f"/dataset/{datasets[0].slug}").content.decode()


def test_a_picture_in_use_is_not_swept_away_and_a_wrong_one_is_not_kept(signed_in, maker, datasets):
    work = actions.draft_work(by=maker, title="Ombra in città")
    address = f"/riusi/bozze/{work.pk}"
    page = SimpleUploadedFile("x.png", b"<script>alert(1)</script>", "image/png")
    assert signed_in.post(address, typed(image=page, image_alt="x")).status_code == 400
    assert not StoredFile.objects.exists()
    signed_in.post(address, typed(image=SimpleUploadedFile("x.png", PNG), image_alt="x"))
    StoredFile.objects.update(received_at="2020-01-01T00:00Z")

    sweep()

    assert StoredFile.objects.count() == 1
    Work.objects.update(image=None)
    sweep()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_draft_is_its_authors_alone(client, maker, method):
    work = actions.draft_work(by=maker, title="Ombra in città")
    address = f"/riusi/bozze/{work.pk}"

    assert getattr(client, method)(address)["Location"].startswith("/accedi")
    client.force_login(User.objects.create_user("altra@example.org"))
    assert getattr(client, method)(address).status_code == 404
    assert client.get(f"/riusi/{work.slug}").status_code == 404
    assert client.get("/scrivania/riusi").status_code == 403
    assert client.post(f"/scrivania/riusi/{work.pk}/pubblica").status_code == 403


def test_the_desk_refuses_with_a_reason_that_the_author_reads(client, signed_in, maker, staff, datasets):
    work = actions.draft_work(by=maker, title="Ombra", abstract="Che cos'è.")
    actions.set_datasets(work, datasets, by=maker)
    actions.propose_work(work, by=maker)
    client.force_login(User.objects.get(pk=staff.user_id))
    client.post(f"/scrivania/riusi/{work.pk}/rifiuta", {"reason": ""})
    assert Work.objects.get().state == "proposed"
    client.post(f"/scrivania/riusi/{work.pk}/rifiuta", {"reason": "Non usa i dati."})

    client.force_login(User.objects.get(pk=maker.user_id))
    assert "Non usa i dati." in client.get("/riusi/nuovo").content.decode()


FILTERS = [
    ("genere=web_app", 1), ("genere=app", 0), ("tema=ENVI", 1), ("tema=ENER", 0), ("dataset=c_e506:parchi", 1),
    ("dataset=altro", 0), ("ente=c_e506", 1), ("ente=c_a662", 0), ("q=ombra alberi", 1), ("q=ombra mare", 0),
    ("genere=sbagliato", 1),
]  # fmt: skip


@pytest.mark.parametrize(("query", "number"), FILTERS)
def test_the_gallery_filters_the_same_for_people_and_programs(client, published, query, number):
    works = client.get(f"/riusi.json?{query}").json()

    assert works["count"] == number
    assert ("Ombra in città" in client.get(f"/riusi?{query}").content.decode()) == bool(number)


def test_tables_hold_no_formula_and_count_every_dataset_once(client, published, staff):
    actions.change_work(published, by=staff, title='=HYPERLINK("http://x")')

    rows = list(csv.DictReader(StringIO(client.get("/riusi.csv").content.decode("utf-8-sig"))))
    impact = list(csv.DictReader(StringIO(client.get("/riusi/impatto.csv").content.decode("utf-8-sig"))))

    assert rows[0]["title"] == '\'=HYPERLINK("http://x")'
    assert [(row["dataset"], row["works"]) for row in impact] == [("c_e506:alberi", "1"), ("c_e506:parchi", "1")]
    page = client.get("/riusi/impatto").content.decode()
    assert "Comune di Lecce" in page
    assert "1 riuso fatto con i suoi dati" in client.get("/enti/comune-di-lecce").content.decode()
    Work.objects.update(is_demo=True)
    assert "c_e506:alberi" not in client.get("/riusi/impatto.csv").content.decode()


def test_a_dataset_that_goes_leaves_its_name_on_the_page(client, published, datasets):
    withdraw(datasets[0], by=SYSTEM, reason="Sbagliato.")

    page = client.get("/riusi/ombra-in-citta").content.decode()

    assert "Alberi del verde pubblico" in page and "non è più pubblico" in page


def test_personal_data_in_the_words_are_refused(signed_in, maker):
    work = actions.draft_work(by=maker, title="Ombra in città")

    answer = signed_in.post(f"/riusi/bozze/{work.pk}", typed(abstract="Scrivi a RSSMRA80A01F205X"))

    assert answer.status_code == 400 and "dato personale" in answer.content.decode()
