"""Proves that a file in pieces is the file, whatever happens on the way, and that nothing is half kept."""

import hashlib
import json
import os
import random
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from opentusk.files import actions, disk
from opentusk.files.actions.quota import bytes_of
from opentusk.files.api import MAX_CHUNK
from opentusk.files.errors import OverQuota, TooLarge, WrongOffset, WrongSize
from opentusk.files.models import StoredFile, Upload
from opentusk.files.refusals import words_for
from opentusk.files.tests.conftest import TREES
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import make_token

pytestmark = pytest.mark.django_db
API = "/api/v1/uploads"


@pytest.fixture
def client(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(pk=ada.user_id))
    client.get("/carica")
    return client


def headers(client, **more):
    return {"X-CSRFToken": client.cookies["csrftoken"].value, **more}


def begin(client, size, name="alberi.csv", agent="c_e506"):
    body = json.dumps({"name": name, "size": size, "agent": agent})
    return client.post(API, body, content_type="application/json", headers=headers(client))


def send(client, uuid, offset, chunk):
    return client.patch(
        f"{API}/{uuid}",
        chunk,
        content_type="application/octet-stream",
        headers=headers(client, **{"Upload-Offset": str(offset)}),
    )


def arrivals() -> list[Path]:
    return list(disk.entrance().iterdir())


def test_a_file_in_pieces_is_the_file(client):
    content = random.Random(7).randbytes(300_000)
    uuid = begin(client, len(content)).json()["uuid"]

    for start in range(0, len(content), 70_000):
        answer = send(client, uuid, start, content[start : start + 70_000])

    assert answer.json()["is_done"]
    assert answer.json()["file"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert StoredFile.objects.get().path.read_bytes() == content
    assert arrivals() == []


def test_a_piece_out_of_place_is_told_where_to_begin(client):
    uuid = begin(client, 10).json()["uuid"]
    send(client, uuid, 0, b"0123")

    for offset in (0, 3, 5, 400):
        answer = send(client, uuid, offset, b"45")
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "4")
    asked = client.head(f"{API}/{uuid}")

    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("4", "10")
    assert send(client, uuid, 4, b"456789").json()["is_done"]
    assert StoredFile.objects.get().path.read_bytes() == b"0123456789"


def test_more_than_was_announced_is_refused_and_what_was_right_stays(client):
    uuid = begin(client, 5).json()["uuid"]
    send(client, uuid, 0, b"012")

    answer = send(client, uuid, 3, b"3456")

    assert answer.status_code == 422
    assert "5 byte" in answer.json()["detail"]
    assert client.get(f"{API}/{uuid}").json()["offset"] == 3


def test_the_last_answer_lost_is_asked_again(client):
    uuid = begin(client, 4).json()["uuid"]
    first = send(client, uuid, 0, b"0123").json()

    again = client.get(f"{API}/{uuid}").json()

    assert (again["is_done"], again["file"]) == (True, first["file"])
    assert send(client, uuid, 4, b"").json()["is_done"]
    assert send(client, uuid, 4, b"x").status_code == 409


def test_a_file_too_large_is_refused_before_a_byte_is_sent(client, settings):
    settings.MAX_UPLOAD = 1000

    answer = begin(client, 1001)

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "dividilo" in answer.json()["detail"]
    assert not Upload.objects.exists()


def test_an_empty_file_and_a_piece_too_large_are_refused(client):
    assert begin(client, 0).status_code == 422
    uuid = begin(client, 2 * MAX_CHUNK).json()["uuid"]
    assert send(client, uuid, 0, b"x" * (MAX_CHUNK + 1)).status_code == 413


def test_no_page_of_another_site_can_upload(client):
    body = json.dumps({"name": "a.csv", "size": 5})

    assert client.post(API, body, content_type="application/json").status_code == 403
    assert Client().post(API, body, content_type="application/json").status_code in (401, 403)


def test_a_program_uploads_with_its_key_for_its_body_alone(ada, lecce, bari):
    user = User.objects.get(pk=ada.user_id)
    _token, key = make_token(user, name="ETL", scope=ApiToken.Scope.DRAFTS, ipa_code="c_e506")
    _other, wrong = make_token(user, name="Altro", scope=ApiToken.Scope.DRAFTS, ipa_code="c_a662")
    body = json.dumps({"name": "a.csv", "size": 4})
    program = Client(headers={"Authorization": f"Bearer {key}"})

    answer = program.post(API, body, content_type="application/json")
    assert answer.status_code == 201
    done = program.patch(answer.headers["Location"], b"a;b\n", headers={"Upload-Offset": "0"})
    assert done.json()["is_done"]
    refused = Client(headers={"Authorization": f"Bearer {wrong}"})
    assert refused.post(API, body, content_type="application/json").status_code == 403
    assert refused.get(answer.headers["Location"]).status_code == 404
    assert Client(headers={"Authorization": "Bearer otk_x"}).get(answer.headers["Location"]).status_code == 401


def test_an_upload_is_of_who_began_it(client, bruno):
    uuid = begin(client, 10).json()["uuid"]
    stranger = Client()
    stranger.force_login(User.objects.get(pk=bruno.user_id))

    assert stranger.get(f"{API}/{uuid}").status_code == 404
    assert begin(client, 10, agent="c_a662").status_code == 403


def test_a_suspended_body_uploads_no_more_from_that_moment(client, lecce):
    uuid = begin(client, 10).json()["uuid"]
    lecce.status = "suspended"
    lecce.save(update_fields=["status"])

    assert send(client, uuid, 0, b"0123").status_code == 403


def test_a_cancelled_upload_leaves_nothing(client):
    uuid = begin(client, 10).json()["uuid"]
    send(client, uuid, 0, b"0123")

    assert client.delete(f"{API}/{uuid}", headers=headers(client)).status_code == 204

    assert arrivals() == []
    assert client.get(f"{API}/{uuid}").status_code == 404


def test_one_does_not_begin_more_than_one_can_finish(client):
    codes = [begin(client, 10).status_code for _number in range(21)]

    assert codes == [201] * 20 + [429]


def test_what_the_disk_lost_is_sent_again(lecce, ada):
    upload = actions.begin_upload(name="a.csv", size=8, agent=lecce, by=ada)
    actions.append_chunk(upload, 0, b"012345", by=ada)
    os.truncate(upload.path, 3)

    with pytest.raises(WrongOffset) as refused:
        actions.append_chunk(upload, 6, b"67", by=ada)

    assert refused.value.expected == 3
    actions.append_chunk(upload, 3, b"34567", by=ada)
    upload.refresh_from_db()
    assert actions.finish_upload(upload, by=ada).path.read_bytes() == b"01234567"


def test_half_a_piece_of_a_process_that_died_is_written_over(lecce, ada):
    upload = actions.begin_upload(name="a.csv", size=8, agent=lecce, by=ada)
    actions.append_chunk(upload, 0, b"0123", by=ada)
    with upload.path.open("ab") as file:
        file.write(b"garbage that was never counted")

    actions.append_chunk(upload, 4, b"4567", by=ada)

    upload.refresh_from_db()
    assert actions.finish_upload(upload, by=ada).path.read_bytes() == b"01234567"


def test_an_unfinished_file_is_no_file(lecce, ada):
    upload = actions.begin_upload(name="a.csv", size=8, agent=lecce, by=ada)
    actions.append_chunk(upload, 0, b"0123", by=ada)
    upload.refresh_from_db()

    with pytest.raises(WrongSize):
        actions.finish_upload(upload, by=ada)

    assert not StoredFile.objects.exists()


def test_the_same_bytes_are_kept_once(lecce, ada):
    first = actions.receive([TREES], name="a.csv", agent=lecce, by=ada)
    second = actions.receive([TREES[:5], TREES[5:]], name="b.csv", agent=lecce, by=ada)

    assert first.pk == second.pk
    assert first.path.read_bytes() == TREES


def test_a_file_beyond_the_limit_leaves_nothing(lecce, ada, settings):
    settings.MAX_UPLOAD = 10

    with pytest.raises(TooLarge):
        actions.receive([b"x" * 8, b"y" * 8], name="a.csv", agent=lecce, by=ada)

    assert arrivals() == []


def test_a_source_that_breaks_half_way_leaves_nothing(lecce, ada):
    def blocks():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.receive(blocks(), name="a.csv", agent=lecce, by=ada)

    assert arrivals() == []
    assert not StoredFile.objects.exists()


# -- a form without a script


def test_a_form_without_a_script_sends_the_file_whole_and_goes_on(client):
    file = SimpleUploadedFile("alberi.csv", TREES)

    answer = client.post("/carica", {"file": file, "agent": "c_e506", "next": "/scrivania"}, headers=headers(client))

    upload = Upload.objects.get()
    assert answer.headers["Location"] == f"/scrivania?upload={upload.uuid}"
    assert upload.stored.path.read_bytes() == TREES
    assert arrivals() == []


def test_a_form_with_a_file_too_large_says_so_and_keeps_nothing(client, settings):
    settings.MAX_UPLOAD = 10

    answer = client.post(
        "/carica", {"file": SimpleUploadedFile("grande.csv", b"x" * 5000), "agent": "c_e506"}, headers=headers(client)
    )

    assert answer.status_code == 400
    assert "dividilo" in answer.content.decode()
    assert arrivals() == []


def test_a_form_never_leads_to_another_site(client):
    for address in ("https://example.org/", "//example.org/", "/\\example.org"):
        answer = client.post(
            "/carica",
            {"file": SimpleUploadedFile("a.csv", TREES), "agent": "c_e506", "next": address},
            headers=headers(client),
        )
        assert answer.status_code == 400


def test_a_form_takes_the_upload_of_its_own_person_alone(client, lecce, bruno):
    theirs = Upload.objects.create(
        name="x", size=3, received=3, state="done", agent=lecce, user_id=bruno.user_id,
        stored=actions.receive([b"abc"], name="x", agent=lecce, by=SYSTEM),
    )  # fmt: skip

    answer = client.post("/carica", {"upload": str(theirs.uuid), "agent": "c_e506"}, headers=headers(client))

    assert answer.status_code == 400


def test_a_stranger_fills_no_disk(client, db):
    stranger = Client()

    stranger.post("/accedi", {"file": SimpleUploadedFile("a.bin", b"x" * 100_000)})

    assert arrivals() == []


# -- what nobody needs any more


def test_the_sweep_takes_what_is_forgotten_and_leaves_what_is_used(lecce, ada, add):
    kept = add().stored
    unused = actions.receive([b"unused"], name="a.csv", agent=lecce, by=ada)
    old, young = (actions.begin_upload(name="a.csv", size=8, agent=lecce, by=ada) for _number in range(2))
    for upload in (old, young):
        actions.append_chunk(upload, 0, b"0123", by=ada)
    nameless, remains = disk.shelf_path("ab" * 32), disk.entrance() / "form-x.tmp"
    nameless.parent.mkdir(parents=True, exist_ok=True)
    for path in (nameless, remains):
        path.write_bytes(b"left by a process that died")
    long_ago = timezone.now() - timedelta(days=8)
    Upload.objects.filter(pk=old.pk).update(touched_at=long_ago)
    StoredFile.objects.filter(pk__in=[kept.pk, unused.pk]).update(received_at=long_ago)
    for path in (kept.path, unused.path, old.path, young.path, nameless, remains):
        os.utime(path, (long_ago.timestamp(), long_ago.timestamp()))

    actions.sweep()

    assert list(Upload.objects.all()) == [young]
    assert [stored.sha256 for stored in StoredFile.objects.all()] == [kept.sha256]
    assert arrivals() == [young.path]
    assert kept.path.exists()
    assert not nameless.exists()
    assert not unused.path.exists()


def test_a_file_given_again_is_not_swept(lecce, ada):
    stored = actions.receive([TREES], name="a.csv", agent=lecce, by=ada)
    StoredFile.objects.update(received_at=timezone.now() - timedelta(days=8))

    actions.receive([TREES], name="a.csv", agent=lecce, by=ada)
    actions.sweep()

    assert stored.path.read_bytes() == TREES


# -- the room of a body


def test_a_body_holds_so_much_and_is_told_how_to_go_on(settings, add, lecce, bari, ada, bruno):
    add(b"x" * 400)
    settings.BODY_QUOTA = 1_000
    begun = actions.begin_upload(name="b.csv", size=500, agent=lecce, by=ada)

    with pytest.raises(OverQuota) as refused:
        actions.begin_upload(name="c.csv", size=200, agent=lecce, by=ada)
    with pytest.raises(OverQuota):
        actions.receive([b"y" * 101], name="d.csv", agent=lecce, by=ada)

    assert (refused.value.used, refused.value.limit) == (900, 1_000)
    words = words_for(refused.value)
    assert "900" in words and settings.PORTAL_EMAIL in words and "Annulla" in words
    assert list(disk.entrance().iterdir()) == []
    actions.receive([b"y" * 101], name="d.csv", agent=bari, by=bruno)
    actions.cancel_upload(begun, by=ada)
    actions.begin_upload(name="c.csv", size=200, agent=lecce, by=ada)


def test_the_same_file_in_two_places_is_counted_once(settings, add, lecce, ada):
    add(b"x" * 400)
    other = actions.create_series(agent=lecce, name="altri.csv", by=ada)
    actions.add_version(other, actions.receive([b"x" * 400], name="b.csv", agent=lecce, by=ada), name="b.csv", by=ada)

    assert bytes_of(lecce) == 400


def test_what_the_portal_makes_is_not_refused(settings, lecce):
    settings.BODY_QUOTA = 10

    assert actions.receive([b"y" * 100], name="d.csv", agent=lecce, by=SYSTEM).size == 100


# -- a disk that is full


def test_a_full_disk_is_told_and_nothing_is_half_kept(tmp_path):
    """The kernel itself refuses to write beyond RLIMIT_FSIZE, as it does on a full disk, in a process of its own."""
    script = """
        import django, resource, signal
        django.setup()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, 70_000))
        from opentusk.files import disk
        from opentusk.files.errors import NoRoom
        try:
            disk.write((b"x" * 50_000 for _ in range(4)), limit=10**9)
        except NoRoom:
            print("no room", [path.name for path in disk.entrance().iterdir()])
        part = disk.entrance() / "u.part"
        disk.append(part, 0, b"0123")
        try:
            disk.append(part, 4, b"y" * 100_000)
        except NoRoom:
            disk.append(part, 4, b"4567")
            print("again", part.read_bytes())
    """
    environment = {**os.environ, "OPENTUSK_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "opentusk.config.settings"}

    said = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout.splitlines() == ["no room []", "again b'01234567'"]
