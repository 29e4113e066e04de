"""Proves resources one by one: addresses and files, in drafts and in what is public, and what it costs."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opentusk.catalog.actions import change_record, lift_hold
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution
from opentusk.ckan import actions
from opentusk.ckan.tasks import follow
from opentusk.ckan.tests.test_writing import ANSWERS, FULL, PLAIN
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit.ckan_packages.spelling import moment

pytestmark = pytest.mark.django_db
LINK = {"name": "Specie", "url": "https://dati.example.org/specie.json", "format": "JSON", "nota": "a mano"}
UNKNOWN = "8e1b8d2c-52d5-4b5f-8b83-3f9cf4b9b0aa"


@pytest.fixture
def declared(ada, ada_account):
    actions.sign_standing_declaration(ada_account.tokens.get(), ANSWERS, by=SYSTEM)
    return ada


def table(text: str = "codice;specie\n071057;leccio\n", name: str = "Alberi 2026.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def examined() -> None:
    for hold in Hold.objects.still_open().of_kind(Hold.Kind.EXAMINATION):
        lift_hold(hold, by=SYSTEM, reason="in prova")


def test_an_address_is_added_changed_patched_and_taken_away(declared, nobody):
    package = declared.ok("package_create", **FULL)

    made = declared.ok("resource_create", package_id=package["id"], **LINK)

    assert {key: made[key] for key in LINK} == LINK
    assert (made["position"], made["package_id"], made["url_type"]) == (1, package["id"], None)
    assert nobody.ok("resource_show", id=made["id"]) == made
    shown = nobody.ok("package_show", id=package["id"])
    assert shown["resources"][1] == made and shown["license_id"] == "cc-by"

    patched = declared.ok("resource_patch", id=made["id"], description="Tutte le specie")
    assert {key: patched[key] for key in LINK} == LINK and patched["description"] == "Tutte le specie"

    updated = declared.ok("resource_update", id=made["id"], url="https://dati.example.org/altre.csv", format="CSV")
    assert (updated["url"], updated["name"], updated["format"]) == ("https://dati.example.org/altre.csv", None, "CSV")
    assert "nota" not in updated

    assert declared.ok("resource_delete", id=made["id"]) is None
    assert nobody.error("resource_show", id=made["id"])[0] == 404


def test_the_licence_of_the_package_is_that_of_a_new_resource(declared):
    package = declared.ok("package_create", **FULL | {"resources": []})
    assert (package["state"], package["license_id"]) == ("draft", "cc-by")

    declared.ok("resource_create", package_id=package["id"], **LINK)

    shown = declared.ok("package_show", id=package["id"])
    assert (shown["state"], shown["license_id"], shown["isopen"]) == ("active", "cc-by", True)
    part = to_record(Dataset.objects.get()).distribution[0]
    assert part.license.iri == "https://creativecommons.org/licenses/by/4.0/"


def test_an_uploaded_file_makes_the_dataset_public_once_it_was_examined(declared, nobody):
    package = declared.ok("package_create", **FULL | {"resources": []})

    answer = declared.send("resource_create", package_id=package["id"], upload=table(), name="Alberi", custom="x")

    made = answer.json()["result"]
    assert (made["url_type"], made["name"], made["custom"], made["size"]) == ("upload", "Alberi", "x", 28)
    number = made["id"]
    assert made["url"] == (f"http://localhost:8000/dataset/{package['id']}/resource/{number}/download/alberi-2026.csv")
    waiting = declared.ok("package_show", id=package["id"])["opentusk"]
    assert (waiting["problems"], [one["kind"] for one in waiting["waiting_for"]]) == ([], ["examination"])

    examined()
    follow(list(Entry.objects.filter(event="catalog.hold_lifted")))

    shown = nobody.ok("package_show", id=package["id"])
    assert (shown["state"], shown["resources"][0]["id"]) == ("active", number)
    assert shown["resources"][0]["format"] == "CSV"
    assert shown["resources"][0]["last_modified"] == moment(FileVersion.objects.get().made_at)

    declared.send("resource_patch", id=number, upload=table("codice\n1\n"))
    examined()

    newest = FileVersion.objects.order_by("number").last()
    assert nobody.ok("resource_show", id=number)["last_modified"] == moment(newest.made_at) > made["last_modified"]


def test_a_file_of_a_public_dataset_is_its_peoples_until_it_was_examined(declared, nobody):
    package = declared.ok("package_create", **FULL)

    made = declared.send("resource_create", package_id=package["id"], upload=table(), name="Alberi").json()["result"]

    assert nobody.error("resource_show", id=made["id"])[0] == 404
    assert len(nobody.ok("package_show", id=package["id"])["resources"]) == 1
    assert [one["id"] for one in declared.ok("package_show", id=package["id"])["resources"]][1] == made["id"]
    patched = declared.ok("resource_patch", id=made["id"], name="Alberi in attesa")
    assert patched["name"] == "Alberi in attesa"
    both = declared.ok("package_patch", id=package["id"], title="Alberi, con il file che aspetta")
    assert len(both["resources"]) == 2

    examined()

    assert nobody.ok("resource_show", id=made["id"])["name"] == "Alberi in attesa"


def test_a_new_file_is_the_next_version_and_the_same_one_is_no_change(declared):
    package = declared.ok("package_create", **FULL | {"resources": []})
    made = declared.send("resource_create", package_id=package["id"], upload=table()).json()["result"]

    again = declared.send("resource_update", id=made["id"], upload=table(), name="Alberi")
    assert again.json()["result"]["name"] == "Alberi"
    assert FileVersion.objects.count() == 1

    other = declared.send("resource_patch", id=made["id"], upload=table("codice\n1\n")).json()["result"]

    assert (other["id"], other["size"], other["name"]) == (made["id"], 9, "Alberi")
    assert FileVersion.objects.count() == 2
    kept = declared.ok("resource_update", id=made["id"], name="Senza file")
    assert (kept["url_type"], kept["name"]) == ("upload", "Senza file")


def test_an_address_becomes_a_file_and_a_file_an_address_with_the_same_id(declared):
    package = declared.ok("package_create", **PLAIN)
    number = package["resources"][0]["id"]

    as_file = declared.send("resource_patch", id=number, upload=table()).json()["result"]
    assert (as_file["id"], as_file["url_type"], as_file["name"]) == (number, "upload", "Alberi, CSV")

    as_address = declared.ok("resource_patch", id=number, url="https://dati.example.org/nuovo.csv")
    assert (as_address["id"], as_address["url_type"]) == (number, None)
    assert as_address["url"] == "https://dati.example.org/nuovo.csv"


def test_a_whole_package_may_put_an_address_in_place_of_a_file(declared):
    package = declared.ok("package_create", **FULL)
    made = declared.send("resource_create", package_id=package["id"], upload=table(), name="Alberi").json()["result"]
    shown = declared.ok("package_show", id=package["id"])

    by_name = [shown["resources"][0], {**made, "url": "alberi-2026.csv"}]
    kept = declared.ok("package_patch", id=package["id"], resources=by_name)["resources"][1]
    assert (kept["id"], kept["url"], kept["name"]) == (made["id"], made["url"], "Alberi")

    elsewhere = [shown["resources"][0], {**made, "url": "https://dati.example.org/spostato.csv"}]
    moved = declared.ok("package_patch", id=package["id"], resources=elsewhere)["resources"][1]
    assert (moved["id"], moved["url"], moved["name"], moved["url_type"]) == (
        made["id"], "https://dati.example.org/spostato.csv", "Alberi", None,
    )  # fmt: skip


def test_a_file_leaves_with_an_update_that_does_not_name_it(declared):
    package = declared.ok("package_create", **PLAIN)
    made = declared.send("resource_create", package_id=package["id"], upload=table()).json()["result"]

    kept = declared.ok("package_update", **PLAIN | {"id": package["id"], "resources": [made]})
    assert [one["id"] for one in kept["resources"]] == [made["id"]]

    gone = declared.ok("package_update", **PLAIN | {"id": package["id"], "resources": []})
    assert gone["resources"] == []


def test_resources_are_put_in_another_order(declared):
    package = declared.ok("package_create", **FULL)
    second = declared.ok("resource_create", package_id=package["id"], **LINK)
    first = package["resources"][0]["id"]

    answer = declared.ok("package_resource_reorder", id=package["id"], order=[second["id"]])

    assert answer == {"id": package["id"], "order": [second["id"], first]}
    shown = declared.ok("package_show", id=package["id"])["resources"]
    assert [(one["id"], one["position"]) for one in shown] == [(second["id"], 0), (first, 1)]
    assert declared.error("package_resource_reorder", id=package["id"], order=["nope"])[0] == 409
    assert declared.error("package_resource_reorder", id=package["id"], order="nope")[1]["order"]
    assert declared.error("package_resource_reorder", id=package["id"])[1]["order"] == ["Missing value"]


def test_what_is_wrong_with_a_resource_is_told_as_ckan_does(declared, public):
    package = declared.ok("package_create", **FULL)
    taken = str(public.distributions.get().uuid)

    assert declared.error("resource_create") == (
        409,
        {"__type": "Validation Error", "package_id": ["Missing value"]},
    )
    assert declared.error("resource_create", package_id="nope")[0] == 404
    assert declared.error("resource_create", package_id=package["id"], id=taken)[1]["id"] == [
        "Resource id already exists."
    ]
    assert declared.error("resource_create", package_id=package["id"], id="x")[1]["id"] == ["Invalid id provided"]
    assert declared.error("resource_create", package_id=package["id"], size="x")[1]["size"] == ["Invalid integer"]
    assert declared.error("resource_create", package_id=package["id"], upload="testo")[0] == 409
    wrong = declared.send("resource_create", package_id=package["id"], upload=table(""))
    assert (wrong.status_code, "vuoto" in wrong.json()["error"]["upload"][0]) == (409, True)
    for name in ("resource_show", "resource_update", "resource_patch", "resource_delete"):
        assert declared.error(name, id=UNKNOWN)[0] == 404
        assert declared.error(name)[1]["id"] == ["Missing value"]
    last = declared.error("resource_delete", id=package["resources"][0]["id"])
    assert last[0] == 409 and "resources" in last[1]


def test_one_more_resource_costs_the_same_beside_three_hundred(declared):
    package = declared.ok("package_create", **FULL)

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            declared.ok("resource_create", package_id=package["id"], url=f"https://dati.example.org/{number}.csv")
        return len(seen)

    few = queries(1)
    dataset = Dataset.objects.get()
    record = to_record(dataset)
    many = (
        *record.distribution,
        *(distribution(f"n{number}", iri=f"http://localhost:8000/id/distribuzione/{number}") for number in range(300)),
    )
    change_record(dataset, replace(record, distribution=many), by=SYSTEM, expected=dataset.checksum)

    assert queries(2) <= few


def test_views_are_kept_for_their_clients(declared, nobody, bruno, diego):
    package = declared.ok("package_create", **FULL)
    number = package["resources"][0]["id"]

    first = declared.ok(
        "resource_view_create", resource_id=number, title="Tabella", view_type="recline_view", filters={"a": ["1"]}
    )
    second = declared.ok("resource_view_create", resource_id=number, title="Mappa", view_type="map")

    assert first["filters"] == {"a": ["1"]} and first["package_id"] == package["id"]
    assert nobody.ok("resource_view_list", id=number) == [first, second]
    assert nobody.ok("resource_view_show", id=second["id"]) == second
    changed = declared.ok("resource_view_update", id=first["id"], title="Altra")
    assert (changed["title"], changed["view_type"], "filters" in changed) == ("Altra", "recline_view", False)
    order = declared.ok("resource_view_reorder", id=number, order=[second["id"], first["id"]])
    assert order == {"id": number, "order": [second["id"], first["id"]]}
    assert declared.error("resource_view_reorder", id=number, order=["x"])[0] == 409
    assert declared.error("resource_view_create", resource_id=number, title="x")[1]["view_type"] == ["Missing value"]
    assert bruno.error("resource_view_create", resource_id=number, title="x", view_type="y")[0] == 403
    assert bruno.error("resource_view_delete", id=first["id"])[0] == 403
    assert declared.ok("resource_view_delete", id=first["id"]) is None
    assert nobody.error("resource_view_show", id=first["id"])[0] == 404
    assert declared.error("resource_view_clear")[0] == 403
    assert diego.ok("resource_view_clear", view_types=["recline_view"]) is None
    assert nobody.ok("resource_view_list", id=number) == [second]
    assert diego.ok("resource_view_clear") is None
    assert nobody.ok("resource_view_list", id=number) == []
    assert declared.ok("resource_create_default_resource_views", resource={"id": number}) == []
    assert declared.ok("package_create_default_resource_views", package={"id": package["id"]}) == []
    assert declared.error("resource_create_default_resource_views")[1]["resource"] == ["Missing value"]


def test_a_package_is_revised_with_its_files(declared):
    package = declared.ok("package_create", **PLAIN)
    number = package["resources"][0]["id"]

    def revised(**said):
        return declared.ok("package_revise", **said)["package"]

    assert revised(match={"id": package["id"]}, update={"title": "Uno"})["title"] == "Uno"
    assert revised(match__name=package["name"], update__resources__0__name="Due")["resources"][0]["name"] == "Due"
    by_id = {f"update__resources__{number[:13]}__description": "Tre"}
    assert revised(match={"id": package["id"]}, **by_id)["resources"][0]["description"] == "Tre"
    more = revised(match={"id": package["id"]}, update__resources__extend=[{"url": "https://a.example.org/b.csv"}])
    assert len(more["resources"]) == 2
    less = revised(match={"id": package["id"]}, filter=["-resources__1", "-extras"], include=["resources", "extras"])
    assert (len(less["resources"]), less["extras"], "title" in less) == (1, [], False)
    status, error = declared.error("package_revise", match={"id": package["id"], "version": "altra"})
    assert (status, error["match"]) == (409, ["version"])
    assert declared.error("package_revise", match={})[0] == 409
    assert declared.error("package_revise", match={"id": "nope"})[0] == 404
    wrong = declared.error("package_revise", match={"id": package["id"]}, update__resources__7__name="x")
    assert wrong[1]["update__resources__7__name"] == ["Item not found in list"]
    answer = declared.send(
        "package_revise", match__id=package["id"], update__resources__0__name="Con file",
        update__resources__0__upload=table(),
    )  # fmt: skip
    resource = answer.json()["result"]["package"]["resources"][0]
    assert (resource["id"], resource["url_type"], resource["name"]) == (number, "upload", "Con file")
