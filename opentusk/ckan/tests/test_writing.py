"""Proves what CKAN's clients write: created, replaced, patched, deleted, and shown again as it came."""

from dataclasses import replace

import pytest

from opentusk.catalog.actions import change_record, lift_hold
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import to_record
from opentusk.ckan import actions
from opentusk.ckan.api import packages
from opentusk.ckan.describing import Known
from opentusk.ckan.finding import package_to_change
from opentusk.ckan.tasks import follow
from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.editorial.questions import QUESTIONS
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit.mapping.ckan_write import write_package
from opentusk.people.models import ApiToken
from opentusk.people.tokens import revoke_token

pytestmark = pytest.mark.django_db

ANSWERS = {one.code: {"answer": one.usual, "note": ""} for one in QUESTIONS}
# A package of plain CKAN, as scripts of the field write it.
PLAIN = {
    "name": "alberi-monumentali",
    "title": "Alberi monumentali",
    "notes": "Posizione e specie degli alberi monumentali, una riga per albero, dal censimento del 2026.",
    "owner_org": "comune-di-lecce",
    "author": "Settore ambiente",
    "author_email": "ambiente@example.org",
    "maintainer": "Ufficio verde",
    "maintainer_email": "verde@example.org",
    "license_id": "cc-by",
    "url": "https://dati.example.org/alberi",
    "version": "1.2",
    "tags": [{"name": "verde pubblico"}, {"name": "alberi"}],
    "groups": [{"name": "envi"}],
    "extras": [{"key": "zona", "value": "centro"}, {"key": "anno", "value": "2026"}],
    "resources": [
        {
            "name": "Alberi, CSV",
            "url": "https://dati.example.org/alberi.csv",
            "format": "csv",
            "description": "Una riga per albero.",
            "custom": "valore",
            "size": "1024",
        }
    ],
}
# What DCAT-AP_IT asks for beyond plain CKAN, as ckanext-dcat and ckanext-dcatapit spell it in extras.
EXTENDED = [
    {"key": "frequency", "value": "ANNUAL"},
    {"key": "modified", "value": "2026-05-31"},
    {"key": "geographical_name", "value": "{ITA_LCE}"},
]
AGRI = '["http://publications.europa.eu/resource/authority/data-theme/AGRI"]'
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
FULL = PLAIN | {"extras": [*PLAIN["extras"], *EXTENDED]}


@pytest.fixture
def declared(ada, ada_account):
    """Ada has signed once for everything her key writes."""
    actions.sign_standing_declaration(ada_account.tokens.get(), ANSWERS, by=SYSTEM)
    return ada


def shown_again(package, *keys):
    return {key: package[key] for key in keys}


def test_a_plain_package_is_kept_whole_and_says_what_is_missing(ada, lecce):
    made = ada.ok("package_create", **PLAIN)

    same = ("name", "title", "notes", "author", "author_email", "maintainer", "maintainer_email", "license_id", "url",
            "version", "extras")  # fmt: skip
    assert shown_again(made, *same) == shown_again(PLAIN, *same)
    assert [tag["name"] for tag in made["tags"]] == ["alberi", "verde pubblico"]
    assert [group["name"] for group in made["groups"]] == ["envi"]
    resource = made["resources"][0]
    assert shown_again(resource, "name", "url", "format", "description", "custom") == shown_again(
        PLAIN["resources"][0], "name", "url", "format", "description", "custom"
    )
    assert (made["state"], made["private"]) == ("draft", False)
    assert {problem["field"] for problem in made["opentusk"]["problems"]} >= {"frequency"}
    assert [wait["kind"] for wait in made["opentusk"]["waiting_for"]] == ["declaration"]
    assert "/profilo/chiavi" in made["opentusk"]["waiting_for"][0]["message"]
    assert ada.ok("package_show", id="alberi-monumentali") == made


def test_a_whole_package_with_a_standing_declaration_is_public_at_once(declared, nobody):
    made = declared.ok("package_create", **FULL)

    assert (made["state"], made["private"]) == ("active", False)
    assert "opentusk" not in made
    seen = nobody.ok("package_show", id="alberi-monumentali")
    assert seen["extras"] == FULL["extras"]
    assert (seen["frequency"], seen["license_id"], seen["isopen"]) == ("ANNUAL", "cc-by", True)
    dataset = Dataset.objects.get()
    assert (dataset.identifier, str(dataset.uuid)) == ("c_e506:alberi-monumentali", made["id"])
    assert str(dataset.distributions.get().uuid) == made["resources"][0]["id"]
    assert to_record(dataset).distribution[0].iri.endswith(made["resources"][0]["id"])
    assert dataset.declarations.get().signed_by.email == "ada@example.org"


def test_without_a_declaration_it_waits_and_then_is_public_by_itself(ada, nobody):
    ada.ok("package_create", **FULL)
    hold = Hold.objects.still_open().get()
    assert nobody.error("package_show", id="alberi-monumentali")[0] == 403

    lift_hold(hold, by=SYSTEM, reason="firmata")
    follow(list(Entry.objects.filter(event="catalog.hold_lifted")))

    assert nobody.ok("package_show", id="alberi-monumentali")["state"] == "active"
    assert Entry.objects.get(event="catalog.dataset_published").actor.startswith("people.user:")


def test_a_revoked_key_publishes_nothing_any_more(ada, ada_account):
    ada.ok("package_create", **FULL)
    revoke_token(ada_account.tokens.get(), by=SYSTEM)

    lift_hold(Hold.objects.still_open().get(), by=SYSTEM, reason="firmata")
    follow(list(Entry.objects.filter(event="catalog.hold_lifted")))

    assert Dataset.objects.get().status == Dataset.Status.DRAFT


def test_a_private_package_stays_its_bodys_until_it_is_wanted_public(declared, nobody):
    made = declared.ok("package_create", **FULL, private=True)

    assert (made["state"], made["private"]) == ("active", True)
    assert nobody.error("package_show", id=made["id"])[0] == 403
    follow(list(Entry.objects.all()))
    assert nobody.error("package_show", id=made["id"])[0] == 403

    public = declared.ok("package_patch", id=made["id"], private=False)

    assert (public["state"], public["private"]) == ("active", False)
    assert nobody.ok("package_show", id=made["id"])["id"] == made["id"]
    refused = declared.error("package_patch", id=made["id"], private="True")
    assert refused[0] == 409 and "package_delete" in refused[1]["private"][0]


def test_a_key_that_prepares_makes_drafts_and_never_touches_what_is_public(client, ada_account, public):
    preparing = Ckan(client, key_of(ada_account, scope=ApiToken.Scope.DRAFTS))
    actions.sign_standing_declaration(ada_account.tokens.get(), ANSWERS, by=SYSTEM)

    made = preparing.ok("package_create", **FULL)

    assert made["state"] == "draft"
    assert {wait["kind"] for wait in made["opentusk"]["waiting_for"]} == {"declaration", "key"}
    assert preparing.error("package_patch", id=str(public.uuid), title="Altro")[0] == 403


def test_what_is_shown_and_sent_back_changes_nothing(declared, nobody):
    made = declared.ok("package_create", **FULL)
    before = Dataset.objects.get()
    entries = Entry.objects.count()

    again = declared.ok("package_update", **made)

    after = Dataset.objects.get()
    assert again == made
    assert (after.checksum, after.metadata_modified_at) == (before.checksum, before.metadata_modified_at)
    assert Entry.objects.count() == entries


def test_a_record_of_the_desk_goes_through_a_client_unchanged(ada, public):
    record = replace(to_record(public), keyword={"it": ("energia d'Italia", "à/b"), "en": ("energy",)})
    public = change_record(public, record, by=SYSTEM, expected=public.checksum)
    shown = ada.ok("package_show", id=str(public.uuid))

    again = ada.ok("package_update", **shown)

    assert again == shown
    assert Dataset.objects.get(pk=public.pk).record == public.record
    tags = [*shown["tags"], {"name": "nuova"}]
    assert len(ada.ok("package_patch", id=shown["id"], tags=tags)["tags"]) == 4
    assert to_record(Dataset.objects.get(pk=public.pk)).keyword["en"] == ("energy",)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Alberi di Lecce"}, {"title": "Alberi di Lecce"}),
        ({"tags": [{"name": "alberi"}, {"name": "nuova"}]}, {"num_tags": 2}),
        ({"groups": [{"name": "agri"}]}, {"theme": AGRI}),
        ({"license_id": "cc-zero"}, {"license_id": "cc-zero", "license_url": CC0}),
        ({"extras": [{"key": "frequency", "value": "MONTHLY"}]}, {"frequency": "MONTHLY"}),
        ({"maintainer": "Altro ufficio", "maintainer_email": "altro@example.org"}, {"maintainer": "Altro ufficio"}),
        ({"author": "Un altro"}, {"author": "Un altro"}),
        ({"version": "2"}, {"version": "2"}),
        ({"url": "https://altro.example.org/"}, {"url": "https://altro.example.org/"}),
    ],
)  # fmt: skip
def test_a_changed_key_wins_over_its_other_spellings(declared, changes, expected):
    made = declared.ok("package_create", **FULL)

    changed = declared.ok("package_patch", id=made["id"], **changes)

    assert shown_again(changed, *expected) == expected
    assert changed["state"] == "active"
    assert changed["metadata_modified"] > made["metadata_modified"]
    assert [one["id"] for one in changed["resources"]] == [one["id"] for one in made["resources"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"notes": "Un'altra descrizione, che dice quello che serve a chi legge questi dati."},
        {"license_id": "cc-zero"},
        {"extras": [*EXTENDED, {"key": "zona", "value": "periferia"}]},
        {"title": "Alberi", "tags": [{"name": "alberi"}], "groups": [{"name": "agri"}]},
    ],
)
def test_resources_that_are_not_read_again_are_as_if_they_were(declared, monkeypatch, changes):
    def kept(name: str) -> tuple:
        declared.ok("package_create", **FULL | {"name": name})
        declared.ok("package_patch", id=name, **changes)
        dataset = Dataset.objects.get(slug=name)
        rows = dataset.distributions.select_related("resource")
        parts = [{**part, "iri": ""} for part in dataset.record.pop("distribution")]
        return {**dataset.record, "iri": "", "identifier": ""}, parts, [row.resource.said for row in rows]

    left = kept("alberi-uno")
    monkeypatch.setattr(Known, "leaves_resources", lambda _known, _given: False)

    again = kept("alberi-due")

    assert left[1:] == again[1:] and left[0] | {"other_identifier": []} == again[0] | {"other_identifier": []}


def test_of_two_programs_that_patch_at_once_neither_undoes_the_other(declared, monkeypatch):
    made = declared.ok("package_create", **FULL)

    def find(call, ref):
        found = package_to_change(call, ref)
        monkeypatch.setattr(packages, "package_to_change", package_to_change)
        declared.ok("package_patch", id=made["id"], title="Alberi di Lecce")
        return found

    monkeypatch.setattr(packages, "package_to_change", find)

    after = declared.ok("package_patch", id=made["id"], version="2.0")

    assert (after["title"], after["version"]) == ("Alberi di Lecce", "2.0")


def test_an_update_clears_what_it_does_not_say_and_keeps_the_resources(declared):
    made = declared.ok("package_create", **FULL)
    said = {key: value for key, value in FULL.items() if key not in ("author", "version", "resources")}
    said["extras"] = EXTENDED

    changed = declared.ok("package_update", **said, id=made["id"])

    assert (changed["author"], changed["version"]) == (None, None)
    assert changed["extras"] == EXTENDED
    assert changed["resources"][0]["id"] == made["resources"][0]["id"]


def test_a_plain_client_does_not_clear_what_only_extensions_know(declared, ada_account):
    made = declared.ok("package_create", **PLAIN)
    dataset = Dataset.objects.get()
    record = to_record(dataset)
    full = replace(
        record,
        accrual_periodicity="http://publications.europa.eu/resource/authority/frequency/ANNUAL",
        modified="2026-05-31",
    )
    change_record(dataset, full, by=SYSTEM, expected=dataset.checksum)

    changed = declared.ok("package_update", **PLAIN | {"title": "Alberi"}, id=made["id"])

    assert (changed["title"], changed["frequency"], changed["state"]) == ("Alberi", "ANNUAL", "active")


def test_a_change_on_the_pages_is_shown_instead_of_the_old_spelling(declared):
    made = declared.ok("package_create", **FULL)
    assert made["license_id"] == "cc-by"
    dataset = Dataset.objects.get()
    record = to_record(dataset)
    changed = replace(record, title={"it": "Titolo della redazione"}, version_info="9")
    change_record(dataset, changed, by=SYSTEM, expected=dataset.checksum)

    shown = declared.ok("package_show", id=made["id"])

    assert (shown["title"], shown["version"], shown["license_id"]) == ("Titolo della redazione", "9", "cc-by")


def test_an_update_that_would_make_a_public_dataset_invalid_is_refused_with_the_fields(declared):
    made = declared.ok("package_create", **FULL)

    status, error = declared.error("package_patch", id=made["id"], extras=[], groups=[])

    assert status == 409 and {"theme", "frequency"} & set(error)
    assert declared.ok("package_show", id=made["id"]) == made


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"name": ""}, "name", "Missing value"),
        ({"name": "Alberi"}, "name", "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"),
        ({"name": "a"}, "name", "Must be at least 2 characters long"),
        ({"name": "a" * 101}, "name", "Name must be a maximum of 100 characters long"),
        ({"name": "new"}, "name", "That name cannot be used"),
        ({"name": "c_e506-alberi"}, "name", "That URL is already in use."),
        ({"owner_org": ""}, "owner_org", "An organization must be provided"),
        ({"owner_org": "nessuno"}, "owner_org", "Organization does not exist"),
        ({"tags": [{"name": "x"}]}, "tags", 'Tag "x" length is less than minimum 2'),
        ({"extras": [{"key": "a", "value": ""}, {"key": "a", "value": "2"}]}, "extras_validation", 'Duplicate key "a"'),
        ({"author_email": "non è"}, "author_email", "Email non è is not a valid format"),
        ({"groups": [{"name": "nope"}]}, "groups", {"id": ["Group name or ID does not exist."]}),
        ({"resources": [{"url": "https://a.example.org", "size": "x"}]}, "resources", {"size": ["Invalid integer"]}),
        ({"resources": "x"}, "resources", "Only lists of dicts can be placed against subschema"),
        ({"id": "8e1b8d2c-52d5-4b5f-8b83-3f9cf4b9b0aa"}, "id", "The input field id was not expected."),
        ({"version": "1" * 101}, "version", "Version must be a maximum of 100 characters long"),
    ],
)  # fmt: skip
def test_what_ckan_refuses_is_refused_in_its_words(ada, public, said, field, words):
    status, error = ada.error("package_create", **PLAIN | said)

    assert (status, error["__type"]) == (409, "Validation Error")
    assert error[field][0] == words


def test_a_tag_with_other_letters_is_refused_as_ckan_does(ada, lecce):
    _status, error = ada.error("package_create", **PLAIN | {"tags": [{"name": "alberi"}, {"name": "a/b"}]})

    assert len(error["tags"]) == 1 and 'Tag "a/b" can only contain alphanumeric characters' in error["tags"][0]
    plain = {key: value for key, value in PLAIN.items() if key != "tags"}
    _status, error = ada.error("package_create", **plain, tag_string="a,bb")
    assert error["tag_string"] == ['Tag "a" length is less than minimum 2']


def test_a_sysadmin_chooses_ids(diego, lecce):
    number = "8e1b8d2c-52d5-4b5f-8b83-3f9cf4b9b0aa"
    resource = "1c9b8d2c-52d5-4b5f-8b83-3f9cf4b9b0bb"

    made = diego.ok(
        "package_create",
        **PLAIN | {"id": number, "resources": [{"id": resource, "url": "https://a.example.org/x.csv"}]},
    )

    assert (made["id"], made["resources"][0]["id"]) == (number, resource)
    again = diego.error("package_create", **PLAIN | {"id": number, "name": "altri"})
    assert again[1]["id"] == ["Dataset id already exists"]
    other = diego.error("package_create", **PLAIN | {"name": "altri", "resources": [{"id": resource, "url": "x"}]})
    assert other[1]["resources"] == [{"id": ["Resource id already exists."]}]
    assert diego.error("package_create", **PLAIN | {"id": "x"})[1]["id"] == ["Invalid id provided"]


def test_a_draft_may_be_renamed_and_what_is_public_may_not(ada, declared):
    draft = ada.ok("package_create", **PLAIN)
    renamed = ada.ok("package_patch", id=draft["id"], name="altro-nome")

    assert (renamed["id"], renamed["name"]) == (draft["id"], "altro-nome")

    public = declared.ok("package_create", **FULL)
    assert "address" in declared.error("package_patch", id=public["id"], name="ancora")[1]["name"][0]


def test_deleting_withdraws_what_is_public_and_restoring_brings_it_back(declared, nobody, diego):
    made = declared.ok("package_create", **FULL)

    assert declared.ok("package_delete", id=made["id"]) is None
    assert nobody.error("package_show", id=made["id"])[0] == 403
    gone = diego.ok("package_show", id=made["id"])
    assert gone["state"] == "deleted"
    assert declared.error("package_create", **FULL)[1]["name"] == ["That URL is already in use."]
    assert diego.error("dataset_purge", id=made["id"])[0] == 409

    back = declared.ok("package_update", **gone | {"state": "active"})

    assert back["state"] == "active"
    assert nobody.ok("package_show", id=made["id"])["id"] == made["id"]


def test_the_envelope_names_the_packages_that_changed_and_no_other(declared):
    def changed(name, /, **data):
        return declared.post(name, **data).json().get("changed_entities")

    package = declared.ok("package_create", **FULL)
    number, resource = package["id"], package["resources"][0]["id"]
    told = {"packages": [number]}

    assert changed("package_create", **FULL | {"name": "altro"})["packages"] != [number]
    assert changed("package_patch", id=number, title="Alberi in città") == told
    assert changed("package_patch", id=number, title="Alberi in città") is None
    assert changed("resource_patch", id=resource, name="Elenco") == told
    assert changed("resource_patch", id=resource, name="Elenco") is None
    assert changed("package_revise", match={"id": number}, update={"notes": package["notes"] + " Due."}) == told
    assert changed("resource_create", package_id=number, url="https://dati.example.org/due.csv") == told
    assert changed("resource_delete", id=resource) == told
    assert changed("package_show", id=number) is None
    assert changed("package_delete", id=number) == told
    assert changed("package_delete", id=number) is None


def test_its_own_people_are_told_who_began_a_package_and_nobody_else(declared, nobody, ada_account):
    package = declared.ok("package_create", **FULL)

    assert package["creator_user_id"] == declared.ok("user_show")["id"]
    assert nobody.ok("package_show", id=package["id"])["creator_user_id"] is None


@pytest.mark.parametrize("where", ["key", "extra"])
def test_a_holder_that_is_not_the_organization_is_told(declared, public, where):
    other = {"holder_identifier": "c_a662"} if where == "key" else {}
    extras = [{"key": "holder_identifier", "value": "c_a662"}] if where == "extra" else []

    status, error = declared.error("package_create", **FULL | other | {"extras": [*FULL["extras"], *extras]})
    again = declared.ok("package_patch", id=public.slug, holder_identifier="C_E506", title="Alberi")

    assert (status, list(error)) == (409, ["__type", "holder_identifier"]) and "c_e506" in error["holder_identifier"][0]
    assert again["title"] == "Alberi"
    assert declared.ok("package_patch", id=public.slug, holder_name="Altro")["holder_name"] == "Altro"
    assert to_record(Dataset.objects.get(pk=public.pk)).rights_holder.name == "Comune di Lecce"
    assert declared.error("package_patch", id=public.slug, **(other or {"extras": extras}))[0] == 409


def test_a_draft_that_is_deleted_is_gone(ada, diego):
    made = ada.ok("package_create", **PLAIN)
    assert ada.ok("package_delete", id=made["id"]) is None
    assert diego.error("package_show", id=made["id"])[0] == 404

    again = ada.ok("package_create", **PLAIN)
    assert ada.error("dataset_purge", id=again["id"])[0] == 403
    assert diego.ok("dataset_purge", id=again["id"]) is None
    assert diego.error("package_show", id=again["id"])[0] == 404


def test_own_words_of_a_client_are_no_metadata_of_ours(declared):
    declared.ok("package_create", **FULL, unknown_key={"a": [1]})

    dataset = Dataset.objects.get()
    shown = declared.ok("package_show", id=str(dataset.uuid))
    raw = write_package(to_record(dataset))
    assert shown["unknown_key"] == {"a": [1]} and "unknown_key" not in raw
    assert [extra["key"] for extra in raw["extras"]] == ["anno", "zona"]
