"""Proves that a service feeds a dataset whole or not at all, and makes a version only when its rows change."""

from importlib import import_module

import pytest
from django.apps import apps

from opentusk.catalog.actions import create_draft
from opentusk.catalog.tests.records import trees
from opentusk.feeding import tasks
from opentusk.feeding.actions import (
    Connection,
    call_address,
    call_service,
    change_service,
    connect_service,
    remove_feed,
    reseal_keys,
    watch_address,
)
from opentusk.feeding.errors import CallFailed, NotAllowed, NothingMapped
from opentusk.feeding.models import Call, ServiceSource
from opentusk.feeding.tests.conftest import rows_page, two_pages
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit.webservices.shapes import Field, Paging, Service
from opentusk.outbound.tests.local_server import Page
from opentusk.people.actors import actor_of

pytestmark = pytest.mark.django_db

LECCIO = {"specie": "leccio", "altezza": 12.5, "via": {"nome": "Roma"}}
ULIVO = {"specie": "ulivo", "altezza": None, "via": {"nome": "Bari"}}
FIELDS = (
    Field(path="specie", column="Specie"),
    Field(path="altezza", column="Altezza"),
    Field(path="via.nome", column="Via"),
)


def connection(url: str, fields=FIELDS, **more) -> Connection:
    service = Service(url=url, rows_path="righe", paging=Paging.NEXT, next_path="successiva", total_path="totale")
    return Connection(service=service, fields=fields, minutes=60, **more)


@pytest.fixture
def source(site, draft, ada) -> ServiceSource:
    return connect_service(draft, connection(two_pages(site, [LECCIO], [ULIVO])), name="Alberi vivi", by=ada)


def contents() -> list[str]:
    return [version.stored.path.read_bytes().decode() for version in FileVersion.objects.order_by("number")]


def events() -> list[str]:
    found = Entry.objects.filter(event__startswith="feeding.").order_by("seq").values_list("event", flat=True)
    return [event.partition(".")[2] for event in found]


def test_a_connected_service_becomes_a_file_of_the_dataset(source):
    assert contents() == ["Specie,Altezza,Via\r\nleccio,12.5,Roma\r\nulivo,,Bari\r\n"]
    assert source.distribution.series.name == "alberi-vivi.csv"
    assert [(call.outcome, call.pages, call.rows) for call in source.calls.all()] == [("new", 2, 2)]
    assert events() == ["service_added"]


def test_the_same_rows_in_another_order_make_no_version(site, source):
    two_pages(site, [ULIVO], [LECCIO])

    call = call_service(source)

    assert call.outcome == Call.Outcome.SAME
    assert FileVersion.objects.count() == 1


def test_a_changed_row_makes_a_version(site, source):
    two_pages(site, [LECCIO], [{**ULIVO, "altezza": 4}])

    call = call_service(source)

    assert call.outcome == Call.Outcome.NEW
    assert contents()[-1].endswith("ulivo,4,Bari\r\n")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda site: site.pages.update({"/righe?pagina=2": Page(b"oops", status=500)}), "service.status"),
        (lambda site: site.pages.update({"/righe": rows_page([], totale=0)}), "service.empty"),
        (lambda site: site.pages.update({"/righe": rows_page([LECCIO], totale=9)}), "service.incomplete"),
        (lambda site: site.pages.update({"/righe": rows_page([{"specie": "x"}], totale=1)}), "service.field_gone"),
        (lambda site: site.pages.update({"/righe": Page(b"<html>")}), "service.not_json"),
    ],
)
def test_a_service_that_is_broken_leaves_the_former_data(site, source, spoil, code):
    spoil(site)

    call = call_service(source)

    assert (call.outcome, call.message) == (Call.Outcome.FAILED, code)
    assert FileVersion.objects.count() == 1
    assert source.failures == 1


def test_the_editor_hears_of_the_second_failure_and_of_the_return(site, source):
    site.pages["/righe"] = Page(b"oops", status=500)
    call_service(source)
    call_service(source)
    call_service(source)
    two_pages(site, [LECCIO], [ULIVO])

    call_service(source)

    assert events() == ["service_added", "silent", "back"]
    assert source.failures == 0


def test_a_service_that_cannot_be_read_is_not_connected(site, draft, ada):
    with pytest.raises(CallFailed):
        connect_service(draft, connection(site.url("/niente")), name="Alberi", by=ada)

    assert not ServiceSource.objects.exists()
    assert not FileVersion.objects.exists()


@pytest.mark.parametrize(
    "fields", [(), (Field(path="specie", column=""),), (FIELDS[0], Field(path="altezza", column="Specie"))]
)
def test_a_table_needs_columns_with_different_names(site, draft, ada, fields):
    with pytest.raises(NothingMapped):
        connect_service(draft, connection(two_pages(site, [LECCIO], []), fields), name="Alberi", by=ada)


def test_the_key_is_sent_to_the_service_and_shown_to_nobody(site, draft, ada, client, ada_account):
    chosen = connection(two_pages(site, [LECCIO], [ULIVO]), key_header="X-Api-Key", key_value="molto-segreta")
    source = connect_service(draft, chosen, name="Alberi", by=ada)
    client.force_login(ada_account)

    page = client.get(f"/scrivania/servizi/{source.pk}").content.decode()

    assert {headers.get("x-api-key") for _method, _path, headers in site.asked} == {"molto-segreta"}
    assert "molto-segreta" not in page + str(list(Entry.objects.values_list("facts", "changes")))


def test_an_empty_key_keeps_the_stored_one(site, draft, ada):
    url = two_pages(site, [LECCIO], [ULIVO])
    source = connect_service(
        draft, connection(url, key_header="X-Api-Key", key_value="molto-segreta"), name="Alberi", by=ada
    )

    change_service(source, connection(url, key_header="X-Api-Key"), by=ada)

    assert source.secret_headers() == {"X-Api-Key": "molto-segreta"}


def test_a_key_that_is_not_typed_again_does_not_follow_the_service_to_another_host(site, draft, ada):
    keyed = {"key_header": "X-Api-Key", "key_value": "molto-segreta"}
    source = connect_service(draft, connection(two_pages(site, [LECCIO], [ULIVO]), **keyed), name="Alberi", by=ada)

    change_service(source, connection("https://altrove.example.org/righe", key_header="X-Api-Key"), by=ada)

    source.refresh_from_db()
    assert source.sealed_key == "" and source.secret_headers() == {}


def test_a_stranger_connects_and_removes_nothing(site, draft, source, bruno_account):
    bruno = actor_of(bruno_account)

    with pytest.raises(NotAllowed):
        connect_service(draft, connection(site.url("/righe")), name="Alberi", by=bruno)
    with pytest.raises(NotAllowed):
        remove_feed(source, by=bruno)


def test_the_clock_calls_what_is_due_and_not_what_is_paused(site, source):
    source.next_call_at = source.created_at
    source.save(update_fields=["next_call_at"])

    tasks.call_due()
    tasks.service(source.pk)
    source.is_paused = True
    source.save(update_fields=["is_paused"])
    tasks.service(source.pk)

    assert source.calls.count() == 2


def test_a_watched_address_makes_a_version_for_new_bytes_only(site, draft, source, ada):
    site.pages["/alberi.csv"] = Page(b"Specie\nleccio\n", headers={"ETag": '"1"'})
    watched = watch_address(source.distribution, site.url("/alberi.csv"), is_hosted=True, by=ada)

    first = call_address(watched)
    same = call_address(watched)
    site.pages["/alberi.csv"] = Page(b"Specie\nleccio\nulivo\n", headers={"ETag": '"2"'})
    changed = call_address(watched)

    assert [call.outcome for call in (first, same, changed)] == ["new", "same", "new"]
    assert [content.count("\n") for content in contents()[1:]] == [2, 3]


def test_a_private_address_is_never_asked(settings, site, draft, source, ada):
    settings.OUTBOUND_ALLOWED_PRIVATE = []
    watched = watch_address(source.distribution, site.url("/alberi.csv"), is_hosted=True, by=ada)
    asked = len(site.asked)

    call = call_address(watched)

    assert call.message in {"outbound.private_address", "outbound.port"}
    assert len(site.asked) == asked


def test_the_pages_try_a_service_then_connect_it(site, draft, client, ada_account):
    url = two_pages(site, [LECCIO], [ULIVO])
    client.force_login(ada_account)
    typed = {"dataset": draft.pk, "name": "Alberi vivi", "url": url, "minutes": 60, "kind": "", "paging": "none"}

    tried = client.post("/scrivania/servizi/nuovo", {**typed, "try": "1"}).content.decode()
    connected = client.post(
        "/scrivania/servizi/nuovo",
        {**typed, "kind": "json", "rows_path": "righe", "paging": "next", "next_path": "successiva", "connect": "1",
         "field": ["specie", "altezza", "via.nome"], "column": ["Specie", "", "Via"]},
    )  # fmt: skip

    assert "via.nome" in tried and 'value="via nome"' in tried and "leccio" in tried
    assert 'value="successiva"' in tried
    assert connected.status_code == 302
    assert contents() == ["Specie,Via\r\nleccio,Roma\r\nulivo,Bari\r\n"]


def test_a_service_that_does_not_answer_is_told_and_what_was_typed_stays(site, draft, client, ada_account):
    client.force_login(ada_account)
    typed = {"dataset": draft.pk, "name": "Alberi vivi", "url": site.url("/niente"), "minutes": 60, "try": "1"}

    answer = client.post("/scrivania/servizi/nuovo", typed)

    assert answer.status_code == 400
    assert "404" in answer.content.decode() and 'value="Alberi vivi"' in answer.content.decode()


def test_a_stranger_sees_no_service(source, client, bruno_account):
    client.force_login(bruno_account)

    assert client.get(f"/scrivania/servizi/{source.pk}").status_code == 404
    assert client.post(f"/scrivania/alimentazione/servizio/{source.pk}", {"step": "remove"}).status_code == 404
    assert "Alberi" not in client.get("/scrivania/servizi").content.decode()


def test_a_key_is_sealed_in_the_database_and_opened_only_by_the_key_of_the_portal(site, draft, ada, settings):
    keyed = {"key_header": "X-Api-Key", "key_value": "molto-segreta"}
    source = connect_service(draft, connection(two_pages(site, [LECCIO], [ULIVO]), **keyed), name="Alberi", by=ada)
    assert "molto-segreta" not in repr(ServiceSource.objects.values().get())
    assert source.secret_headers() == {"X-Api-Key": "molto-segreta"}

    former, settings.SECRET_KEY = settings.SECRET_KEY, "un'altra chiave " * 5
    call = call_service(source)
    assert (call.outcome, call.message) == (Call.Outcome.FAILED, "service.key_lost")

    settings.SECRET_KEY_FALLBACKS = [former]
    assert (reseal_keys(), call_service(ServiceSource.objects.get()).outcome) == (1, Call.Outcome.SAME)
    settings.SECRET_KEY_FALLBACKS = []
    assert ServiceSource.objects.get().secret_headers() == {"X-Api-Key": "molto-segreta"}


def test_keys_of_before_are_sealed_by_the_migration_and_opened_by_its_reverse(source):
    migration = import_module("opentusk.feeding.migrations.0002_sealed_keys")
    ServiceSource.objects.update(key_header="X-Api-Key", sealed_key="molto-segreta")

    migration.seal_all(apps, None)
    sealed = ServiceSource.objects.get()
    migration.unseal_all(apps, None)

    assert sealed.sealed_key.startswith("s1:") and sealed.secret_headers() == {"X-Api-Key": "molto-segreta"}
    assert ServiceSource.objects.get().sealed_key == "molto-segreta"


def test_the_check_page_names_what_is_wrong(site, client, db):
    site.pages["/righe"] = rows_page([{"a": "n.d."}], totale=1)

    page = client.post("/sviluppatori/servizio-web/verifica", {"url": site.url("/righe")}).content.decode()

    assert "usa null" in page and "da migliorare" in page


def test_whoever_checks_service_after_service_is_told_when_to_come_back(site, client, db, settings):
    settings.TRIALS = 2
    site.pages["/righe"] = rows_page([{"a": 1}], totale=1)
    address, typed = "/sviluppatori/servizio-web/verifica", {"url": site.url("/righe")}

    statuses = [client.post(address, typed, REMOTE_ADDR="192.0.2.8").status_code for _time in range(2)]
    refused = client.post(address, typed, REMOTE_ADDR="192.0.2.8")

    assert (statuses, refused.status_code) == ([200, 200], 429)
    assert 0 < int(refused["Retry-After"]) <= 300
    assert "Riprova fra" in refused.text and "minuti" in refused.text
    assert client.post(address, typed, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert client.get(address, REMOTE_ADDR="192.0.2.8").status_code == 200


def test_a_second_dataset_keeps_its_own_service(site, source, lecce, ada):
    other = create_draft(trees("c_e506:altri"), holder=lecce, by=SYSTEM)

    second = connect_service(other, connection(site.url("/righe")), name="Altri alberi", by=ada)

    assert second.distribution_id != source.distribution_id
