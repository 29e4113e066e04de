"""The pages of joining, as each kind of reader meets them: everybody, the requester, the desk, the referente."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.tokens import token_of
from opentusk.joining import actions
from opentusk.joining.letters import CONFIRM, PAGE
from opentusk.joining.models import Accreditation, Agreement, Obligation, TemplateDocument
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.tests.files import PDF, PEOPLE, SIGNED, VAT, request_of, upload
from opentusk.joining.views.uploads import CappedUpload
from opentusk.journal.actors import SYSTEM
from opentusk.journal.tasks import run_next
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
ASKED = {
    "code": "c_e506",
    "name": "Comune di Lecce",
    "requester_name": "Persona A",
    "requester_function": "Segretario",
    "requester_email": "ufficio@comune.example",
    "has_body_email": "on",
}


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("desk@example.org", desk_role="editor"))
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def bytes_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def act(content: bytes = PDF) -> dict[str, object]:
    file = SimpleUploadedFile("atto.pdf", content)
    return {"number": "12", "adopted_on": "10/02/2024", "organ": "Giunta comunale", "file": file}


def page_of(row: Accreditation) -> str:
    return f"/adesione/domanda/{token_of(PAGE, row.key)}"


def test_what_the_operator_has_not_written_is_said_to_be_missing_and_nothing_is_invented(client):
    assert text_of(client.get("/adesione")).count("Testo da completare a cura della Regione.") == 4

    Obligation.objects.create(text="Tenere i dati aggiornati")
    actions.change_agreement({"summary": "Un <b>accordo</b>", "pec": "pec@regione.example"}, by=SYSTEM)

    text = text_of(client.get("/adesione"))
    assert text.count("Testo da completare") == 2
    assert "Tenere i dati aggiornati" in text
    assert "Un &lt;b&gt;accordo&lt;/b&gt;" in text


def test_templates_are_downloads_and_never_pages(client):
    row = actions.add_template(title="Schema", version="1", upload=upload(name="schema.pdf"), by=SYSTEM)

    answer = client.get(f"/adesione/modelli/{row.pk}")

    assert bytes_of(answer) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="schema.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")


@pytest.mark.parametrize("page", ["/adesione/chiedi", "/adesione/enti"])
def test_a_body_is_found_by_name_or_code_with_and_without_scripts(page, client):
    for text in ("lecce comune", "C_E506"):
        assert 'href="/adesione/chiedi?ente=c_e506"' in text_of(client.get(page, {"cerca": text}))

    assert "Nessun ente" in text_of(client.get(page, {"cerca": "zzzzz"}))
    assert "ente=" not in text_of(client.get(page, {"cerca": "a"}))


def test_a_body_that_joined_is_found_but_not_offered(client, bring):
    bring(S.ACTIVE)

    text = text_of(client.get("/adesione/chiedi", {"cerca": "c_e506"}))
    assert "ha già aderito" in text
    assert "ente=c_e506" not in text
    assert f'href="/enti/{Agent.objects.get().slug}/persone"' in text
    assert "chiedi al suo referente" in text_of(client.get("/adesione/chiedi?ente=c_e506"))


def test_the_whole_way_of_the_requester_by_letters_and_forms(client, desk):
    assert client.post("/adesione/chiedi", ASKED)["Location"] == "/adesione/inviata"
    assert 'href="/adesione/chiedi"' in text_of(client.get("/adesione/inviata"))
    run_next()
    confirm = re.search(r"localhost:8000(/adesione/conferma/\S+)", mail.outbox[0].body)[1]
    assert Accreditation.objects.get().confirmed_at is None
    assert client.get(confirm).status_code == 200
    assert Accreditation.objects.get().confirmed_at is None

    page = client.post(confirm)["Location"]
    assert client.post(confirm)["Location"] == page

    assert "Tocca alla redazione." in text_of(client.get(page))
    row = Accreditation.objects.get()
    review = {
        "checks": ["tax_code_and_pec", "not_suppressed", "catalogues_searched"],
        "catalogues": "https://x.example",
    }
    assert desk.post(f"/redazione/adesioni/{row.pk}/istruttoria", review).status_code == 302
    assert client.post(f"{page}/atto", act(SIGNED)).status_code == 302
    signed = {"signer": "Persona B", "role": "Sindaco", "signed_on": "2024-02-12"}
    signed["file"] = SimpleUploadedFile("schema.pdf", PDF)
    assert client.post(f"{page}/schema", signed).status_code == 302
    assert "Trasmetti atto e schema per PEC" in text_of(client.get(page))
    assert '<h2 id="passo-persone">' in text_of(client.get(page))
    assert client.post(f"{page}/persone", PEOPLE.columns()).status_code == 302
    # What was said once is no step any more, but can be changed.
    assert '<h2 id="passo-persone">' not in text_of(client.get(page))
    assert f"{page}/persone" in text_of(client.get(page))
    protocol = {"number": "AOO_1", "registered_on": "2024-02-20"}
    assert desk.post(f"/redazione/adesioni/{row.pk}/protocollo", protocol).status_code == 302
    assert desk.post(f"/redazione/adesioni/{row.pk}/attiva").status_code == 302
    row.refresh_from_db()
    assert row.status == S.ACTIVE
    text = text_of(client.get(page))
    assert "n. 12 del 10 febbraio 2024, Giunta comunale" in text
    assert "AOO_1" in text


def test_a_company_outside_the_index_asks_with_its_vat_number(client):
    asked = {**ASKED, "soggetto": "altro", "code": "1", "name": "Consorzio Esempio", "public_interest": "Trasporti"}

    wrong = client.post("/adesione/chiedi", asked)

    assert wrong.status_code == 400
    assert "undici cifre" in text_of(wrong)
    assert 'value="Consorzio Esempio"' in text_of(wrong)
    assert client.post("/adesione/chiedi", {**asked, "code": VAT}).status_code == 302
    assert Accreditation.objects.get().subject_code == VAT


def test_a_program_that_fills_in_everything_asks_for_nothing(client):
    answer = client.post("/adesione/chiedi", {**ASKED, "website": "https://spam.example"})

    assert answer["Location"] == "/adesione/inviata"
    assert not Accreditation.objects.exists()


def test_nobody_fills_a_mailbox_with_confirmations(client):
    answers = [client.post("/adesione/chiedi", ASKED).status_code for _time in range(9)]

    assert answers[:8] == [302] * 8
    assert answers[8] == 400


def test_a_wrong_form_names_its_fields_and_keeps_what_was_typed(client):
    answer = client.post("/adesione/chiedi", {**ASKED, "has_body_email": "", "requester_function": "Dirigente"})

    text = text_of(answer)
    assert answer.status_code == 400
    assert "scrivi chi ti incarica" in text
    assert 'value="Dirigente"' in text


@pytest.mark.parametrize("end", ["", "/atto", "/documenti/1", "/nulla"])
def test_a_secret_page_opens_to_its_own_token_only(end, client, bring):
    row = bring(S.ACT_UPLOADED)
    unconfirmed = actions.request_accreditation(request_of("c_a662"))

    for token in ("x", row.key, token_of(CONFIRM, row.key), token_of(PAGE, unconfirmed.key)):
        assert client.get(f"/adesione/domanda/{token}{end}").status_code == 404
    assert client.get("/adesione/conferma/x").status_code == 404


def test_the_desk_makes_an_address_worthless_and_sends_another(client, desk, bring):
    row = bring(S.UNDER_REVIEW)
    old = page_of(row)
    while run_next():
        pass
    mail.outbox.clear()

    desk.post(f"/redazione/adesioni/{row.pk}/indirizzo")
    run_next()

    assert client.get(old).status_code == 404
    new = re.search(r"localhost:8000(/adesione/domanda/\S+)", mail.outbox[0].body)[1]
    assert mail.outbox[0].to == [row.requester_email]
    assert client.get(new).status_code == 200


def test_a_secret_page_is_kept_by_no_cache(client, bring):
    assert "no-store" in client.get(page_of(bring()))["Cache-Control"]


def test_a_bad_file_is_named_beside_its_field_and_changes_nothing(client, bring):
    row = bring(S.UNDER_REVIEW)

    answer = client.post(f"{page_of(row)}/atto", act(b"<html>no</html>"))

    text = text_of(answer)
    assert answer.status_code == 400
    assert "Il contenuto del file non è tra quelli ammessi (PDF, P7M)" in text
    assert 'value="Giunta comunale"' in text
    row.refresh_from_db()
    assert row.status == S.UNDER_REVIEW


def test_a_file_over_the_limit_is_named(client, bring, settings):
    settings.JOINING_MAX_BYTES = 1_048_576
    row = bring(S.UNDER_REVIEW)

    answer = client.post(f"{page_of(row)}/atto", act(b"%PDF-1.4" + bytes(3_000_000) + b"%%EOF"))

    assert "Il file supera 1 MB" in text_of(answer)
    assert not row.documents.exists()


def test_what_is_over_the_limit_is_not_written_to_the_disk(settings):
    settings.JOINING_MAX_BYTES = 100_000
    handler = CappedUpload()
    handler.new_file("file", "atto.pdf", "application/pdf", None)

    for start in range(0, 1_000_000, 65_536):
        handler.receive_data_chunk(bytes(65_536), start)

    with handler.file_complete(1_000_000) as file:
        assert Path(file.temporary_file_path()).stat().st_size == 100_001
        assert file.size == 1_000_000


def test_files_of_strangers_are_not_even_read(client, bring):
    row = bring(S.UNDER_REVIEW)

    class Unread(BytesIO):
        def read(self, *args):
            raise AssertionError("the body of a stranger's request was read")

    for address in ("/adesione/domanda/x/atto", f"/redazione/adesioni/{row.pk}/atto", "/redazione/accordo/modelli"):
        answer = client.generic(
            "POST", address, content_type="multipart/form-data; boundary=x", **{"wsgi.input": Unread()}
        )
        assert answer.status_code in {302, 404}


def test_a_forged_step_is_refused_before_anything_happens(bring):
    row = bring(S.UNDER_REVIEW)
    forger = Client(enforce_csrf_checks=True)

    assert forger.post(f"{page_of(row)}/atto", act()).status_code == 403
    forger.force_login(User.objects.create_user("desk@example.org", desk_role="editor"))
    assert forger.post(f"/redazione/adesioni/{row.pk}/respingi", {"message": "x"}).status_code == 403
    assert forger.post("/redazione/accordo/modelli", {"title": "x"}).status_code == 403

    row.refresh_from_db()
    assert row.status == S.UNDER_REVIEW


def test_a_step_whose_turn_is_over_says_so(client, bring):
    row = bring(S.SCHEME_SIGNED)

    answer = client.post(f"{page_of(row)}/atto", act(), follow=True)

    assert "Questo passo non è possibile adesso" in text_of(answer)
    assert row.documents.count() == 2


@pytest.mark.parametrize("slug", ["istruttoria", "integrazione", "respingi", "protocollo", "attiva", "cataloghi"])
def test_the_requester_has_no_step_of_the_desk(slug, client, bring):
    row = bring(S.UNDER_REVIEW)

    client.post(f"{page_of(row)}/{slug}", {"message": "x", "text": "x"})

    row.refresh_from_db()
    assert (row.status, row.existing_catalogues) == (S.UNDER_REVIEW, "")


DESK_PAGES = [
    "/redazione/adesioni",
    "/redazione/adesioni?stato=active&q=lecce",
    "/redazione/adesioni/{pk}",
    "/redazione/enti",
    "/redazione/accordo",
]


@pytest.mark.parametrize("address", DESK_PAGES)
def test_the_console_is_the_desks_alone(address, client, desk, bring):
    address = address.format(pk=bring(S.ACTIVE).pk)
    assert client.get(address)["Location"].startswith("/accedi")
    client.force_login(User.objects.create_user("somebody@example.org"))
    assert client.get(address).status_code == 403

    assert desk.get(address).status_code == 200


DESK_POSTS = [
    "/redazione/adesioni/{pk}/cataloghi",
    "/redazione/enti/comune-di-lecce/sospendi",
    "/redazione/accordo",
    "/redazione/accordo/impegni",
    "/redazione/accordo/impegni/{obligation}",
    "/redazione/accordo/modelli",
    "/redazione/accordo/modelli/{template}/ritira",
]


@pytest.mark.parametrize("address", DESK_POSTS)
@pytest.mark.parametrize("role", ["referente", "stranger"])
def test_only_the_desk_decides_in_the_console(address, role, client, bring):
    row = bring(S.ACTIVE)
    obligation = Obligation.objects.create(text="Impegno")
    template = actions.add_template(title="Schema", version="1", upload=upload(), by=SYSTEM)
    user = Membership.objects.get().user if role == "referente" else User.objects.create_user("s@example.org")
    client.force_login(user)

    answer = client.post(
        address.format(pk=row.pk, obligation=obligation.pk, template=template.pk),
        {"text": "Altro", "side": "body", "position": 1, "reason": "x", "on": "2026-01-01", "reminder_days": 1},
    )

    assert answer.status_code == 403
    assert Agent.objects.get().is_active
    assert list(Obligation.objects.values_list("text", flat=True)) == ["Impegno"]
    assert TemplateDocument.objects.offered().exists()


def test_the_list_counts_by_state_and_narrows(desk, bring):
    bring(S.UNDER_REVIEW)
    bring(S.REJECTED, code="c_a662", name="Comune di Bari")
    actions.request_accreditation(request_of("c_f205"))

    everything = text_of(desk.get("/redazione/adesioni"))
    rejected = text_of(desk.get("/redazione/adesioni?stato=rejected"))

    assert "2 richieste" in everything
    assert re.search(r"in istruttoria <strong>1</strong>", everything)
    assert "Comune di Bari" in rejected and "Comune di Lecce" not in rejected
    assert "1 richiesta" in text_of(desk.get("/redazione/adesioni?q=a662"))


def test_documents_are_for_the_desk_the_requester_and_the_referente_only(client, desk, bring):
    row = bring(S.ACTIVE)
    document = row.documents.in_order()[0]
    address = f"/redazione/adesioni/{row.pk}/documenti/{document.pk}"

    assert client.get(address).status_code == 302
    for reader in (desk, _signed_in(Membership.objects.get(role="referente").user)):
        answer = reader.get(address)
        assert bytes_of(answer) == PDF
        assert answer["Content-Disposition"].startswith("attachment")
    assert bytes_of(client.get(f"{page_of(row)}/documenti/{document.pk}")) == PDF
    other = bring(code="c_a662", name="Bari")
    assert client.get(f"{page_of(other)}/documenti/{document.pk}").status_code == 404
    redattore = User.objects.create_user("r@example.org")
    Membership.objects.create(user=redattore, agent=row.agent, role="redattore")
    assert _signed_in(redattore).get(address).status_code == 403


def test_the_referente_sees_how_the_body_joined_and_loses_it_with_the_rights(bring):
    row = bring(S.ACTIVE)
    referente = _signed_in(Membership.objects.get(role="referente").user)
    assert "AOO_123" in text_of(referente.get("/enti/comune-di-lecce/adesione"))

    actions.suspend(row.agent, reason="Verifica", on=timezone.localdate(), by=SYSTEM)

    for address in ("adesione", "dati"):
        assert referente.get(f"/enti/comune-di-lecce/{address}").status_code == 403


def test_the_desk_changes_the_data_and_the_state_of_a_body(desk, bring):
    bring(S.ACTIVE)
    values = {"name": "Città di Lecce", "kind": "municipality", "istat_code": "075035", "site": "https://lecce.example"}

    assert desk.post("/redazione/enti/comune-di-lecce", values).status_code == 302
    state = {"reason": "Convenzione scaduta", "on": "2026-01-02"}
    assert desk.post("/redazione/enti/comune-di-lecce/sospendi", state).status_code == 302

    agent = Agent.objects.get()
    assert (agent.name, agent.istat_code, agent.status) == ("Città di Lecce", "075035", "suspended")
    assert agent.status_since.isoformat() == "2026-01-02"
    text = text_of(desk.get("/redazione/enti/comune-di-lecce"))
    assert "Convenzione scaduta" in text
    assert "Riattiva" in text and "Sospendi l" not in text
    assert desk.post("/redazione/enti/comune-di-lecce/sospendi", state).status_code == 400
    assert desk.post("/redazione/enti/comune-di-lecce/nulla", state).status_code == 404


def test_the_desk_writes_texts_promises_and_templates(desk):
    assert desk.post("/redazione/accordo", {"who": "Tutti", "reminder_days": 9}).status_code == 302
    assert desk.post("/redazione/accordo/impegni", {"text": "A", "side": "body", "position": 1}).status_code == 302
    obligation = Obligation.objects.get()
    changed = {"text": "B", "side": "portal", "position": 2}
    assert desk.post(f"/redazione/accordo/impegni/{obligation.pk}", changed).status_code == 302
    file = SimpleUploadedFile("schema.pdf", PDF)
    offered = {"title": "Schema", "version": "2026", "file": file}
    assert desk.post("/redazione/accordo/modelli", offered).status_code == 302

    obligation.refresh_from_db()
    assert (obligation.text, obligation.side, obligation.is_active) == ("B", "portal", False)
    assert Agreement.current().who == "Tutti"
    bad = {**offered, "file": SimpleUploadedFile("schema.pdf", b"no")}
    assert desk.post("/redazione/accordo/modelli", bad).status_code == 400
    template = TemplateDocument.objects.offered().get()
    desk.post(f"/redazione/accordo/modelli/{template.pk}/ritira")
    assert not TemplateDocument.objects.offered().exists()


def test_a_new_version_of_a_template_takes_the_place_of_the_old_one(client):
    old = actions.add_template(title="Schema", version="1", upload=upload(), by=SYSTEM)

    new = actions.add_template(title="Schema", version="2", upload=upload(PDF + b"\n"), by=SYSTEM)

    assert list(TemplateDocument.objects.offered()) == [new]
    assert bytes_of(client.get(f"/adesione/modelli/{old.pk}")) == PDF


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
