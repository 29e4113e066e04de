"""Proves that options and work under way are told to who runs the portal alone, and changed by nobody from here."""

import pytest

from opentusk.ckan_directory.tests.refusals import anonymous, check, missing, not_found, wrong
from opentusk.journal.actions import enqueue

pytestmark = pytest.mark.django_db
ELSEWHERE = "The settings of the portal are read from its environment: see docs/reference/settings.md"
WORKER = "The worker does its work by itself: nothing is cancelled from here"
NO_STATUS = "The state of uploads and tables is on the desk: none is kept for programs"
FIXED = "Terms are translated by the controlled vocabularies, which are fixed"
NO_OPTION = "Configuration option 'secret_key' can not be shown"


def test_options_are_few_and_none_is_a_secret(diego):
    names = diego.ok("config_option_list")

    assert "ckan.site_title" in names
    assert diego.ok("config_option_show", key="ckan.site_url") == "http://localhost:8000"
    assert [diego.ok("config_option_show", key=name) for name in names] and "secret" not in str(names)


def test_the_work_that_waits_is_listed(diego):
    enqueue("opentusk.search.actions.rebuild_index", person="ada@example.org")
    (job,) = diego.ok("job_list")

    assert (job["title"], job["queue"]) == ("rebuild_index", "default") and "@" not in str(job)
    assert diego.ok("job_show", id=job["id"]) == job and diego.ok("job_list", ids_only=True) == [job["id"]]
    check(diego, "job_cancel", {"id": job["id"]}, wrong(id=[WORKER]))


def test_the_vocabularies_translate(nobody):
    found = nobody.ok("term_translation_show", terms=["Ambiente", "nessuno"], lang_codes=["en"])

    assert found == [{"term": "Ambiente", "term_translation": "Environment", "lang_code": "en"}]
    assert len(nobody.ok("term_translation_show", terms="Ambiente")) == 2


ADMIN_ONLY = (
    "config_option_list", "config_option_show", "config_option_update", "job_list", "job_show", "job_cancel",
    "job_clear", "task_status_update", "task_status_update_many", "task_status_delete", "term_translation_update",
    "term_translation_update_many", "get_site_user",
)  # fmt: skip


@pytest.mark.parametrize("action", ADMIN_ONLY)
def test_they_are_for_who_runs_the_portal(everybody, action):
    for who in ("bruno", "ada", "eva", "carla"):
        assert everybody[who].error(action)[0] == 403
    check(everybody["nobody"], action, {}, anonymous(action))
    assert everybody["diego"].post(action).status_code in {200, 404, 409}


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("diego", "config_option_show", {}, missing("key")),
        ("diego", "config_option_show", {"key": "secret_key"}, wrong(key=[NO_OPTION])),
        ("diego", "config_option_update", {"ckan.site_title": "x"}, wrong(message=ELSEWHERE)),
        ("diego", "job_list", {"limit": "x"}, wrong(limit=["Invalid integer"])),
        ("diego", "job_show", {}, missing("id")),
        ("diego", "job_show", {"id": "nope"}, not_found("Job was not found.")),
        ("diego", "job_cancel", {"id": "nope"}, not_found("Job was not found.")),
        ("diego", "job_clear", {}, wrong(queues=[WORKER])),
        ("nobody", "task_status_show", {}, missing("id")),
        ("nobody", "task_status_show", {"entity_id": "x"}, missing("task_type")),
        ("nobody", "task_status_show", {"id": "x"}, not_found("No task status is kept here.")),
        ("diego", "task_status_update", {"id": "x"}, wrong(message=NO_STATUS)),
        ("diego", "task_status_update_many", {}, wrong(message=NO_STATUS)),
        ("diego", "task_status_delete", {"id": "x"}, wrong(message=NO_STATUS)),
        ("nobody", "term_translation_show", {}, missing("terms")),
        ("diego", "term_translation_update", {}, wrong(message=FIXED)),
        ("diego", "term_translation_update_many", {}, wrong(message=FIXED)),
        ("diego", "get_site_user", {}, not_found("The portal has no account of its own.")),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, who, action, data, expected):
    check(everybody[who], action, data, expected)


def test_every_action_of_the_room_says_what_it_does(nobody):
    from opentusk.ckan_directory.api import ACTIONS

    for name in ACTIONS:
        assert len(nobody.ok("help_show", name=name)) > 25
    check(nobody, "help_show", {"name": "nope"}, not_found("Action name not found."))
