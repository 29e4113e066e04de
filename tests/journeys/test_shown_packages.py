"""Proves that a package remembered as it was shown is never shown after anything in it has changed."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opentusk.bodies.actions import change_agent
from opentusk.catalog.models import Dataset
from opentusk.ckan.actions.declaring import sign_standing_declaration
from opentusk.ckan.showing import package_dicts
from opentusk.ckan.tests.test_writing import ANSWERS
from opentusk.datastore.tests.conftest import (  # noqa: F401 - fixtures
    TREES,
    ada,
    ada_account,
    bari,
    disk,
    draft,
    lecce,
    nobody,
    public,
    resource,
)
from opentusk.journal.actors import SYSTEM
from opentusk.people.actors import actor_of
from opentusk.tables.tests.conftest import work

pytestmark = pytest.mark.django_db
TABLE = b"codice;specie\n071057;Olea europaea\n071058;Quercus ilex\n"


@pytest.fixture
def show(nobody, public):  # noqa: F811
    """The package as the door shows it, which must be as its rows say now."""

    def shown() -> dict:
        answer = nobody.get("package_show", id=str(public.uuid))
        dataset = Dataset.objects.with_holder().get(pk=public.pk)
        assert answer.json()["result"] == json.loads(json.dumps(package_dicts([dataset])[0]))
        return answer.json()["result"]

    return shown


def test_the_same_is_written_once(nobody, public, show):  # noqa: F811
    show()

    with CaptureQueriesContext(connection) as queries:
        again = nobody.get("package_show", id=public.slug)

    assert again.json()["result"]["id"] == str(public.uuid)
    assert len(queries) <= 2


@pytest.mark.parametrize("called", [lambda one: one.slug, lambda one: one.slug.upper(), lambda one: one.identifier])
def test_it_is_found_by_each_of_its_names(nobody, public, called):  # noqa: F811
    assert nobody.get("package_show", id=called(public)).json()["result"]["id"] == str(public.uuid)


def test_each_change_is_shown(ada, ada_account, lecce, public, resource, show):  # noqa: F811
    sign_standing_declaration(ada_account.tokens.get(), ANSWERS, by=actor_of(ada_account))
    number = str(public.uuid)
    writes = {
        "a word of the record": lambda: ada.ok("package_patch", id=number, notes="Alberi censiti uno per uno."),
        "a word of the program": lambda: ada.ok("package_patch", id=number, version="2.1"),
        "a resource's word": lambda: ada.ok("resource_patch", id=resource, mimetype_inner="text/csv"),
        "one resource more": lambda: ada.ok(
            "resource_create", package_id=number, url="https://example.org/a.csv", name="A", format="CSV"
        ),
        "a store": lambda: ada.ok("datastore_create", resource_id=resource, records=TREES, force=True),
        "no store": lambda: ada.ok("datastore_delete", resource_id=resource, force=True),
        "the body's name": lambda: change_agent(lecce, {"name": "Città di Lecce"}, by=SYSTEM),
        "a file, and its table": lambda: (
            ada.send(
                "resource_create", package_id=number, name="T", format="CSV", upload=SimpleUploadedFile("t.csv", TABLE)
            ),
            work(),
        ),
    }
    before = show()
    for what, write in writes.items():
        write()
        after = show()
        assert after != before, what
        before = after
    assert any(one["datastore_active"] for one in before["resources"])


def test_what_is_withdrawn_is_shown_no_more(ada, nobody, public, show):  # noqa: F811
    show()

    ada.ok("package_delete", id=str(public.uuid))

    assert nobody.get("package_show", id=str(public.uuid)).status_code == 403
