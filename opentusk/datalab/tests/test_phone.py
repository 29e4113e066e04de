"""Proves what people at a table meet on their phones, and what the room sees on the wall."""

import csv
import io
import re
from datetime import timedelta
from time import time

import pytest
from django.core import signing
from django.core.signing import Signer
from django.utils import timezone

from opentusk.datalab.actions import close_table, wish_at_table
from opentusk.datalab.counting import without_small_cells
from opentusk.demand import actions
from opentusk.demand.actions import Wish
from opentusk.demand.models import UseCase, WantedDataset
from opentusk.journal.actors import SYSTEM
from opentusk.ui.pace import is_begun

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Alberi monumentali",
    "use_case": "Passeggiate",
    "theme": "ENVI",
    "world": "students",
    "client_key": "k",
}


@pytest.fixture
def send(client, table):
    return lambda **said: client.post(f"/datalab/{table.join_code}", SAID | said)


def wall(client, table):
    return client.get(f"/datalab/{table.datalab.slug}/parete.json").json()


def test_a_wish_is_sent_corrected_within_half_an_hour_and_asks_nobody_who_they_are(client, table, send, lecce):
    page = client.get(f"/datalab/{table.join_code.lower()}").content.decode()
    thanks = client.get(send(producers_text="Comune di Lecce, ARPA").url)
    item = WantedDataset.objects.get()
    producers = [agent.name for agent in item.producers.all()]
    token = thanks.context["token"]
    corrected = client.post(f"/datalab/correggi/{token}", {"title": "Alberi secolari", "theme": "ENVI"})

    assert 'value="ENVI" checked' in page
    assert not any(word in page for word in ("email", 'name="name"', 'telefono"', "csrfmiddlewaretoken", "Set-Cookie"))
    assert "la tua voce è la n. 1" in thanks.content.decode()
    assert producers == ["Comune di Lecce"]
    assert corrected.status_code == 302 and WantedDataset.objects.get().title == "Alberi secolari"
    old = signing.TimestampSigner(salt="datalab.correct").sign_object(item.pk)[:-3]
    assert client.get(f"/datalab/correggi/{old}").status_code == 410


def test_the_same_sending_is_one_wish_and_other_words_from_the_same_page_are_another(client, send):
    addresses = [send().url, send().url, send(title="Fontane").url, send(website="x").url]

    assert [address.split("?")[0][-1] for address in addresses[:3]] == ["1", "1", "2"]
    assert WantedDataset.objects.count() == 2


def test_what_comes_back_at_once_is_asked_for_again_with_what_was_written(client, table, send, settings):
    settings.FILLING_SECONDS = 2
    page = client.get(f"/datalab/{table.join_code}").content.decode()
    begun = re.search(r'name="begun" value="([^"]+)"', page)[1]

    hurried = send(begun=begun)
    made_up = send()
    assert (hurried.status_code, made_up.status_code) == (400, 400) and not WantedDataset.objects.exists()
    written = hurried.content.decode()
    assert "aspetta due secondi e premi di nuovo" in written and "Alberi monumentali" in written and begun in written
    assert is_begun(re.search(r'name="begun" value="([^"]+)"', made_up.content.decode())[1])
    hour_ago = Signer(salt="ui.pace").sign(f"{time() - 3_600:.1f}")
    assert send(begun=hour_ago).status_code == 302
    address = f"/datalab/{table.join_code}/perche/1"
    reason = {"use_case": "Anche per la scuola.", "client_key": "r"}
    assert client.post(address, reason | {"begun": begun}).status_code == 400
    assert client.post(address, reason | {"begun": hour_ago}).status_code == 200 and UseCase.objects.count() == 1


def test_what_cannot_be_kept_is_said_and_stays_on_the_page(client, table, send):
    empty = send(title=" ", use_case="Le mie passeggiate")
    personal = send(use_case="scrivetemi a mario.rossi@gmail.com")
    close_table(table, by=SYSTEM)
    closed = send()

    assert (empty.status_code, personal.status_code, closed.status_code) == (400, 400, 403)
    assert "Le mie passeggiate" in empty.content.decode() and 'href="#id_title"' in empty.content.decode()
    assert "dato personale" in personal.content.decode() and "mario.rossi" in personal.content.decode()
    assert "Passeggiate" in closed.content.decode() and re.search(
        r"Raccoglie proposte dal \d+ [a-z]+ \d{4}, \d\d:\d\d al", closed.content.decode()
    )
    assert not WantedDataset.objects.exists()


def test_invariant_03_codes_that_no_table_has_are_answered_only_so_often(client, db):
    statuses = [client.get(f"/datalab/ZZZ{number:03}").status_code for number in range(100, 175)]

    assert statuses[0] == 404 and statuses[-1] == 429


def test_what_is_like_it_is_found_in_the_edition_and_gets_another_reason(client, table, send):
    send()
    found = client.get(f"/datalab/{table.join_code}/simili?q=gli alberi").json()["alike"]
    nothing = client.get(f"/datalab/{table.join_code}/simili?q=parcheggi").json()["alike"]
    for _time in range(2):
        client.post(found[0]["url"], {"use_case": "Per la scuola", "client_key": "r"})

    assert [one["title"] for one in found] == ["Alberi monumentali"] and nothing == []
    assert [reason.words for reason in UseCase.objects.all()] == ["Per la scuola"]
    assert client.get("/datalab/enti.json?q=x").json() == {"names": []}


def test_the_wall_counts_what_is_shown_and_a_hidden_wish_is_gone_with_the_next_answer(client, table, wish):
    kept, hidden = wish("Alberi"), wish("Parolacce")
    actions.merge(wish("Alberi grandi"), kept, by=SYSTEM)
    before = wall(client, table)
    actions.hide(hidden, by=SYSTEM)
    after = wall(client, table)

    assert (before["total"], after["total"]) == (2, 1)
    assert [item["title"] for item in after["latest"]] == ["Alberi"]
    assert {theme["code"]: theme["n"] for theme in after["themes"]}["ENVI"] == 1
    assert len(after["themes"]) == 13


def test_the_page_of_the_evening_and_its_csv_say_the_same_and_nobody_is_alone_in_a_cell(client, table):
    for world, number in (("students", 6), ("pa", 5), ("companies", 2)):
        for one in range(number):
            wish_at_table(table, Wish(title=f"=Voce {world} {one}", world=world), client_key="")
    page = client.get(f"/datalab/{table.datalab.slug}").content.decode()
    answer = client.get(f"/datalab/{table.datalab.slug}/voci.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    # Companies alone would follow by subtraction, so the public administration is hidden with them.
    assert "studenti" in page and "aziende" not in page and "pubblica amministrazione" not in page
    assert len(rows) == 13 and all(row["dato"].startswith("'=Voce") for row in rows)
    assert not any("student" in value for row in rows for name, value in row.items() if name != "dato")


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, ({}, 0)),
        ({"a": 5, "b": 9}, ({"b": 9, "a": 5}, 0)),
        ({"a": 1, "b": 9, "c": 7}, ({"b": 9}, 8)),
        ({"a": 1, "b": 2, "c": 7}, ({"c": 7}, 3)),
        ({"a": 4}, ({}, 4)),
    ],
)
def test_invariant_26_small_cells_are_hidden_and_the_sum_stays(counts, shown):
    assert without_small_cells(counts) == shown


def test_a_closed_table_says_when_it_takes_wishes(client, table):
    table.opens_at = timezone.now() + timedelta(hours=1)
    table.save(update_fields=["opens_at"])

    assert "Il tavolo non è ancora aperto" in client.get(f"/datalab/{table.join_code}").content.decode()
