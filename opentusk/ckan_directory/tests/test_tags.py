"""Proves that keywords in use are CKAN's tags, that drafts give none away, and that vocabularies are fixed."""

import pytest

from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.tests.records import trees
from opentusk.ckan.naming import tag_id
from opentusk.ckan_directory.actions import rebuild_tags, tag_datasets
from opentusk.ckan_directory.models import Tag
from opentusk.ckan_directory.tests.refusals import anonymous, check, missing, not_found, wrong
from opentusk.journal.actors import SYSTEM
from opentusk.kit.vocabularies import FREQUENCIES

pytestmark = pytest.mark.django_db
FIXED = "Vocabularies are the controlled lists of DCAT-AP_IT: they cannot be changed here"
WORDS = {"it": ("alberi", "Verde pubblico"), "en": ("trees",)}


@pytest.fixture
def tagged(lecce):
    seen = publish(create_draft(trees(keyword=WORDS), holder=lecce, by=SYSTEM), by=SYSTEM)
    hidden = create_draft(trees("c_e506:b", keyword={"it": ("segreto",)}), holder=lecce, by=SYSTEM)
    tag_datasets([seen.pk, hidden.pk])
    return seen


def test_the_tags_are_the_keywords_of_public_datasets_whatever_their_language(nobody, eva, tagged):
    for client in (nobody, eva):
        assert client.ok("tag_list") == ["alberi", "trees", "Verde pubblico"]
    assert nobody.ok("tag_list", query="VERDE") == ["Verde pubblico"]
    assert nobody.ok("tag_list", query="verde", all_fields=True) == [
        {"id": tag_id("Verde pubblico"), "name": "Verde pubblico", "display_name": "Verde pubblico",
         "state": "active", "vocabulary_id": None},
    ]  # fmt: skip


def test_a_tag_is_the_one_of_the_package_and_leads_back_to_it(nobody, tagged):
    tag = nobody.ok("package_show", id=tagged.slug)["tags"][0]

    for ref in (tag["id"], tag["name"]):
        assert nobody.ok("tag_show", id=ref) == tag
    shown = nobody.ok("tag_show", id=tag["id"], include_datasets=True)
    assert [package["name"] for package in shown["packages"]] == [tagged.slug]


def test_the_tags_of_what_is_withdrawn_are_gone_and_all_can_be_made_anew(nobody, tagged):
    withdraw(tagged, by=SYSTEM, reason="doppio")
    tag_datasets([tagged.pk])

    assert not Tag.objects.exists() and rebuild_tags() == 0
    check(nobody, "tag_show", {"id": "alberi"}, not_found("Tag was not found."))


def test_tags_are_searched_and_completed(nobody, tagged):
    found = nobody.ok("tag_search", query="e", limit=1)

    assert (found["count"], [tag["name"] for tag in found["results"]]) == (3, ["alberi"])
    assert nobody.get("tag_autocomplete", q="ver").json()["result"] == ["Verde pubblico"]
    assert nobody.ok("tag_autocomplete") == []


def test_the_vocabularies_are_the_controlled_lists(nobody):
    names = [vocabulary["name"] for vocabulary in nobody.ok("vocabulary_list")]
    shown = nobody.ok("vocabulary_show", id="frequency")

    assert {"data-theme", "file-type", "frequency", "licence"} <= set(names)
    assert nobody.ok("vocabulary_show", id=shown["id"]) == shown
    assert nobody.ok("tag_list", vocabulary_id="frequency") == sorted(term.code for term in FREQUENCIES.terms)
    assert nobody.ok("tag_show", id="ANNUAL", vocabulary_id=shown["id"])["display_name"] == "annuale"
    assert nobody.ok("tag_search", query="ANNUAL", vocabulary_id="frequency")["count"] >= 2
    assert "ANNUAL" in nobody.ok("tag_autocomplete", query="annual", vocabulary_id="frequency")


REFUSED = (
    ("tag_create", {"name": "nuovo", "vocabulary_id": "frequency"}, {"vocabulary_id": [FIXED]}),
    ("tag_delete", {"id": "ANNUAL", "vocabulary_id": "frequency"}, {"vocabulary_id": [FIXED]}),
    ("vocabulary_create", {"name": "nuovo"}, {"name": [FIXED]}),
    ("vocabulary_create", {"name": "frequency"}, {"name": ["That vocabulary name is already in use."]}),
    ("vocabulary_update", {"id": "frequency"}, {"id": [FIXED]}),
    ("vocabulary_delete", {"id": "frequency"}, {"id": [FIXED]}),
)


@pytest.mark.parametrize(("action", "data", "error"), REFUSED)
def test_nobody_makes_or_removes_them(everybody, action, data, error):
    statuses = {who: client.post(action, **data).status_code for who, client in everybody.items()}

    assert statuses == {"nobody": 403, "bruno": 403, "ada": 403, "eva": 403, "carla": 403, "diego": 409}
    check(everybody["nobody"], action, data, anonymous(action))
    check(everybody["diego"], action, data, wrong(**error))


@pytest.mark.parametrize(
    ("who", "action", "data", "expected"),
    [
        ("nobody", "tag_list", {"vocabulary_id": "nope"}, not_found("Vocabulary was not found.")),
        ("nobody", "tag_show", {}, missing("id")),
        ("nobody", "tag_show", {"id": "x", "vocabulary_id": "frequency"}, not_found("Tag was not found.")),
        ("nobody", "tag_search", {"query": "a", "limit": -1}, wrong(limit=["Must be a natural number"])),
        ("nobody", "vocabulary_show", {}, missing("id")),
        ("nobody", "vocabulary_show", {"id": "nope"}, not_found("Vocabulary was not found.")),
        ("diego", "tag_create", {"name": "x"}, missing("vocabulary_id")),
        ("diego", "tag_delete", {"id": "x", "vocabulary_id": "frequency"}, not_found("Tag was not found.")),
        ("diego", "vocabulary_create", {}, missing("name")),
        ("diego", "vocabulary_delete", {"id": "nope"}, not_found("Vocabulary was not found.")),
    ],
)
def test_refusals_have_the_words_and_the_status_of_ckan(everybody, who, action, data, expected):
    check(everybody[who], action, data, expected)
