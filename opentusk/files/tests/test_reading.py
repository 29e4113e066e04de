"""Proves that a file is read exactly, whole or in pieces, by everybody who may and by nobody else."""

import email
import hashlib

import pytest
from django.test import Client

from opentusk.files import actions
from opentusk.files.addresses import latest_address, latest_path, version_path
from opentusk.files.serving import disposition
from opentusk.files.tests.conftest import TREES
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User

pytestmark = pytest.mark.django_db


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def signed_in(by) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def test_a_file_comes_byte_for_byte_with_everything_that_a_reader_needs(client, public):
    version = public()

    answer = client.get(latest_path(version.series))

    assert body(answer) == TREES
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["Content-Length"] == str(len(TREES))
    assert answer.headers["ETag"] == f'"{hashlib.sha256(TREES).hexdigest()}"'
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_head_says_what_a_get_says_without_its_bytes(client, public):
    path = latest_path(public().series)
    got, asked = client.get(path), client.head(path)

    body(got)
    assert asked.content == b""
    assert asked.headers["Content-Length"] == str(len(TREES))
    assert dict(asked.headers) == dict(got.headers)


@pytest.mark.parametrize(
    ("header", "expected", "content_range"),
    [
        ("bytes=0-4", TREES[:5], f"bytes 0-4/{len(TREES)}"),
        ("bytes=5-", TREES[5:], f"bytes 5-{len(TREES) - 1}/{len(TREES)}"),
        ("bytes=-3", TREES[-3:], f"bytes {len(TREES) - 3}-{len(TREES) - 1}/{len(TREES)}"),
        ("bytes=0-99999", TREES, f"bytes 0-{len(TREES) - 1}/{len(TREES)}"),
    ],
)
def test_a_piece_is_exact(client, public, header, expected, content_range):
    answer = client.get(latest_path(public().series), headers={"Range": header})

    assert (answer.status_code, body(answer)) == (206, expected)
    assert answer.headers["Content-Range"] == content_range
    assert answer.headers["Content-Length"] == str(len(expected))


def test_several_pieces_come_in_one_answer_of_the_length_it_says(client, public):
    answer = client.get(latest_path(public().series), headers={"Range": "bytes=0-3,10-12, -2"})

    content = body(answer)
    message = email.message_from_bytes(f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode() + content)
    assert answer.status_code == 206
    assert answer.headers["Content-Length"] == str(len(content))
    assert [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()] == [
        TREES[0:4],
        TREES[10:13],
        TREES[-2:],
    ]
    assert [part["Content-Range"] for part in message.get_payload()] == [
        f"bytes 0-3/{len(TREES)}",
        f"bytes 10-12/{len(TREES)}",
        f"bytes {len(TREES) - 2}-{len(TREES) - 1}/{len(TREES)}",
    ]


def test_a_piece_beyond_the_end_is_refused_with_the_size(client, public):
    answer = client.get(latest_path(public().series), headers={"Range": "bytes=5000-"})

    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(TREES)}")


def test_the_rest_of_another_version_is_never_given(client, public):
    first = public()
    path, etag = latest_path(first.series), f'"{first.stored.sha256}"'
    same = client.get(path, headers={"Range": "bytes=5-", "If-Range": etag})
    public(TREES + b"071058;Pinus\n")

    other = client.get(path, headers={"Range": "bytes=5-", "If-Range": etag})

    assert (same.status_code, body(same)) == (206, TREES[5:])
    assert (other.status_code, body(other)) == (200, TREES + b"071058;Pinus\n")


def test_who_has_it_already_is_told_so(client, public):
    version = public()
    etag = f'"{version.stored.sha256}"'

    assert client.get(latest_path(version.series), headers={"If-None-Match": etag}).status_code == 304
    assert client.get(latest_path(version.series), headers={"If-Match": '"other"'}).status_code == 412


def test_a_page_of_another_site_may_ask_for_pieces(client, public):
    answer = client.options(latest_path(public().series), headers={"Origin": "https://example.org"})

    assert answer.status_code == 204
    assert "Range" in answer.headers["Access-Control-Allow-Headers"]


def test_latest_follows_the_versions_and_each_version_stays(client, public, series):
    first, second = public(), public(b"a;b\n1;2\n", "alberi-2026.csv")

    latest = client.get(latest_path(series))
    assert body(latest) == b"a;b\n1;2\n"
    assert "alberi-2026.csv" in latest.headers["Content-Disposition"]
    assert body(client.get(version_path(first))) == TREES
    assert body(client.get(version_path(second))) == b"a;b\n1;2\n"


def test_a_name_that_is_not_the_files_leads_to_the_one_that_is(client, public):
    version = public()

    assert client.get(f"/file/{version.series.uuid}/malware.exe").headers["Location"] == latest_path(version.series)
    assert client.get(f"/file/{version.series.uuid}/v/1/x").headers["Location"] == version_path(version)


def test_a_version_that_waits_is_for_its_body_alone(client, add, ada, bruno):
    version = add()

    assert client.get(version_path(version)).status_code == 404
    assert client.get(latest_path(version.series)).status_code == 404
    assert signed_in(bruno).get(version_path(version)).status_code == 404
    own = signed_in(ada).get(version_path(version))
    assert body(own) == TREES
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in own.headers


def test_a_suspended_body_reads_its_waiting_files_no_more_and_its_public_ones_stay(client, add, public, ada, lecce):
    first, waiting = public(), add(b"x;y\n1;2\n")
    lecce.status = "suspended"
    lecce.save(update_fields=["status"])

    assert signed_in(ada).get(version_path(waiting)).status_code == 404
    assert body(client.get(version_path(first))) == TREES


def test_a_withdrawn_file_is_gone_with_its_reason_and_comes_back_whole(client, public, series, ada):
    version = public()
    actions.close_series(series, reason="Conteneva un errore", by=ada, successor_address="http://localhost/altro")

    for path in (latest_path(series), version_path(version)):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "Conteneva un errore" in answer.content.decode()
        assert "http://localhost/altro" in answer.content.decode()

    actions.reopen_series(series, by=ada)
    assert body(client.get(latest_path(series))) == TREES


def test_an_older_version_released_late_is_not_the_latest(client, add, series):
    first, second = add(), add(b"a;b\n1;2\n")

    actions.release(second, by=SYSTEM)
    actions.release(first, by=SYSTEM)

    assert body(client.get(latest_path(series))) == b"a;b\n1;2\n"
    assert body(client.get(version_path(first))) == TREES


def test_a_version_held_back_leaves_the_one_before_it(client, public, series):
    public()
    second = public(b"a;b\n1;2\n")

    actions.hold_back(second, by=SYSTEM)

    assert body(client.get(latest_path(series))) == TREES
    assert client.get(version_path(second)).status_code == 404


def test_an_address_is_absolute_and_encoded(series, lecce, ada):
    odd = actions.create_series(agent=lecce, name='città "50%"?.csv', by=ada)

    assert latest_address(odd).endswith("/citt%C3%A0%20%2250%25%22%3F.csv")
    assert latest_address(series) == f"http://localhost:8000/file/{series.uuid}/alberi.csv"


def test_a_name_cannot_leave_its_header():
    assert disposition('città "x".csv') == (
        "attachment; filename=\"citt_ _x_.csv\"; filename*=UTF-8''citt%C3%A0%20%22x%22.csv"
    )


def test_a_web_page_is_saved_never_shown(client, public):
    version = public(b"<!doctype html><script>alert(1)</script>", "alberi.html")

    answer = client.get(version_path(version))

    assert answer.headers["Content-Type"] == "text/html"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    body(answer)
