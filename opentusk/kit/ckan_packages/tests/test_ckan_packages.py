"""Proves what a client's package means beside the one it was shown, how its words are kept, and `package_revise`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.ckan_packages.checking import check_name, check_package
from opentusk.kit.ckan_packages.echo import echo_extras, echo_said, keep_extras, keep_said
from opentusk.kit.ckan_packages.intent import package_meant, resource_meant
from opentusk.kit.ckan_packages.revising import CannotRevise, mismatches, pick, read_instructions, revise

RAW = {
    "title": "Alberi",
    "title_translated": {"it": "Alberi", "en": "Trees"},
    "theme": '["http://a/ENVI"]',
    "themes_aggregate": '[{"theme": "ENVI"}]',
    "frequency": "ANNUAL",
    "license_id": "CC_BY_4_0",
    "license_url": "http://cc/by",
    "tags_translated": {"it": ["alberi"], "en": ["trees"]},
}
SHOWN = {
    **RAW,
    "license_id": "cc-by",
    "groups": [{"name": "envi"}],
    "tags": [{"name": "alberi"}, {"name": "trees"}],
    "extras": [{"key": "frequency", "value": "annuale"}, {"key": "zona", "value": "centro"}],
}


def meant(**changes):
    return package_meant({**SHOWN, **changes}, SHOWN, RAW)[0]


def test_what_comes_back_as_it_was_shown_means_what_the_record_says():
    said, from_extras = package_meant(SHOWN, SHOWN, RAW)

    assert said == {**RAW, "zona": "centro"} and from_extras == {"zona"}


@pytest.mark.parametrize(
    ("changes", "expected", "gone"),
    [
        ({"title": "Nuovo"}, {"title_translated": {"it": "Nuovo", "en": "Trees"}}, ()),
        ({"license_id": "cc-zero"}, {"license_id": "cc-zero"}, ("license_url",)),
        ({"groups": [{"name": "agri"}]}, {"theme": ["agri"]}, ("themes_aggregate",)),
        ({"groups": []}, {"theme": []}, ("themes_aggregate",)),
        ({"theme": "AGRI"}, {"theme": "AGRI"}, ("themes_aggregate",)),
        ({"tags": [{"name": "trees"}, {"name": "verde"}]}, {"tags_translated": {"en": ["trees"], "it": ["verde"]}}, ()),
        ({"extras": [{"key": "frequency", "value": "MONTHLY"}]}, {"frequency": "MONTHLY"}, ("zona",)),
        ({"frequency": "DAILY"}, {"frequency": "DAILY"}, ()),
    ],
)
def test_of_two_spellings_the_changed_one_counts(changes, expected, gone):
    found = meant(**changes)

    assert {key: found[key] for key in expected} == expected
    assert not set(gone) & found.keys()


def test_a_plain_client_keeps_what_it_does_not_know_and_clears_the_extras_it_gave():
    plain = {"title": "Alberi", "extras": []}

    assert package_meant(plain, SHOWN, RAW)[0]["frequency"] == "ANNUAL"
    assert "frequency" not in package_meant(plain, SHOWN, RAW, ["frequency"])[0]


def test_an_address_that_changed_is_the_only_one_of_a_resource():
    raw = {"url": "a", "access_url": "a", "download_url": ["a"], "format": "CSV", "distribution_format": "CSV"}

    assert resource_meant({**raw, "url": "b"}, raw, raw) == {"url": "b", "format": "CSV", "distribution_format": "CSV"}
    assert "distribution_format" not in resource_meant({**raw, "format": "XLS"}, raw, raw)
    assert resource_meant({"url": "a", "url_type": "upload"}, {}, {})["url_type"] == "upload"


_texts = st.dictionaries(st.sampled_from("abcd"), st.text(max_size=3), max_size=4)


@given(given_now=_texts, after=_texts)
def test_a_clients_words_are_shown_until_the_record_says_something_else(given_now, after):
    said = keep_said(given_now, {}, before={}, after=after, held=(), without=())

    shown = echo_said(after, said)
    assert {key: shown.get(key) for key, value in given_now.items() if value} == {
        key: value for key, value in given_now.items() if value
    }
    changed = {key: f"{value}!" for key, value in after.items()}
    assert {key: value for key, value in echo_said(changed, said).items() if key in after} == changed
    assert keep_said(shown, shown, before=after, after=after, held=said, without=()) == said


@given(values=_texts, after=_texts)
def test_extras_are_shown_as_they_came_and_in_their_order(values, after):
    package = {"extras": [{"key": key, "value": value} for key, value in values.items()]}

    kept = keep_extras(package, {}, before={}, after=after)

    assert echo_extras(after, kept) == [extra for extra in package["extras"] if extra["value"]]
    assert [extra["key"] for extra in echo_extras({}, kept)] == [key for key, _value, was in kept if was is None]


def test_names_are_checked_as_ckan_does():
    assert check_name("alberi_2026-a") == []
    assert [check_name(name)[0][:12] for name in (None, 7, "x", "edit", "È vero")] == [
        "Missing valu", "Names must b", "Must be at l", "That name ca", "Must be pure",
    ]  # fmt: skip
    assert set(check_package({"name": "alberi", "extras": 1, "tags": 1, "resources": [1], "title": []})) == {
        "extras", "tags", "resources", "title",
    }  # fmt: skip


PACKAGE = {
    "id": "p",
    "title": "Alberi",
    "resources": [{"id": "1492a-x", "name": "uno"}, {"id": "2bbbb-y", "name": "due"}],
    "extras": [{"key": "zona_centro", "value": "a"}],
}


@pytest.mark.parametrize(
    ("filters", "updates", "path", "expected"),
    [
        ([], [("title", "B")], ("title",), "B"),
        ([], [("resources__0__name", "B")], ("resources", 0, "name"), "B"),
        ([], [("resources__-1__name", "B")], ("resources", 1, "name"), "B"),
        ([], [("resources__1492a__name", "B")], ("resources", 0, "name"), "B"),
        ([], [("extras__zona_c", {"value": "b"})], ("extras", 0, "value"), "b"),
        ([], [("resources__extend", [{"id": "n"}])], ("resources", 2, "id"), "n"),
        ([], [("nuova__chiave", 1)], ("nuova", "chiave"), 1),
        (["-resources__0"], [], ("resources", 0, "name"), "due"),
        (["-resources__*"], [], ("resources",), []),
        (["-resources__*__name"], [], ("resources", 0), {"id": "1492a-x"}),
        (["+title", "-*"], [], (), {"title": "Alberi"}),
    ],
)
def test_a_package_is_revised_by_paths(filters, updates, path, expected):
    found = revise(PACKAGE, filters, updates)
    for step in path:
        found = found[step]

    assert found == expected


@pytest.mark.parametrize(
    ("filters", "updates"),
    [(["title"], []), ([], [("resources__9__name", 1)]), ([], [("title__a", 1)]), ([], [("resources__x__name", 1)])],
)
def test_a_path_that_leads_nowhere_is_refused(filters, updates):
    with pytest.raises(CannotRevise):
        revise(PACKAGE, filters, updates)


def test_instructions_come_as_objects_as_json_and_as_paths():
    match, filters, updates, include = read_instructions(
        {"match": '{"id": "p"}', "match__title": "Alberi", "filter": '["-extras"]', "update": {"a": 1},
         "update__b__c": '[1, 2]', "include": "title,id"}
    )  # fmt: skip

    assert (match, filters) == ({"id": "p", "title": "Alberi"}, ["-extras"])
    assert (updates, include) == ([("a", 1), ("b__c", [1, 2])], ["title", "id"])
    assert mismatches(PACKAGE, match) == []
    assert mismatches(PACKAGE, {"title": "B", "resources__0": {"name": "uno"}, "no__way": 1}) == ["title", "no__way"]
    assert pick(PACKAGE, include) == {"title": "Alberi", "id": "p"} and pick(PACKAGE, []) == PACKAGE
    with pytest.raises(CannotRevise):
        read_instructions({"match": "[]"})
