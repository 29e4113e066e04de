"""Proves that the editor's form loses nothing, says what is wrong where it is wrong, and obeys the catalogue."""

import pytest
from django.test import Client

from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.forms import sent
from opentusk.catalog.tests.records import distribution, trees
from opentusk.editorial.questions import QUESTIONS
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def lecce():
    return Agent.objects.create(ipa_code="c_e506", slug="comune-di-lecce", name="Comune di Lecce")


@pytest.fixture
def ada(lecce):
    user = User.objects.create_user("ada@example.org", "una frase lunga")
    Membership.objects.create(user=user, agent=lecce, role=Membership.Role.REDATTORE)
    return user


@pytest.fixture
def editor(ada):
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def draft(lecce):
    return create_draft(trees(), holder=lecce, by=SYSTEM)


def test_saving_a_form_that_nobody_touched_writes_nothing(editor, draft):
    entries = Entry.objects.count()

    answer = editor.post(f"/scrivania/dataset/{draft.pk}", sent(editor, draft))

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert to_record(draft) == trees()
    assert Entry.objects.count() == entries


def test_what_is_typed_is_saved(editor, draft):
    typed = sent(editor, draft, title_it="Alberi monumentali", keyword_it="alberi, natura", creators="ARPA | arpa_pu")

    editor.post(f"/scrivania/dataset/{draft.pk}", typed)

    draft.refresh_from_db()
    record = to_record(draft)
    assert draft.title == "Alberi monumentali"
    assert record.keyword == {"it": ("alberi", "natura")}
    assert [(agent.name, agent.identifier) for agent in record.creator] == [("ARPA", "arpa_pu")]


def test_a_date_that_is_none_is_told_beside_its_field_and_nothing_typed_is_lost(editor, draft):
    answer = editor.post(
        f"/scrivania/dataset/{draft.pk}", sent(editor, draft, modified="boh", description_it="Appena scritta")
    )

    assert answer.status_code == 400
    assert "«boh» non è una data" in answer.context["form"]["modified"].errors[0]
    assert answer.context["form"]["description_it"].value() == "Appena scritta"
    assert 'href="#id_modified"' in answer.content.decode()


def test_another_file_is_asked_without_saving_or_losing_anything(editor, draft):
    answer = editor.post(
        f"/scrivania/dataset/{draft.pk}", sent(editor, draft, add_file="1", title_it="Ancora da salvare")
    )

    draft.refresh_from_db()
    assert answer.context["form"]["title_it"].value() == "Ancora da salvare"
    assert len(answer.context["formset"].forms) == 3
    assert answer.context["formset"].initial_form_count() == 1
    assert draft.title == "Alberi del verde pubblico"


def test_a_file_is_added_and_another_taken_away(editor, draft):
    typed = sent(editor, draft, **{
        "file-0-DELETE": "on", "file-1-access_url": "https://dati.example.org/alberi.json",
        "file-1-format": "http://publications.europa.eu/resource/authority/file-type/JSON",
        "file-1-license": "https://creativecommons.org/licenses/by/4.0/",
    })  # fmt: skip

    editor.post(f"/scrivania/dataset/{draft.pk}", typed)

    draft.refresh_from_db()
    assert [part.access_url for part in to_record(draft).distribution] == ["https://dati.example.org/alberi.json"]


def test_a_file_keeps_its_address_for_machines_when_it_is_edited(editor, draft):
    iri = to_record(draft).distribution[0].iri

    editor.post(f"/scrivania/dataset/{draft.pk}", sent(editor, draft, **{"file-0-file_title": "Alberi, tutto"}))

    draft.refresh_from_db()
    part = to_record(draft).distribution[0]
    assert (part.iri, part.title["it"]) == (iri, "Alberi, tutto")


def test_two_people_do_not_overwrite_each_other(editor, draft):
    first, second = sent(editor, draft, title_it="La prima"), sent(editor, draft, title_it="La seconda")
    editor.post(f"/scrivania/dataset/{draft.pk}", first)

    answer = editor.post(f"/scrivania/dataset/{draft.pk}", second)
    again = editor.post(f"/scrivania/dataset/{draft.pk}", {**second, "expected": answer.context["expected"]})

    draft.refresh_from_db()
    assert (answer.status_code, again.status_code) == (409, 409)
    assert answer.context["form"]["title_it"].value() == "La seconda"
    assert draft.title == "La prima"


def test_a_published_dataset_stays_publishable(editor, draft):
    publish(draft, by=SYSTEM)

    answer = editor.post(f"/scrivania/dataset/{draft.pk}", sent(editor, draft, theme=[], accrual_periodicity=""))

    draft.refresh_from_db()
    assert answer.status_code == 409
    assert answer.context["refused"]
    assert draft.record["theme"]


def test_people_of_another_body_find_nothing(draft):
    stranger = Client()
    stranger.force_login(User.objects.create_user("bruno@example.org", "una frase lunga"))

    for address in ("", "/verifica", "/pubblica", "/ritira", "/ripristina", "/elimina"):
        assert stranger.post(f"/scrivania/dataset/{draft.pk}{address}").status_code == 404
        assert Client().post(f"/scrivania/dataset/{draft.pk}{address}").status_code == 302


def test_a_dataset_goes_from_a_title_to_a_tombstone_by_pages_alone(editor, lecce):
    answer = editor.post("/scrivania/nuovo", {"holder": lecce.pk, "title": "Panchine pubbliche"})
    dataset = Dataset.objects.get(identifier="c_e506:panchine-pubbliche")
    assert answer.headers["Location"] == f"/scrivania/dataset/{dataset.pk}"
    assert editor.post(f"/scrivania/dataset/{dataset.pk}/pubblica").status_code == 409

    full = sent(editor, create_draft(trees("c_e506:modello"), holder=lecce, by=SYSTEM))
    own = sent(editor, dataset)
    merged = full | {"expected": own["expected"], "title_it": "Panchine pubbliche", "file-0-iri": "",
                     "file-INITIAL_FORMS": "0"}  # fmt: skip
    assert editor.post(f"/scrivania/dataset/{dataset.pk}", merged).status_code == 302
    assert editor.post(f"/scrivania/dataset/{dataset.pk}/pubblica").status_code == 409
    answers = {f"answer_{one.code}": one.usual for one in QUESTIONS}
    address = f"/scrivania/dataset/{dataset.pk}/dichiarazione"
    answers["shown"] = editor.get(address).context["subject"].seal
    assert editor.post(address, answers).status_code == 302
    assert editor.post(f"/scrivania/dataset/{dataset.pk}/pubblica").status_code == 302
    assert editor.post(f"/scrivania/dataset/{dataset.pk}/ritira", {"reason": ""}).status_code == 409
    assert editor.post(f"/scrivania/dataset/{dataset.pk}/ritira", {"reason": "Non serve più"}).status_code == 302

    dataset.refresh_from_db()
    assert (dataset.status, dataset.withdrawal_reason) == ("withdrawn", "Non serve più")
    assert editor.post(f"/scrivania/dataset/{dataset.pk}/elimina").status_code == 409
    assert editor.post(f"/scrivania/dataset/{dataset.pk}/ripristina").status_code == 302


def test_a_step_is_explained_before_it_is_made(editor, draft):
    answer = editor.get(f"/scrivania/dataset/{draft.pk}/elimina")

    assert answer.status_code == 200
    assert Dataset.objects.filter(pk=draft.pk).exists()
    editor.post(f"/scrivania/dataset/{draft.pk}/elimina")
    assert not Dataset.objects.filter(pk=draft.pk).exists()


def test_the_panel_judges_what_is_in_the_form_and_saves_nothing(editor, draft):
    answer = editor.post(f"/scrivania/dataset/{draft.pk}/verifica", sent(editor, draft, accrual_periodicity=""))

    draft.refresh_from_db()
    assert answer.context["forecast"].blockers > 0
    assert draft.frequency == "ANNUAL"


def test_a_stored_value_outside_the_lists_survives_the_form(editor, lecce):
    odd = distribution("alberi", format="http://example.org/formato-proprio")
    dataset = create_draft(trees(distribution=(odd,)), holder=lecce, by=SYSTEM)
    before = to_record(dataset)

    editor.post(f"/scrivania/dataset/{dataset.pk}", sent(editor, dataset))

    dataset.refresh_from_db()
    assert to_record(dataset) == before


def test_a_script_in_a_field_is_text_on_every_page(editor, draft):
    editor.post(f"/scrivania/dataset/{draft.pk}", sent(editor, draft, version_info=SCRIPT, contact_name=SCRIPT))

    for address in (f"/scrivania/dataset/{draft.pk}", "/scrivania", f"/dataset/{draft.slug}"):
        assert SCRIPT not in editor.get(address).content.decode()


def test_places_are_suggested_while_typing(editor):
    assert "Lecce" in editor.get("/scrivania/luoghi", {"place": "lecc"}).content.decode()
    assert editor.get("/scrivania/luoghi", {"place": "l"}).context["places"] == []
