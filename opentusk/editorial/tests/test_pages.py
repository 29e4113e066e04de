"""Proves that a clerk does all of it by pages alone, without a script, and that strangers find nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opentusk.catalog.actions import create_draft, lift_hold, publish
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.forms import sent
from opentusk.catalog.tests.records import distribution, trees
from opentusk.editorial.actions import set_policy, sign_declaration
from opentusk.editorial.models import Declaration, Series
from opentusk.editorial.questions import QUESTIONS
from opentusk.editorial.tests.conftest import ANSWERS, open_kinds, seal_on
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
CC_BY = distribution("x").license.iri
TREES = b"codice;specie\n071057;Quercus ilex\n"


def signed_in(by) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    return client


@pytest.fixture
def editor(ada):
    return signed_in(ada)


@pytest.fixture
def empty(lecce, ada) -> Dataset:
    return create_draft(trees("c_e506:vuoto", distribution=()), holder=lecce, by=ada)


def page(dataset, name: str) -> str:
    return f"/scrivania/dataset/{dataset.pk}/{name}"


def upload(editor, dataset, content=TREES, **more):
    file = SimpleUploadedFile("alberi.csv", content)
    return editor.post(page(dataset, "file"), {"file": file, "title": "Alberi", "license": CC_BY, **more})


def read_all() -> None:
    for hold in Hold.objects.still_open().of_kind("examination"):
        lift_hold(hold, by=SYSTEM, reason="letto")


def test_a_file_goes_from_the_desk_to_everybody_and_is_renewed_and_removed(editor, empty, ada, client):
    assert upload(editor, empty).status_code == 302
    shown = editor.get(page(empty, "file")).content.decode()
    assert "ancora in lettura" in shown
    assert "SHA-256" in shown

    sign_declaration(empty, ANSWERS, by=ada)
    read_all()
    publish(empty, by=ada)
    row = Distribution.objects.get()
    answer = editor.post(
        f"/scrivania/file/{row.pk}/versione",
        {"file": SimpleUploadedFile("alberi.csv", TREES + b"1;Pinus\n"), "note": "Censimento 2026"},
    )
    assert answer.status_code == 302
    assert "Censimento 2026" in editor.get(page(empty, "file")).content.decode()
    read_all()
    assert list(FileVersion.objects.order_by("number").values_list("state", flat=True)) == ["public", "public"]

    again = editor.post(
        f"/scrivania/file/{row.pk}/versione", {"file": SimpleUploadedFile("alberi.csv", TREES + b"1;Pinus\n")}
    )
    assert again.status_code == 400
    assert "lo stesso file della versione 2" in again.content.decode()

    last = editor.post(f"/scrivania/file/{row.pk}/togli", {"reason": "Sbagliato"})
    assert last.status_code == 409
    assert Distribution.objects.exists()


def test_a_version_that_waits_is_discarded(editor, empty):
    upload(editor, empty)
    version = FileVersion.objects.get()

    assert editor.post(f"/scrivania/versione/{version.pk}/scarta").status_code == 302

    version.refresh_from_db()
    assert version.state == "refused"
    assert open_kinds() == ["declaration"]


def test_the_form_shows_what_the_content_says_and_does_not_let_it_be_typed_over(editor, empty):
    upload(editor, empty)
    empty.refresh_from_db()
    part = to_record(empty).distribution[0]
    typed = sent(
        editor, empty, **{"file-0-access_url": "https://example.org/altro", "file-0-byte_size": "1",
                          "file-0-file_title": "Nuovo nome", "file-0-DELETE": "on"}
    )  # fmt: skip

    assert editor.post(f"/scrivania/dataset/{empty.pk}", typed).status_code == 302

    empty.refresh_from_db()
    [kept] = to_record(empty).distribution
    assert (kept.access_url, kept.byte_size, kept.checksum) == (part.access_url, part.byte_size, part.checksum)


def test_a_declaration_is_signed_with_what_is_missing_said_beside_it(editor, draft):
    answers = {f"answer_{one.code}": one.usual for one in QUESTIONS}
    answers["shown"] = seal_on(editor, page(draft, "dichiarazione"))
    wrong = {**answers, "answer_secrets": "yes", "answer_time_limits": "yes", "answer_ownership": ""}

    answer = editor.post(page(draft, "dichiarazione"), wrong)

    assert answer.status_code == 400
    form = answer.context["form"]
    assert "Così non si può pubblicare" in form["answer_secrets"].errors[0]
    assert form["note_time_limits"].errors
    assert form["answer_ownership"].errors
    assert not Declaration.objects.exists()

    right = {**answers, "answer_time_limits": "yes", "note_time_limits": "Tre anni, art. 8 del D.Lgs. 33/2013"}
    assert editor.post(page(draft, "dichiarazione"), right).status_code == 302
    assert "Tre anni" in editor.get(page(draft, "dichiarazione")).content.decode()


def test_a_review_goes_through_the_queue(editor, draft, lecce, bice):
    set_policy(lecce, wanted=True, by=bice)
    editor.post(page(draft, "revisione"), {"ask": "1", "note": "Guarda il titolo"})
    queue = editor.get("/scrivania/revisioni").content.decode()
    assert "Guarda il titolo" in queue
    assert "tocca a un collega" in queue
    refused = editor.post(page(draft, "revisione"), {"approve": "1"})
    assert refused.status_code == 409

    reviewer = signed_in(bice)
    reviewer.post(page(draft, "revisione"), {"back": "1", "note": "Manca la fonte"})
    assert "Manca la fonte" in editor.get(page(draft, "revisione")).content.decode()
    editor.post(page(draft, "revisione"), {"ask": "1"})
    assert reviewer.post(page(draft, "revisione"), {"approve": "1"}).status_code == 302

    assert open_kinds() == ["declaration"]


def test_a_referente_sets_the_rule_and_a_redattore_does_not(editor, lecce, bice):
    address = f"/scrivania/revisioni/ente/{lecce.pk}"
    editor.post(address, {"wanted": "1"})
    assert not hasattr(type(lecce).objects.get(), "review_policy")

    signed_in(bice).post(address, {"wanted": "1"})
    assert type(lecce).objects.get().review_policy
    signed_in(bice).post(address, {"wanted": "0"})
    assert not hasattr(type(lecce).objects.get(), "review_policy")


def test_a_publication_is_scheduled_and_taken_back(editor, draft):
    assert editor.post(page(draft, "programma"), {"at": "2020-01-01 08:00"}).status_code == 400
    assert editor.post(page(draft, "programma"), {"at": "boh"}).status_code == 400

    assert editor.post(page(draft, "programma"), {"at": "31/12/2099 08:00"}).status_code == 302
    assert "Sarà pubblicato il 31/12/2099 08:00" in editor.get(f"/scrivania/dataset/{draft.pk}").content.decode()

    editor.post(page(draft, "programma"), {"cancel": "1"})
    draft.refresh_from_db()
    assert draft.publish_at is None


def test_limits_need_an_end(editor, draft):
    assert editor.post(page(draft, "riserva"), {"limits": "Mancano tre quartieri"}).status_code == 400

    editor.post(page(draft, "riserva"), {"limits": "Mancano tre quartieri", "until": "2099-12-31"})

    draft.refresh_from_db()
    assert (draft.reserve, draft.reserve_until.isoformat()) == ("Mancano tre quartieri", "2099-12-31")


def test_a_series_is_begun_and_continued(editor, draft):
    editor.post(page(draft, "copia"), {"start": "1", "title": "Alberi"})
    assert Series.objects.get().title == "Alberi"

    answer = editor.post(page(draft, "copia"), {"next": "1"})
    copy = Dataset.objects.latest("pk")
    assert answer.headers["Location"] == f"/scrivania/dataset/{copy.pk}"
    assert copy.title in editor.get(page(draft, "copia")).content.decode()

    editor.post(page(draft, "copia"), {"copy": "1"})
    assert Dataset.objects.count() == 3


def test_people_of_another_body_find_nothing(draft, empty, editor, bruno):
    upload(editor, empty)
    row, version = Distribution.objects.with_file().get(), FileVersion.objects.get()
    stranger = signed_in(bruno)
    pages = [page(draft, name) for name in ("file", "dichiarazione", "revisione", "programma", "riserva", "copia")]
    pages += [f"/scrivania/file/{row.pk}/versione", f"/scrivania/file/{row.pk}/togli"]

    assert {stranger.get(address).status_code for address in pages} == {404}
    assert {stranger.post(address).status_code for address in pages} == {404}
    assert stranger.post(f"/scrivania/versione/{version.pk}/scarta").status_code == 404
    assert {Client().get(address).status_code for address in pages} == {302}
