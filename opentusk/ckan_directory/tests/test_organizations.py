"""Proves that bodies are read as CKAN's organizations, and by whom they are made, changed and closed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opentusk.bodies.models import Agent, Membership
from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.ckan_directory.tests.refusals import allowed_to, anonymous, check, denied, missing, not_found, wrong
from opentusk.joining.actions import end
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry

pytestmark = pytest.mark.django_db
NEW = {"name": "comune-di-galatina", "title": "Comune di Galatina"}


def test_the_list_holds_the_names_in_the_order_of_the_titles(nobody, lecce, bari):
    assert nobody.get("organization_list").json()["result"] == ["comune-di-bari", "comune-di-lecce"]
    assert nobody.ok("organization_list", sort="name desc") == ["comune-di-lecce", "comune-di-bari"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"limit": 1}, ["comune-di-bari"]),
        ({"limit": "1", "offset": "1"}, ["comune-di-lecce"]),
        ({"q": "LECCE"}, ["comune-di-lecce"]),
        ({"organizations": ["comune-di-lecce", "altro"]}, ["comune-di-lecce"]),
        ({"organizations": '["comune-di-lecce"]'}, ["comune-di-lecce"]),
        ({"groups": "comune-di-lecce,comune-di-bari"}, ["comune-di-bari", "comune-di-lecce"]),
        ({"sort": "package_count desc"}, ["comune-di-lecce", "comune-di-bari"]),
        ({"order_by": "packages"}, ["comune-di-bari", "comune-di-lecce"]),
        ({"type": "department"}, []),
    ],
)
def test_the_list_is_narrowed_and_ordered(nobody, public, bari, asked, names):
    assert nobody.ok("organization_list", **asked) == names


def test_all_fields_are_those_that_clients_read(nobody, public, bari):
    bari_shown, lecce_shown = nobody.ok("organization_list", all_fields=True, include_extras=True)

    assert {key: lecce_shown[key] for key in ("name", "display_name", "package_count", "num_followers", "state")} == {
        "name": "comune-di-lecce",
        "display_name": "Comune di Lecce",
        "package_count": 1,
        "num_followers": 0,
        "state": "active",
    }
    assert bari_shown["package_count"] == 0 and bari_shown["extras"] == [] and bari_shown["is_organization"] is True
    assert {
        "id",
        "title",
        "description",
        "image_url",
        "image_display_url",
        "created",
        "type",
        "approval_status",
    } <= set(lecce_shown)


def test_a_list_costs_the_same_for_one_body_and_for_many(nobody, lecce, django_assert_max_num_queries):
    Agent.objects.bulk_create(Agent(ipa_code=f"x_{n}", slug=f"ente-{n}", name=f"Ente {n}") for n in range(300))

    with django_assert_max_num_queries(4):
        found = nobody.ok("organization_list", all_fields=True, include_extras=True)

    assert len(found) == 301


@pytest.mark.parametrize("ref", ["comune-di-lecce", "uuid", "c_e506", "COMUNE-DI-LECCE"])
def test_a_body_is_shown_by_every_name_it_has(nobody, lecce, ref):
    shown = nobody.ok("organization_show", id=str(lecce.uuid) if ref == "uuid" else ref)

    assert (shown["id"], shown["identifier"], shown["title"]) == (str(lecce.uuid), "c_e506", "Comune di Lecce")


def test_packages_are_shown_only_when_asked_and_only_public_ones(nobody, eva, public, draft):
    assert "packages" not in nobody.ok("organization_show", id="comune-di-lecce")
    for client in (nobody, eva):
        shown = client.ok("organization_show", id="comune-di-lecce", include_datasets="true")
        assert [package["name"] for package in shown["packages"]] == ["c_e506-alberi"]
        assert shown["packages"][0]["resources"]


def test_the_people_of_a_body_are_shown_to_its_own_people_and_to_the_desk(everybody, lecce):
    seen = {who: client.ok("organization_show", id="comune-di-lecce").get("users") for who, client in everybody.items()}

    assert (seen["nobody"], seen["bruno"]) == (None, None)
    assert sorted(user["capacity"] for user in seen["ada"]) == ["admin", "editor"]
    assert "eva@" not in str(seen["ada"]) and "@" not in str(seen["carla"]) and "eva@" in str(seen["diego"])


def test_a_body_that_ended_is_deleted_for_clients(nobody, carla, lecce):
    end(lecce, reason="fusione", on=lecce.created_at.date(), by=SYSTEM)

    assert nobody.ok("organization_list") == []
    check(nobody, "organization_show", {"id": "comune-di-lecce"}, denied(f"User  not authorized to read {lecce.uuid}"))
    assert carla.ok("organization_show", id="comune-di-lecce")["state"] == "deleted"


def test_completion_finds_words_in_the_middle(nobody, lecce, bari):
    assert nobody.ok("organization_autocomplete", q="lec") == [
        {"id": str(lecce.uuid), "name": "comune-di-lecce", "title": "Comune di Lecce"}
    ]
    assert len(nobody.ok("organization_autocomplete", q="comune", limit=1)) == 1


def test_everybody_has_the_organizations_they_work_for(everybody):
    found = {who: client.ok("organization_list_for_user") for who, client in everybody.items()}
    names = {who: [one["name"] for one in rows] for who, rows in found.items()}

    assert names == {
        "nobody": [], "bruno": [], "ada": [], "eva": ["comune-di-lecce"],
        "carla": ["comune-di-bari", "comune-di-lecce"], "diego": ["comune-di-bari", "comune-di-lecce"],
    }  # fmt: skip
    ada = everybody["ada"].ok("organization_list_for_user", permission="create_dataset")
    assert [(one["name"], one["capacity"]) for one in ada] == [("comune-di-lecce", "editor")]


def test_the_desk_makes_a_body_with_the_code_that_its_title_has_in_the_index(carla):
    made = carla.ok(
        "organization_create", **NEW, description="Nel Salento", extras=[{"key": "PEC", "value": "a@pec.it"}]
    )

    assert (made["name"], made["title"], made["identifier"]) == (NEW["name"], NEW["title"], "c_d862")
    assert carla.ok("organization_show", id=made["id"]) == made
    assert (made["description"], made["extras"]) == ("Nel Salento", [{"key": "PEC", "value": "a@pec.it"}])
    assert Entry.objects.filter(event="bodies.agent_added").count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"identifier": "c_d862"}, "c_d862"),
        ({"extras": [{"key": "codice_IPA", "value": "X_ENTE"}]}, "x_ente"),
        ({"title": "Un ente che nessuno conosce"}, "comune-di-galatina"),
    ],
)
def test_the_code_of_a_body_is_taken_from_where_clients_put_it(carla, given, code):
    assert carla.ok("organization_create", **{**NEW, **given})["identifier"] == code


def test_who_runs_the_portal_chooses_the_number_and_the_people(diego, carla, ada_account):
    number = "6f1c5e3e-9d4f-4c3c-8f8a-0a0a0a0a0a0a"
    made = diego.ok(
        "organization_create", **NEW, id=number, users=[{"name": f"user-{ada_account.pk}", "capacity": "admin"}]
    )

    assert made["id"] == number
    assert [(user["name"], user["capacity"]) for user in made["users"]] == [(f"user-{ada_account.pk}", "admin")]
    assert carla.ok("organization_create", name="altro-ente", id=number.replace("6f", "7f"))["id"] != number


@pytest.mark.parametrize("action", ["organization_update", "organization_patch"])
def test_what_is_not_said_of_a_body_stays(eva, lecce, action):
    eva.ok(
        action, id="comune-di-lecce", description="Capoluogo", extras=[{"key": "a", "value": "1"}], site="https://x.it"
    )
    changed = eva.ok(action, id=str(lecce.uuid), title="Città di Lecce", name="comune-di-lecce")

    assert (changed["title"], changed["description"], changed["site"]) == (
        "Città di Lecce",
        "Capoluogo",
        "https://x.it",
    )
    assert changed["extras"] == [{"key": "a", "value": "1"}] and len(changed["users"]) == 1


def test_users_given_replace_the_people_of_a_body_and_a_body_always_keeps_a_referente(
    carla, eva, eva_account, ada_account, lecce
):
    ada_name, eva_name = f"user-{ada_account.pk}", f"user-{eva_account.pk}"

    carla.ok("organization_patch", id="comune-di-lecce", users=[{"name": ada_name, "capacity": "admin"}])
    assert [row.user for row in Membership.objects.current().filter(agent=lecce)] == [ada_account]

    status, error = carla.error("organization_patch", id="comune-di-lecce", users=[])
    assert status == 409 and "referente" in error["message"][0]
    carla.ok(
        "organization_patch", id="comune-di-lecce", users=[{"name": ada_name, "capacity": "admin"}, {"name": eva_name}]
    )
    assert {row.user: row.role for row in Membership.objects.current().filter(agent=lecce)} == {
        ada_account: "referente",
        eva_account: "redattore",
    }


def test_deleting_ends_a_body_and_a_second_time_changes_nothing(carla, public):
    for _time in range(2):
        assert carla.ok("organization_delete", id="comune-di-lecce") is None

    assert Agent.objects.get(ipa_code="c_e506").status == Agent.Status.ENDED
    assert carla.ok("package_show", id="c_e506-alberi")["organization"]["state"] == "deleted"


def test_purging_forgets_only_what_has_no_data(diego, public, bari):
    assert diego.ok("organization_purge", id="comune-di-bari") is None
    status, error = diego.error("organization_purge", id="comune-di-lecce")

    assert not Agent.objects.filter(ipa_code="c_a662").exists()
    assert status == 409 and "dataset" in error["id"][0]


@pytest.mark.parametrize(
    ("action", "data", "who", "may"),
    [
        *allowed_to("organization_create", NEW, "carla", "diego"),
        *allowed_to("organization_update", {"id": "comune-di-lecce", "title": "Lecce"}, "eva", "carla", "diego"),
        *allowed_to("organization_patch", {"id": "comune-di-lecce", "title": "Lecce"}, "eva", "carla", "diego"),
        *allowed_to("organization_delete", {"id": "comune-di-lecce"}, "carla", "diego"),
        *allowed_to("organization_purge", {"id": "vuoto"}, "diego"),
    ],
)
def test_who_may_write_is_who_may_on_the_pages(everybody, action, data, who, may):
    Agent.objects.create(ipa_code="x_vuoto", slug="vuoto", name="Vuoto")
    answer = everybody[who].post(action, **data)

    assert answer.status_code == (200 if may else 403), answer.content
    if who == "nobody":
        check(everybody[who], action, data, anonymous(action))


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("nobody", "organization_list", {"limit": -1}, wrong(limit=["Must be a natural number"])),
        ("nobody", "organization_list", {"limit": "x"}, wrong(limit=["Invalid integer"])),
        ("nobody", "organization_list", {"sort": "colour"}, wrong(message="Cannot sort by field `colour`")),
        (
            "nobody",
            "organization_list",
            {"sort": "name sideways"},
            wrong(message="Cannot sort by field `name sideways`"),
        ),
        ("nobody", "organization_list", {"organizations": [1]}, wrong(organizations=["Not a list of strings"])),
        ("nobody", "organization_show", {}, missing("id")),
        ("nobody", "organization_show", {"id": "nope"}, not_found("Organization was not found.")),
        ("nobody", "organization_show", {"id": ["a"]}, wrong(id=["Must be a Unicode string value"])),
        ("carla", "organization_create", {}, missing("name")),
        (
            "carla",
            "organization_create",
            {"name": "A b"},
            wrong(name=["Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"]),
        ),
        ("carla", "organization_create", {"name": "a"}, wrong(name=["Must be at least 2 characters long"])),
        (
            "carla",
            "organization_create",
            {"name": "a" * 101},
            wrong(name=["Name must be a maximum of 100 characters long"]),
        ),
        ("carla", "organization_create", {"name": "new"}, wrong(name=["That name cannot be used"])),
        (
            "carla",
            "organization_create",
            {"name": "comune-di-lecce", "identifier": "x_y"},
            wrong(name=["Group name already exists in database"]),
        ),
        (
            "carla",
            "organization_create",
            {"name": "altro", "identifier": "C_E506"},
            wrong(identifier=['There is a body with the code "c_e506" already']),
        ),
        (
            "carla",
            "organization_create",
            {"name": "altro", "identifier": "due parole"},
            wrong(identifier=['"due parole" is not an IPA code']),
        ),
        (
            "carla",
            "organization_create",
            {**NEW, "extras": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]},
            wrong(extras_validation=['Duplicate key "a"']),
        ),
        (
            "carla",
            "organization_create",
            {**NEW, "extras": [{"value": "1"}]},
            wrong(extras=[{"key": ["Missing value"]}]),
        ),
        (
            "carla",
            "organization_create",
            {**NEW, "title": "x" * 301},
            wrong(title=["Must be at most 300 characters long"]),
        ),
        (
            "carla",
            "organization_create",
            {**NEW, "site": "javascript:alert(1)"},
            wrong(site=["javascript:alert(1) is not valid"]),
        ),
        ("carla", "organization_create", {**NEW, "email": "nope"}, wrong(email=["nope is not valid"])),
        (
            "carla",
            "organization_create",
            {**NEW, "image_url": "javascript:x"},
            wrong(image_url=["Must be an address that begins with http:// or https://"]),
        ),
        (
            "carla",
            "organization_create",
            {**NEW, "users": [{"name": "nope"}]},
            wrong(users=[{"name": ["Not found: User"]}]),
        ),
        ("diego", "organization_create", {**NEW, "id": "nope"}, wrong(id=["Invalid id: it must be a UUID"])),
        ("carla", "organization_update", {}, missing("id")),
        ("carla", "organization_update", {"id": "nope"}, not_found("Organization was not found.")),
        (
            "carla",
            "organization_update",
            {"id": "comune-di-lecce", "name": "lecce"},
            wrong(name=["The name of an organization is its permanent address: it cannot be changed"]),
        ),
        ("carla", "organization_delete", {}, missing("id")),
        ("carla", "organization_delete", {"id": "nope"}, not_found("Organization was not found.")),
        ("diego", "organization_purge", {"id": "nope"}, not_found("Organization was not found.")),
        (
            "ada",
            "organization_list_for_user",
            {"id": "user-0"},
            denied("User user-{ada} not authorized to read the organizations of user-0"),
        ),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, ada_account, who, action, data, expected):
    if "message" in expected[1]:
        expected[1]["message"] = expected[1]["message"].replace("{ada}", str(ada_account.pk))
    check(everybody[who], action, data, expected)


def test_a_key_for_drafts_or_for_another_body_changes_no_body(client, eva_account, lecce, bari):
    for limits in ({"scope": "drafts"}, {"ipa_code": "c_a662"}):
        key = Ckan(client, key_of(eva_account, **limits))
        assert key.error("organization_patch", id="comune-di-lecce", title="x")[0] == 403


def test_a_picture_is_given_by_its_address_only(eva):
    answer = eva.send("organization_patch", id="comune-di-lecce", image_upload=SimpleUploadedFile("a.png", b"x"))
    kept = eva.ok("organization_patch", id="comune-di-lecce", image_url="a.png", image_display_url="https://x.it/a.png")
    cleared = eva.ok("organization_patch", id="comune-di-lecce", image_url="", clear_upload=True)

    assert answer.status_code == 409 and "image_upload" in answer.json()["error"]
    assert (kept["image_url"], cleared["image_display_url"]) == ("https://x.it/a.png", "")
