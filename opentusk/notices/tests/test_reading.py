"""Proves that people and programs read the same events: pages, feeds, the list without gaps, the stream."""

import json
from functools import partial
from xml.etree import ElementTree

import pytest

from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.notices.asking import read_asked
from opentusk.notices.models import Event
from opentusk.notices.tests.conftest import told

pytestmark = pytest.mark.django_db

_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def three(lecce):
    rows = [publish(create_draft(trees(f"c_e506:d{n}"), holder=lecce, by=SYSTEM), by=SYSTEM) for n in range(3)]
    create_draft(trees("c_e506:bozza", title={"it": "Bozza segreta"}), holder=lecce, by=SYSTEM)
    told()
    return rows


def test_the_page_and_its_feeds_say_the_same(client, three):
    page = client.get("/novita").content.decode()
    atom = ElementTree.fromstring(client.get("/novita.atom").content)
    feed = json.loads(client.get("/novita.json").content)

    ids = [str(event.id) for event in Event.objects.public().newest_first()]
    assert [entry.findtext(f"{_ATOM}id") for entry in atom.iter(f"{_ATOM}entry")] == [f"urn:uuid:{pk}" for pk in ids]
    assert [item["id"] for item in feed["items"]] == ids
    assert page.count("Pubblicato.") == 3 and "Bozza segreta" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("?theme=ENVI", 3), ("?theme=GOVE", 0), ("?holder=c_e506", 3), ("?place=Lecce", 3), ("?family=data", 0),
     ("?dataset=c_e506:d1", 1), ("?type=dataset.published", 3), ("?family=inventata", 3)],
)  # fmt: skip
def test_lists_are_filtered_the_same_way_everywhere(client, three, query, count):
    feed = json.loads(client.get(f"/novita.json{query}").content)
    listed = client.get(f"/api/v1/events{query}").json()

    assert (len(feed["items"]), len(listed["events"])) == (count, count)


def test_a_dataset_has_its_own_page_and_feeds(client, three):
    page = client.get(f"/dataset/{three[0].slug}/novita")
    feed = json.loads(client.get(f"/dataset/{three[0].slug}/novita.json").content)

    assert page.status_code == 200
    assert [item["_opentusk"]["data"]["dataset"]["identifier"] for item in feed["items"]] == ["c_e506:d0"]
    assert client.get("/dataset/c_e506-bozza/novita").status_code == 404


def test_a_program_walks_to_the_end_without_gaps(client, three):
    withdraw(three[0], by=SYSTEM, reason="superato")
    told()
    address, seen = "/api/v1/events?limit=1", []
    while address:
        answer = client.get(address.removeprefix("http://localhost:8000")).json()
        seen += [event["seq"] for event in answer["events"]]
        address = answer["next"]

    assert seen == list(Event.objects.public().order_by("seq").values_list("seq", flat=True))
    assert len(seen) == 3
    assert client.get(f"/api/v1/events?after={seen[-1]}").json()["events"] == []


def test_what_did_not_change_is_not_sent_again(client, three):
    first = client.get("/api/v1/events")

    again = client.get("/api/v1/events", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first["Access-Control-Allow-Origin"] == "*"


def test_the_stream_goes_on_from_the_last_number(client, three):
    numbers = list(Event.objects.order_by("seq").values_list("seq", flat=True))

    answer = client.get("/api/v1/events/stream", headers={"Last-Event-ID": str(numbers[0])})
    lines = iter(answer.streaming_content)
    received = [next(lines).decode() for _line in range(3)]
    answer.close()

    assert answer["Content-Type"].startswith("text/event-stream")
    assert [line.split("\n")[0] for line in received[1:]] == [f"id: {number}" for number in numbers[1:]]
    assert "event: dataset.published" in received[1]


@pytest.mark.django_db(transaction=True)
def test_one_client_listens_a_few_times_at_once_and_leaves_room_for_others(client, three, settings):
    settings.STREAMS_OF_ONE = 2
    listen = partial(client.get, "/api/v1/events/stream")
    heard = [listen(REMOTE_ADDR="192.0.2.11") for _time in range(2)]

    refused = listen(REMOTE_ADDR="192.0.2.11")
    other = listen(REMOTE_ADDR="192.0.2.12")
    heard.pop().close()
    again = listen(REMOTE_ADDR="192.0.2.11")
    for answer in (*heard, other, again):
        answer.close()

    assert (refused.status_code, refused["Retry-After"], refused["Content-Type"]) == (
        429, "30", "application/problem+json",
    )  # fmt: skip
    assert "riprova fra 30 secondi" in refused.json()["detail"]
    assert (other.status_code, again.status_code) == (200, 200)


@pytest.mark.parametrize("end", ["", ".atom", ".json"])
def test_the_title_of_a_draft_is_told_to_nobody_who_asks_for_its_events(client, three, end):
    answer = client.get(f"/novita{end}?dataset=c_e506:bozza")

    assert answer.status_code == 200 and "Bozza segreta" not in answer.content.decode()


def test_a_null_character_is_no_part_of_a_question(client, three):
    assert read_asked({"holder": "c_e506\0"}).holder == "c_e506"
    assert client.get("/api/v1/events?holder=c_e506%00").json()["events"]
