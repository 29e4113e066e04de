"""Proves that the journal is CKAN's activity stream, and that nobody reads in it what was not public."""

import time
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opentusk.catalog.actions import change_record, create_draft, publish, withdraw
from opentusk.catalog.actions.looking import lift_signed
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import trees
from opentusk.ckan_directory import activities
from opentusk.ckan_directory.activities import TYPES
from opentusk.ckan_directory.tests.refusals import anonymous, check, denied, missing, not_found, wrong
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.notices.tests.conftest import told
from opentusk.people.actors import actor_of
from opentusk.subscriptions.actions import match_new
from opentusk.subscriptions.tests.conftest import everything_happens

pytestmark = pytest.mark.django_db
LISTS = (
    ("package_activity_list", {"id": "c_e506-alberi"}),
    ("organization_activity_list", {"id": "comune-di-lecce"}),
    ("group_activity_list", {"id": "envi"}),
    ("recently_changed_packages_activity_list", {}),
)


def retitle(dataset, title, by):
    record = replace(to_record(dataset), title={"it": title})
    return change_record(dataset, record, by=by, expected=dataset.checksum)


@pytest.fixture
def story(lecce, ada_account):
    """Begun with a secret title, published, changed; and a draft that stays one."""
    ada = actor_of(ada_account)
    dataset = create_draft(trees(title={"it": "TitoloSegreto"}), holder=lecce, by=ada)
    dataset = retitle(dataset, "Alberi", ada)
    lift_signed(dataset, by=ada, reason="prova")
    dataset = publish(dataset, by=SYSTEM)
    create_draft(trees("c_e506:b", title={"it": "TitoloSegreto due"}), holder=lecce, by=ada)
    return retitle(dataset, "Alberi e siepi", ada)


def kinds(rows):
    return [row["activity_type"] for row in rows]


@pytest.mark.parametrize(("action", "data"), LISTS)
def test_everybody_reads_what_was_public_and_nothing_else(everybody, story, action, data):
    for who in ("nobody", "bruno"):
        rows = everybody[who].ok(action, **data)
        packages = [row for row in rows if "package" in row["activity_type"]]
        assert kinds(packages) == ["changed package", "new package"]
        assert {row["object_id"] for row in packages} == {str(story.uuid)}
        assert all(row["user_id"] is None for row in rows)
        assert "Segreto" not in str(rows) and "@" not in str(rows)
        for row in packages:
            assert "Segreto" not in everybody[who].get("activity_show", id=row["id"]).content.decode()


@pytest.mark.parametrize(("action", "data"), LISTS)
def test_the_people_of_a_body_read_its_drafts_too(ada, story, ada_account, action, data):
    rows = [row for row in ada.ok(action, **data) if row["object_id"] == str(story.uuid)]

    assert kinds(rows) == ["changed package", "changed package", "changed package", "new package"]
    assert rows[-1]["user_id"] == ada.ok("user_show")["id"] and rows[1]["user_id"] is None


def test_an_item_has_the_keys_of_ckan(nobody, story):
    row = nobody.get("package_activity_list", id=story.slug).json()["result"][0]

    assert set(row) == {"id", "timestamp", "user_id", "object_id", "activity_type", "data"}
    assert row["data"]["package"] == {"id": str(story.uuid), "name": story.slug, "title": "Alberi e siepi"}
    assert len(row["timestamp"]) == 26 and "+" not in row["timestamp"]


def test_the_package_of_an_activity_is_the_one_of_that_time(nobody, ada, story):
    last, first = nobody.ok("package_activity_list", id=story.slug)

    titles = [nobody.ok("activity_show", id=row["id"])["data"]["package"]["title"] for row in (first, last)]
    assert titles == ["Alberi", "Alberi e siepi"]
    assert nobody.ok("activity_data_show", id=first["id"], object_type="package")["title"] == "Alberi"
    assert nobody.ok("activity_show", id=first["id"], include_data=False)["data"]["package"].keys() == {
        "id", "name", "title",
    }  # fmt: skip
    begun = ada.ok("package_activity_list", id=story.slug)[-1]
    assert ada.ok("activity_data_show", id=begun["id"])["title"] == "TitoloSegreto"


@pytest.mark.parametrize("kind", ["unified", "context", "html"])
def test_two_activities_are_compared_line_by_line(nobody, story, kind):
    last, _first = nobody.ok("package_activity_list", id=story.slug)

    found = nobody.ok("activity_diff", id=last["id"], object_type="package", diff_type=kind)

    assert "Alberi e siepi" in found["diff"] and ("<pre>" in found["diff"]) == (kind == "html")
    assert [row["id"] for row in found["activities"]] == [_first["id"], last["id"]]


def test_the_journal_is_read_only_as_far_as_an_answer_may_cost(nobody, story, monkeypatch):
    listed = "package_activity_list"
    last, _first = nobody.ok(listed, id=story.slug)

    with CaptureQueriesContext(connection) as asked:
        assert nobody.ok(listed, id=story.slug, activity_types=["deleted package"]) == []
    journal = [query["sql"] for query in asked if "journal_entry" in query["sql"]]
    assert journal and all("catalog.dataset_withdrawn" in sql for sql in journal)
    monkeypatch.setattr(activities, "MOST_READ", 1)
    monkeypatch.setattr(activities, "_CHUNK", 1)
    assert nobody.ok(listed, id=story.slug) == [last]


def test_the_part_that_is_asked(nobody, story):
    listed = "package_activity_list"
    last, first = nobody.ok(listed, id=story.slug)

    assert nobody.ok(listed, id=story.slug, limit=1) == [last]
    assert nobody.ok(listed, id=story.slug, offset=1) == [first]
    assert nobody.ok(listed, id=story.slug, offset=1_000) == []
    assert nobody.ok(listed, id=story.slug, activity_types=["new package"]) == [first]
    assert nobody.ok(listed, id=story.slug, exclude_activity_types=["new package"]) == [last]
    assert nobody.ok(listed, id=story.slug, after=time.time()) == []
    assert nobody.ok(listed, id=story.slug, before=str(time.time())) == [last, first]


def test_a_long_journal_is_read_in_pieces(nobody, story, django_assert_max_num_queries):
    entry = Entry.objects.filter(event="catalog.dataset_created").first()
    Entry.objects.bulk_create(
        Entry(event=entry.event, actor="system", actor_label="", subject=entry.subject) for _n in range(450)
    )

    with django_assert_max_num_queries(30):
        assert len(nobody.ok("recently_changed_packages_activity_list")) == 2


def test_of_what_is_withdrawn_only_that_is_told(nobody, story):
    withdraw(story, by=SYSTEM, reason="doppio")

    assert kinds(nobody.ok("recently_changed_packages_activity_list")) == ["deleted package"]
    assert nobody.post("package_activity_list", id=story.slug).status_code == 403


def test_an_organization_tells_of_itself_too(nobody, lecce):
    rows = nobody.ok("organization_activity_list", id="comune-di-lecce")

    assert kinds(rows) == ["new organization"]
    assert nobody.ok("activity_data_show", id=rows[0]["id"], object_type="group")["name"] == "comune-di-lecce"
    check(nobody, "activity_data_show", {"id": rows[0]["id"], "object_type": "package"},
          not_found("Could not find that object in this activity."))  # fmt: skip


def test_what_a_person_did_is_for_themselves_colleagues_and_the_desk(everybody, story, ada_account):
    data = {"id": f"user-{ada_account.pk}"}

    for who in ("ada", "eva", "carla", "diego"):
        assert len(everybody[who].ok("user_activity_list", **data)) == 4
    name = everybody["bruno"].ok("user_show")["name"]
    refusal = denied(f"User {name} not authorized to read what user-{ada_account.pk} did")
    check(everybody["bruno"], "user_activity_list", data, refusal)


def test_the_dashboard_tells_what_one_follows_until_it_is_marked_as_read(bruno, story, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    told()
    match_new()
    bruno.ok("follow_dataset", id=story.slug)
    bruno.ok("follow_group", id="tran")
    assert bruno.ok("dashboard_new_activities_count") == 0

    retitle(story, "Alberi monumentali", SYSTEM)
    everything_happens()

    rows = bruno.ok("dashboard_activity_list")
    assert kinds(rows) == ["changed package", "changed package", "new package"]
    assert [row["is_new"] for row in rows] == [True, False, False]
    assert bruno.ok("dashboard_new_activities_count") == 1
    assert bruno.ok("dashboard_mark_activities_old") is None
    assert bruno.ok("dashboard_new_activities_count") == 0


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("nobody", "package_activity_list", {}, missing("id")),
        ("nobody", "package_activity_list", {"id": "nope"}, not_found()),
        ("nobody", "organization_activity_list", {"id": "nope"}, not_found("Organization was not found.")),
        ("nobody", "group_activity_list", {"id": "nope"}, not_found("Group was not found.")),
        ("nobody", "user_activity_list", {"id": "x"}, anonymous("user_activity_list")),
        ("ada", "user_activity_list", {"id": "nope"}, not_found("User was not found.")),
        ("nobody", "recently_changed_packages_activity_list", {"limit": "x"}, wrong(limit=["Invalid integer"])),
        (
            "nobody",
            "recently_changed_packages_activity_list",
            {"after": "ieri"},
            wrong(after=["Invalid timestamp: seconds since 1970"]),
        ),
        (
            "nobody",
            "recently_changed_packages_activity_list",
            {"activity_types": ["a"], "exclude_activity_types": ["b"]},
            wrong(activity_types=["Cannot be used together with `exclude_activity_types`"]),
        ),
        (
            "nobody",
            "recently_changed_packages_activity_list",
            {"activity_types": ["changed dashboard"]},
            wrong(activity_types=[f"Must be of: {', '.join(sorted(TYPES))}"]),
        ),
        (
            "nobody",
            "recently_changed_packages_activity_list",
            {"offset": 1_001},
            wrong(offset=["At most 1000: go on with `before`"]),
        ),
        ("nobody", "dashboard_activity_list", {}, anonymous("dashboard_activity_list")),
        ("nobody", "dashboard_new_activities_count", {}, anonymous("dashboard_new_activities_count")),
        ("nobody", "dashboard_mark_activities_old", {}, anonymous("dashboard_mark_activities_old")),
        ("nobody", "activity_show", {}, missing("id")),
        ("nobody", "activity_show", {"id": "nope"}, not_found("Activity was not found.")),
        (
            "nobody",
            "activity_show",
            {"id": "11111111-1111-4111-8111-111111111111"},
            not_found("Activity was not found."),
        ),
        ("nobody", "activity_diff", {"id": "x"}, missing("object_type")),
        (
            "nobody",
            "activity_diff",
            {"id": "x", "object_type": "user"},
            wrong(object_type=["Only packages can be compared"]),
        ),
        (
            "nobody",
            "activity_diff",
            {"id": "x", "object_type": "package", "diff_type": "x"},
            wrong(diff_type=["Must be one of: unified, context, html"]),
        ),
        (
            "nobody",
            "activity_data_show",
            {"id": "x"},
            not_found("Activity was not found."),
        ),
        ("nobody", "activity_create", {}, anonymous("activity_create")),
        ("diego", "activity_create", {}, missing("user_id")),
        (
            "diego",
            "activity_create",
            {"user_id": "x", "object_id": "x", "activity_type": "x"},
            wrong(message="The journal is written by what happens, never by hand"),
        ),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, who, action, data, expected):
    check(everybody[who], action, data, expected)


def test_the_first_activity_has_nothing_to_be_compared_with(nobody, story):
    first = nobody.ok("package_activity_list", id=story.slug)[-1]

    nothing = not_found("Previous activity for this object not found")
    check(nobody, "activity_diff", {"id": first["id"], "object_type": "package"}, nothing)


def test_an_activity_of_a_draft_is_found_by_its_own_people_only(everybody, story):
    entry = Entry.objects.filter(event="catalog.dataset_created").last()

    statuses = {who: client.post("activity_show", id=str(entry.id)).status_code for who, client in everybody.items()}

    assert statuses == {"nobody": 404, "bruno": 404, "ada": 200, "eva": 200, "carla": 200, "diego": 200}
