"""The client keeps its limits against a real server that does not."""

import gzip
import zlib
from typing import Any

import pytest
from pytest_django import Settings

from opentusk.outbound.client import fetch
from opentusk.outbound.errors import OutboundFault, Reason, Refused, Unreachable
from opentusk.outbound.tests.local_server import Page, Site

MEGABYTE = 1024 * 1024


def reason_of(url: str, **options: Any) -> Reason:
    with pytest.raises(OutboundFault) as fault:
        fetch(url, **options)
    return fault.value.reason


def test_an_answer_comes_with_its_content_type_and_validators(site: Site) -> None:
    site.pages["/a.ttl"] = Page(b"<a> <b> <c>.", headers={"Content-Type": "text/turtle", "ETag": '"1"'})

    answer = fetch(site.url("/a.ttl"))

    assert (answer.status, answer.content, answer.media_type, answer.etag) == (
        200,
        b"<a> <b> <c>.",
        "text/turtle",
        '"1"',
    )


def test_the_client_says_who_it_is(site: Site, settings: Settings) -> None:
    site.pages["/"] = Page(b"ok")

    fetch(site.url("/"))

    assert site.asked[0][2]["user-agent"] == settings.OUTBOUND_USER_AGENT


def test_a_page_that_did_not_change_is_not_sent_again(site: Site) -> None:
    site.pages["/a"] = Page(b"long", headers={"ETag": '"1"'})

    answer = fetch(site.url("/a"), if_none_match='"1"')

    assert answer.not_modified
    assert answer.content == b""


def test_head_gives_the_status_without_the_body(site: Site) -> None:
    site.pages["/a"] = Page(b"long")

    answer = fetch(site.url("/a"), method="HEAD")

    assert (answer.status, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/", "http://192.168.0.1:8080/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "http://100.64.1.1/", "http://2130706433/", "http://0x7f000001/", "http://127.1/",
    ],
)  # fmt: skip
def test_an_address_of_our_own_network_is_refused(url: str, site: Site) -> None:
    assert reason_of(url) == Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", Reason.BAD_URL), ("file:///etc/passwd", Reason.BAD_URL), ("http://", Reason.BAD_URL),
        ("gopher://example.org/", Reason.BAD_URL), ("catalog.ttl", Reason.BAD_URL),
        ("http://user:secret@example.org/", Reason.CREDENTIALS), ("http://example.org:6379/", Reason.PORT),
    ],
)  # fmt: skip
def test_an_address_we_would_never_ask_is_refused(url: str, reason: Reason, site: Site) -> None:
    assert reason_of(url) == reason


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:8080/secret",
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "//[::1]/",
        "http://10.0.0.1/",
    ],
)
def test_a_redirect_into_our_own_network_is_refused(target: str, site: Site) -> None:
    site.pages["/away"] = Page(status=302, headers={"Location": target})

    assert reason_of(site.url("/away")) == Reason.PRIVATE_ADDRESS


def test_a_redirect_to_a_file_is_refused(site: Site) -> None:
    site.pages["/away"] = Page(status=302, headers={"Location": "file:///etc/passwd"})

    assert reason_of(site.url("/away")) == Reason.BAD_URL


def test_a_redirect_to_a_name_that_resolves_to_a_private_address_is_refused(site: Site) -> None:
    site.pages["/away"] = Page(status=302, headers={"Location": "http://inside.example/"})
    answers = {"127.0.0.1": ["127.0.0.1"], "inside.example": ["192.168.3.4"]}

    assert reason_of(site.url("/away"), resolve=lambda host, _port: answers[host]) == Reason.PRIVATE_ADDRESS


def test_a_redirect_on_the_same_site_is_followed(site: Site) -> None:
    site.pages["/old"] = Page(status=301, headers={"Location": "/new?page=1#top"})
    site.pages["/new?page=1"] = Page(b"here")

    answer = fetch(site.url("/old"))

    assert (answer.url, answer.content) == (site.url("/new?page=1"), b"here")


def test_a_redirect_in_a_circle_ends(site: Site) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": "/a"})

    assert reason_of(site.url("/a")) == Reason.TOO_MANY_REDIRECTS
    assert len(site.asked) == 6


def test_a_body_past_the_limit_is_refused_while_it_arrives(site: Site) -> None:
    site.pages["/big"] = Page(bytes(60 * MEGABYTE))

    assert reason_of(site.url("/big")) == Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", gzip.compress(bytes(60 * MEGABYTE), 1)), ("deflate", zlib.compress(bytes(60 * MEGABYTE), 1))],
)
def test_a_compressed_bomb_is_cut_at_the_limit(encoding: str, body: bytes, site: Site) -> None:
    site.pages["/bomb"] = Page(body, headers={"Content-Encoding": encoding})

    assert reason_of(site.url("/bomb")) == Reason.TOO_LARGE


def test_a_compressed_page_is_given_plain(site: Site) -> None:
    site.pages["/a"] = Page(gzip.compress(b"plain" * 1000), headers={"Content-Encoding": "gzip"})

    assert fetch(site.url("/a")).content == b"plain" * 1000


def test_an_encoding_we_did_not_ask_for_is_refused(site: Site) -> None:
    site.pages["/a"] = Page(b"\x0b\x02\x80", headers={"Content-Encoding": "br"})

    assert reason_of(site.url("/a")) == Reason.ENCODING


def test_a_body_that_stops_half_way_is_no_answer(site: Site) -> None:
    site.pages["/a"] = Page(b"0123456789", cut=4)

    assert reason_of(site.url("/a")) == Reason.TRUNCATED


def test_a_compressed_body_without_its_end_is_no_answer(site: Site) -> None:
    site.pages["/a"] = Page(gzip.compress(b"plain" * 1000)[:-9], headers={"Content-Encoding": "gzip"})

    assert reason_of(site.url("/a")) == Reason.TRUNCATED


def test_a_server_that_drips_bytes_does_not_hold_us(site: Site) -> None:
    def begin_and_wait(door: Any) -> None:
        door.wfile.write(b"H")
        door.rfile.read(1)

    site.pages["/slow"] = begin_and_wait

    assert reason_of(site.url("/slow"), seconds=0.2) == Reason.TOO_SLOW


def test_a_name_that_does_not_exist_is_unreachable(site: Site) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    assert reason_of("http://nowhere.example/", resolve=nowhere) == Reason.UNKNOWN_HOST


def test_a_host_that_wants_rest_is_left_alone(site: Site) -> None:
    site.pages["/busy"] = Page(status=429, headers={"Retry-After": "3600"})

    assert fetch(site.url("/busy")).status == 429
    with pytest.raises(Unreachable) as fault:
        fetch(site.url("/busy"))

    assert fault.value.reason == Reason.BUSY
    assert len(site.asked) == 1


def test_a_host_that_is_busy_for_a_moment_is_asked_again(site: Site) -> None:
    def busy_once(door: Any) -> None:
        site.pages["/busy"] = Page(b"now")
        door.send_response(503)
        door.send_header("Retry-After", "0")
        door.send_header("Content-Length", "0")
        door.end_headers()

    site.pages["/busy"] = busy_once

    assert fetch(site.url("/busy")).content == b"now"


def test_a_server_that_is_down_is_unreachable(site: Site, settings: Settings) -> None:
    settings.OUTBOUND_ALLOWED_PRIVATE = ["127.0.0.1:9"]

    assert reason_of("http://127.0.0.1:9/") == Reason.NO_CONNECTION


def test_a_refusal_carries_its_code_and_an_italian_sentence(site: Site) -> None:
    with pytest.raises(Refused) as refusal:
        fetch("http://127.0.0.1/")

    assert refusal.value.code == "outbound.private_address"
    assert "rete privata" in refusal.value.reason.label


def test_a_body_can_go_into_a_file_within_the_same_limit(site: Site, tmp_path: Any) -> None:
    site.pages["/a.csv"] = Page(b"x" * 5000, headers={"Content-Type": "text/csv"})

    with (tmp_path / "a.csv").open("w+b") as file:
        answer = fetch(site.url("/a.csv"), into=file)
        file.seek(0)
        kept = file.read()

    assert (kept, answer.content, answer.size, answer.declared) == (b"x" * 5000, b"", 5000, 5000)
    with (tmp_path / "b.csv").open("w+b") as file:
        assert reason_of(site.url("/a.csv"), into=file, max_bytes=100) == Reason.TOO_LARGE


def test_a_key_goes_to_its_own_host_only(site: Site, settings: Settings) -> None:
    elsewhere = site.url("/b").replace("127.0.0.1", "localhost")
    settings.OUTBOUND_ALLOWED_PRIVATE = [site.place, site.place.replace("127.0.0.1", "localhost")]
    site.pages["/a"] = Page(b"", status=302, headers={"Location": "/c"})
    site.pages["/c"] = Page(b"", status=302, headers={"Location": elsewhere})
    site.pages["/b"] = Page(b"ok")

    answer = fetch(site.url("/a"), secret_headers={"X-Api-Key": "segreta"})

    keys = [headers.get("x-api-key") for _method, _path, headers in site.asked]
    assert (answer.status, keys) == (200, ["segreta", "segreta", None])


def test_only_the_beginning_is_read_when_only_that_is_asked(site: Site) -> None:
    site.pages["/a.csv"] = Page(b"0123456789" * 1000)
    site.pages["/b.csv"] = Page(b"0123", status=206, headers={"Content-Range": "bytes 0-3/10000"})

    whole, part = fetch(site.url("/a.csv"), first_bytes=4), fetch(site.url("/b.csv"), first_bytes=4)

    assert [(answer.content, answer.size, answer.declared) for answer in (whole, part)] == [(b"0123", 4, 10_000)] * 2
    assert site.asked[0][2]["range"] == "bytes=0-3"
