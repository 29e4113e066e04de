"""Proves that no request to the CKAN door brings a bug to light, and that none brings a private dataset out.

A few hundred requests are sent each time; `OPENTUSK_CKAN_FUZZ=10000` sends so many (`make fuzz`), and
`OPENTUSK_CKAN_SEED` chooses others. Each request is taken back afterwards, so that the private dataset stays private
whatever whoever may open it does.
"""

import json
import os
import re
import time
from collections import Counter

import pytest
from django.db import connection, transaction

from opentusk.bodies.actions import add_member
from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.ckan.protocol import all_actions
from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.ckan_directory.actions import rebuild_tags
from opentusk.datastore.tests.conftest import (  # noqa: F401 - the same people, programs and places on the disk
    ada,
    ada_account,
    bari,
    bruno,
    carla,
    diego,
    disk,
    lecce,
    nobody,
)
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit import records as kit
from opentusk.people.models import ApiToken
from opentusk.search.actions import rebuild_index
from tests.journeys.ckan_fuzzing import Grammar, Request, send

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("OPENTUSK_CKAN_SEED", "20261124"))
NUMBER = int(os.environ.get("OPENTUSK_CKAN_FUZZ", "450"))
# What only the private dataset says, each in another place.
SECRETS = ("Titolosegreto", "Notesegrete", "parolasegreta", "filesegreto", "ufficiosegreto", "rigasegreta")
_STATUSES = {200, 304, 400, 403, 404, 409, 415}


def secret_record() -> kit.Dataset:
    """A draft that says a word of its own in every place that an answer could take it from."""
    record = trees("c_e506:riservato")
    parts = [
        kit.Distribution(
            access_url="https://x.it/filesegreto.csv", download_url="https://x.it/filesegreto.csv",
            title={"it": "filesegreto"}, format=part.format, license=part.license,
        )
        for part in record.distribution
    ]  # fmt: skip
    contact = kit.ContactPoint(fn="ufficiosegreto", has_email="ufficiosegreto@x.it")
    return trees(
        "c_e506:riservato", title={"it": "Titolosegreto"}, description={"it": "Notesegrete"},
        keyword={"it": ("parolasegreta",)}, contact_point=(contact,), distribution=tuple(parts),
    )  # fmt: skip


@pytest.fixture
def portal(settings, tmp_path, client, nobody, ada, bruno, carla, diego, lecce, bari):  # noqa: F811
    """Public, withdrawn and private datasets, followers, keys; gives the callers and the true names of things."""
    settings.SEARCH_DIR = tmp_path / "search"
    eva = add_member(lecce, email="eva@example.org", role="referente", by=SYSTEM).user
    public = publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)
    gone = publish(create_draft(trees("c_e506:tolto"), holder=lecce, by=SYSTEM), by=SYSTEM)
    withdraw(gone, by=SYSTEM, reason="doppio")
    other = publish(create_draft(trees("c_a662:alberi"), holder=bari, by=SYSTEM), by=SYSTEM)
    secret = create_draft(secret_record(), holder=lecce, by=SYSTEM)
    hidden = str(secret.distributions.get().uuid)
    rows = [{"codice": "071057", "nota": "rigasegreta"}, {"codice": "071058", "nota": None}]
    ada.ok("datastore_create", resource_id=hidden, records=rows, primary_key="codice", force=True)
    shown = str(public.distributions.get().uuid)
    ada.ok("datastore_create", resource_id=shown, records=[{"a": 1, "b": "x"}], force=True)
    for client_of in (bruno, ada):
        client_of.ok("follow_dataset", id=public.slug)
    rebuild_tags()
    rebuild_index()
    callers = {
        "nobody": nobody, "stranger": Ckan(client, "otk_di_nessuno"), "bruno": bruno, "ada": ada, "carla": carla,
        "diego": diego, "eva": Ckan(client, key_of(eva)), "drafts": Ckan(client, key_of(eva, scope="drafts")),
    }  # fmt: skip
    datasets = [name for row in (public, gone, other, secret) for name in (str(row.uuid), row.slug)]
    # By the word that names them in an action or a parameter, the narrowest first.
    things = {
        "vocabulary": ["frequency", "licence"],
        "activity": [str(number) for number in Entry.objects.values_list("id", flat=True)],
        "jti": [str(number) for number in ApiToken.objects.values_list("pk", flat=True)],
        "user": [f"user-{eva.pk}", f"user-{eva.pk - 1}", "user-1"], "tag": ["alberi", "verde", "ANNUAL"],
        "org": [lecce.slug, str(lecce.uuid), bari.slug], "member": [lecce.slug, bari.slug],
        "group": ["envi", "tran", lecce.slug], "resource": [shown, hidden], "datastore": [shown, hidden],
        "package": datasets, "dataset": datasets, "follow": datasets,
    }  # fmt: skip
    return callers, things, secret


def fault_of(answer, request: Request) -> str:
    """What is wrong with an answer; "" when it is one that CKAN could give."""
    text = answer.content.decode()
    if answer.status_code not in _STATUSES or "Traceback (most recent" in text:
        return f"status {answer.status_code}"
    if answer.status_code == 415:
        return "" if request.way in {"form", "query"} else "415"
    if request.way == "jsonp" and answer["Content-Type"].startswith("application/javascript"):
        text = re.fullmatch(r"/\*\*/f\((.*)\);", text, re.DOTALL)[1]
    elif not answer["Content-Type"].startswith("application/json"):
        return f"content type {answer['Content-Type']}"
    return _fault_of_envelope(json.loads(text), answer.status_code)


def _fault_of_envelope(said, status: int) -> str:
    if isinstance(said, str):
        return "" if status == 400 and said.startswith("Bad request: ") else f"bare text with {status}"
    if said["success"] != (status == 200) or ("result" in said) != said["success"]:
        return "envelope"
    if said["success"]:
        return ""
    kinds = {"Validation Error": 409, "Not Found Error": 404, "Authorization Error": 403, "Search Query Error": 400,
             "Search Error": 409}  # fmt: skip
    return "" if kinds.get(said["error"]["__type"]) == status else f"{said['error']['__type']} with {status}"


def leak_of(answer, request: Request, secret: Dataset) -> str:
    """What of the private dataset an answer holds that its reader did not know; "" for those who may read it."""
    text, said = answer.content.decode(), request.said()
    marks = [*SECRETS, *([str(secret.uuid)] if answer.status_code == 200 else [])]
    return next((mark for mark in marks if mark in text and mark not in said), "")


def outcome(client, caller: Ckan, request: Request, secret: Dataset, is_outside: bool) -> tuple[int, str]:
    """The status of an answer and what is wrong with it, everything that the request wrote taken back."""
    with transaction.atomic():
        before = Entry.objects.count()
        answer = send(client, request, caller.headers())
        fault = fault_of(answer, request) or (leak_of(answer, request, secret) if is_outside else "")
        if request.way in {"get", "jsonp"} and Entry.objects.count() != before:
            fault = fault or "a GET wrote"
        connection.check_constraints()
        transaction.set_rollback(True)
    return answer.status_code, fault


def test_no_request_breaks_the_door_and_none_opens_a_private_dataset(client, portal):
    callers, things, secret = portal
    helps = {name: action.help for name, action in all_actions().items()}
    grammar = Grammar(SEED, helps, sorted(callers), things)
    outside = {"nobody", "stranger", "bruno"}
    statuses: Counter[int] = Counter()
    begun = time.monotonic()

    for request in grammar.requests(NUMBER):
        status, fault = outcome(client, callers[request.caller], request, secret, request.caller in outside)
        assert not fault, (fault, request)
        statuses[status] += 1

    print(f"{NUMBER} requests, seed {SEED}, {time.monotonic() - begun:.0f} s: {dict(sorted(statuses.items()))}")
    assert statuses[200] > NUMBER / 20 and statuses[409] > NUMBER / 20


@pytest.mark.parametrize("who", ["nobody", "bruno"])
def test_no_action_shows_a_private_dataset_to_whoever_asks_for_it_by_name(client, portal, who):
    callers, _things, secret = portal
    hidden = str(secret.distributions.get().uuid)
    asked = [{"id": name, "package_id": name, "resource_id": hidden, "include_private": True, "include_drafts": True,
              "include_datasets": True, "name": name, "q": "segreto", "query": "name:segreto"}
             for name in (secret.slug, hidden, "comune-di-lecce")]  # fmt: skip

    for action in sorted(all_actions()):
        for data in asked:
            request = Request(who, action, "json", data)
            _status, fault = outcome(client, callers[who], request, secret, True)
            assert not fault, (fault, request)


@pytest.mark.parametrize("path", ["/datastore/dump/{hidden}", "/datastore/dump/{hidden}?format=json", "/dataset/{id}"])
def test_no_other_address_of_ckan_shows_it_either(client, portal, path):
    _callers, _things, secret = portal
    address = path.format(hidden=secret.distributions.get().uuid, id=secret.uuid)

    answer = client.get(address, follow=True)
    content = b"".join(answer) if answer.streaming else answer.content

    assert answer.status_code in {403, 404} and not any(mark.encode() in content for mark in SECRETS)
