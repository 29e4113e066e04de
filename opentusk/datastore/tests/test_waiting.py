"""Proves that suspected rows, and rows that a second person must see, are public only when somebody says so."""

import pytest

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.models import Hold
from opentusk.datastore import tasks
from opentusk.datastore.models import Store
from opentusk.editorial.actions import approve, set_policy
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import deliver_all
from opentusk.journal.tasks import run_next
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.problems import Severity
from opentusk.people.actors import actor_of
from opentusk.quality.actions import decide_case, open_case
from opentusk.quality.models import PrivacyCase
from opentusk.tables.models import Table

pytestmark = pytest.mark.django_db

PEOPLE = [
    {"codice": "p", "nome": "Mario Rossi", "codice_fiscale": "RSSMRA80A01H501U"},
    {"codice": "q", "nome": "Anna Bianchi", "codice_fiscale": "BNCNNA85M41F205Z"},
]


def work() -> None:
    deliver_all()
    while run_next():
        deliver_all()


def total(who, store) -> int:
    return who.ok("datastore_search", resource_id=store, limit=0)["total"]


@pytest.fixture
def waiting(ada, store) -> PrivacyCase:
    """The case of a store to which two people were added."""
    ada.ok("datastore_create", force=True, resource_id=store, records=PEOPLE)
    tasks.give(Store.objects.get().pk)
    work()
    return PrivacyCase.objects.get()


@pytest.fixture
def officer(lecce):
    return actor_of(add_member(lecce, email="dpo@example.org", role=Membership.Role.DPO, by=SYSTEM).user)


def test_suspected_rows_become_a_file_that_somebody_decides_about(nobody, ada, store, waiting):
    hold = Hold.objects.still_open().get(kind=Hold.Kind.PERSONAL_DATA)

    assert hold.version.series.distribution == Store.objects.get().distribution
    assert (total(ada, store), total(nobody, store)) == (5, 3)
    assert b"Rossi" not in b"".join(nobody.client.get(f"/datastore/dump/{store}").streaming_content)
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "innocente"}])
    assert total(nobody, store) == 3


def test_a_decision_to_publish_lets_them_go_and_holds_for_the_next_ones(nobody, ada, store, waiting, officer):
    decide_case(waiting, decision="publish", basis="law", reason="Albo", evidence={"norm": "L. 1/1990"}, by=officer)
    work()

    assert total(nobody, store) == 5
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{**PEOPLE[0], "codice": "r"}])
    assert total(nobody, store) == 6


def test_a_decision_to_take_columns_away_hides_them_from_the_public(nobody, ada, store, waiting, officer):
    decide_case(waiting, decision="exclude", reason="No", excluded_columns=["codice_fiscale"], by=officer)
    work()

    found = nobody.ok("datastore_search", resource_id=store)
    code = PEOPLE[0]["codice_fiscale"]
    assert found["total"] == 5 and "codice_fiscale" not in found["records"][3]
    assert nobody.ok("datastore_search", resource_id=store, q=code)["total"] == 0
    assert nobody.error("datastore_search", resource_id=store, filters={"codice_fiscale": code})[0] == 409
    assert nobody.error("datastore_search_sql", sql=f'SELECT codice_fiscale FROM "{store}"')[0] == 409
    assert ada.ok("datastore_search", resource_id=store, q=code)["total"] == 1


@pytest.mark.parametrize("keeps_table", [True, False])
def test_columns_taken_away_stay_away_when_the_rows_are_loaded_anew(nobody, ada, store, waiting, officer, keeps_table):
    decide_case(waiting, decision="exclude", reason="No", excluded_columns=["codice_fiscale"], by=officer)
    work()
    if keeps_table:
        ada.ok("datastore_records_delete", force=True, resource_id=store, filters={})
    else:
        ada.ok("datastore_delete", force=True, resource_id=store)

    ada.ok("datastore_create", resource_id=store, records=[{"codice": "n", "codice_fiscale": "segreto"}], force=True)

    found = nobody.ok("datastore_search", resource_id=store)
    assert found["total"] == 1 and "codice_fiscale" not in {field["id"] for field in found["fields"]}
    assert ada.ok("opentusk_datastore_version_create", resource_id=store)["version"]
    assert b"segreto" not in Store.objects.get().head.version.stored.path.read_bytes()


def test_a_refusal_keeps_them_from_the_public_until_they_are_deleted(nobody, ada, store, waiting, officer):
    decide_case(waiting, decision="refuse", reason="Non serve", by=officer)
    work()
    assert total(nobody, store) == 3

    ada.ok("datastore_delete", force=True, resource_id=store, filters={"codice": ["p", "q"]})
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "n"}])

    assert total(nobody, store) == 4


def test_rows_of_a_body_that_wants_a_second_person_wait_for_one(nobody, ada, store, lecce):
    second = actor_of(add_member(lecce, email="rev@example.org", role=Membership.Role.REVISORE, by=SYSTEM).user)
    set_policy(lecce, wanted=True, by=SYSTEM)

    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "n"}])
    assert total(nobody, store) == 3
    tasks.give(Store.objects.get().pk)
    work()
    assert total(nobody, store) == 3
    approve(Hold.objects.still_open().get(kind=Hold.Kind.REVIEW), by=second)
    work()

    assert total(nobody, store) == 4


def test_a_store_that_rests_becomes_a_version_with_a_table_once_a_day(nobody, ada, store):
    found = Store.objects.get()
    tasks.give_due()
    assert not run_next() or found.given == 0

    Store.objects.update(written_at="2026-01-01T00:00:00Z")
    tasks.give_due()
    work()

    version = FileVersion.objects.get(series__distribution=found.distribution)
    assert version.is_public and Table.objects.public().get(uuid=store).latest.rows == 3
    found.refresh_from_db()
    assert found.given == found.number
    assert nobody.client.get(f"/api/v1/tables/{store}/rows").json()["data"][0]["codice"] == "071057"
    assert ada.ok("opentusk_datastore_version_create", resource_id=store) == {"version": None}
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "n"}])
    assert ada.ok("opentusk_datastore_version_create", resource_id=store) == {"version": 2}


def test_what_the_examination_of_the_file_suspects_later_takes_the_store_back(nobody, ada, store, officer):
    tasks.give(Store.objects.get().pk)
    work()
    version = FileVersion.objects.get(series__distribution__store__isnull=False)
    assert version.is_public and total(nobody, store) == 3
    suspicion = make_finding("nome", Severity.MAJOR, columns=("specie",), count=3, share=1.0)

    case = open_case(Store.objects.get().distribution.dataset, version, [suspicion], by=SYSTEM)
    work()

    assert nobody.error("datastore_search", resource_id=store)[0] == 404
    ada.ok("datastore_upsert", force=True, resource_id=store, records=[{"codice": "n"}])
    assert nobody.error("datastore_search", resource_id=store)[0] == 404
    decide_case(case, decision="publish", basis="false_alarm", reason="Sono alberi", by=officer)
    work()
    assert total(nobody, store) == 4
