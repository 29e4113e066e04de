"""Proves what each step of joining asks for, and that its documents are kept as they came."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from opentusk.bodies.errors import NotAllowed
from opentusk.bodies.models import Agent
from opentusk.joining import actions
from opentusk.joining.errors import FileRefused, StepRefused
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.models import Obligation
from opentusk.joining.permissions import requester_of
from opentusk.joining.steps import checks_for
from opentusk.joining.store import path_of
from opentusk.joining.tests.files import ACT, PDF, PEOPLE, PROTOCOL, SCHEME, SIGNED, VAT, upload
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def faults_of(step) -> dict[str, str]:
    with pytest.raises(StepRefused) as refused:
        step()
    return refused.value.faults


def test_the_desk_takes_a_request_in_hand_only_with_every_check_done(bring):
    for row in (bring(), bring(code=VAT, is_in_ipa=False, name="Consorzio", public_interest="Trasporti")):
        checks = checks_for(row)
        assert faults_of(lambda row=row, checks=checks: actions.begin_review(row, checks=checks[1:], by=SYSTEM)) == {
            "checks": "checks_missing"
        }

        actions.begin_review(row, checks=checks, catalogues="https://dati.comune.example", by=SYSTEM)

        row.refresh_from_db()
        assert (row.checks, row.existing_catalogues) == (list(checks), "https://dati.comune.example")


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"number": " "}, {"number": "missing"}),
        ({"organ": ""}, {"organ": "missing"}),
        ({"adopted_on": TOMORROW}, {"adopted_on": "in_future"}),
    ],
)
def test_an_act_has_number_date_and_organ(change, faults, bring):
    row = bring(S.UNDER_REVIEW)

    assert faults_of(lambda: actions.upload_act(row, replace(ACT, **change), upload=upload(), by=SYSTEM)) == faults


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"signer": ""}, {"signer": "missing"}),
        ({"role": ""}, {"role": "missing"}),
        ({"signed_on": date(2024, 2, 9)}, {"signed_on": "before_act"}),
        ({"signed_on": TOMORROW}, {"signed_on": "in_future"}),
    ],
)
def test_a_scheme_is_signed_by_somebody_not_before_the_act(change, faults, bring):
    row = bring(S.ACT_UPLOADED)

    assert (
        faults_of(lambda: actions.upload_scheme(row, replace(SCHEME, **change), upload=upload(), by=SYSTEM)) == faults
    )


def test_a_scheme_may_be_signed_on_the_day_of_the_act(bring):
    row = bring(S.ACT_UPLOADED)

    actions.upload_scheme(row, replace(SCHEME, signed_on=ACT.adopted_on), upload=upload(), by=SYSTEM)

    assert row.status == S.SCHEME_SIGNED


def test_the_obligations_of_the_day_are_ticked_and_kept_as_they_read(bring):
    ours = actions.add_obligation(text="Tenere aggiornati i dati", side="body", by=SYSTEM)
    actions.add_obligation(text="Ospitare i file", side="portal", by=SYSTEM)
    old = actions.add_obligation(text="Un impegno di ieri", side="body", by=SYSTEM)
    actions.change_obligation(old, text=old.text, side="body", position=0, is_active=False, by=SYSTEM)
    row = bring(S.UNDER_REVIEW)
    actions.upload_act(row, ACT, upload=upload(), by=SYSTEM)
    assert faults_of(lambda: actions.upload_scheme(row, SCHEME, upload=upload(), by=SYSTEM)) == {
        "ticked": "obligations_missing"
    }

    actions.upload_scheme(row, replace(SCHEME, ticked=frozenset({ours.pk})), upload=upload(), by=SYSTEM)
    actions.change_obligation(ours, text="Altro", side="body", position=0, is_active=True, by=SYSTEM)

    row.refresh_from_db()
    assert row.accepted == [{"id": ours.pk, "text": "Tenere aggiornati i dati"}]
    assert Obligation.objects.in_force().of_the_body().count() == 1


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"number": ""}, {"number": "missing"}),
        ({"registered_on": date(2024, 2, 11)}, {"registered_on": "before_signature"}),
        ({"registered_on": TOMORROW}, {"registered_on": "in_future"}),
    ],
)
def test_a_transmission_has_a_number_and_a_day_of_the_register(change, faults, bring):
    row = bring(S.SCHEME_SIGNED)

    assert faults_of(lambda: actions.note_transmission(row, replace(PROTOCOL, **change), by=SYSTEM)) == faults


@pytest.mark.parametrize("name", ["referente_name", "referente_email", "rtd_name", "contact_name", "contact_email"])
def test_referente_rtd_and_contact_are_all_named(name, bring):
    row = bring(S.SCHEME_SIGNED)

    assert faults_of(lambda: actions.name_people(row, replace(PEOPLE, **{name: " "}), by=SYSTEM)) == {name: "missing"}


@pytest.mark.parametrize("act", [actions.request_integration, actions.reject])
def test_the_desk_says_why(act, bring):
    row = bring(S.UNDER_REVIEW)

    assert faults_of(lambda: act(row, message="  ", by=SYSTEM)) == {"message": "missing"}


@pytest.mark.parametrize("act", [actions.suspend, actions.end])
def test_a_body_is_closed_with_a_reason_and_not_in_the_future(act, bring):
    agent = bring(S.ACTIVE).agent

    assert faults_of(lambda: act(agent, reason="", on=TOMORROW, by=SYSTEM)) == {"reason": "missing", "on": "in_future"}
    assert Agent.objects.get().is_active


@pytest.mark.parametrize(("content", "kind"), [(PDF, "application/pdf"), (SIGNED, "application/pkcs7-mime")])
def test_a_document_is_kept_byte_for_byte_with_its_fingerprint(content, kind, bring):
    row = bring(S.UNDER_REVIEW)

    actions.upload_act(row, ACT, upload=upload(content, "Delibera n. 12.bin"), by=requester_of(row))

    document = row.documents.get()
    assert path_of(document.sha256).read_bytes() == content
    assert (document.sha256, document.byte_size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (document.media_type, document.kind) == (kind, "act")


def test_a_step_with_a_bad_file_is_not_taken(bring):
    row = bring(S.UNDER_REVIEW)

    with pytest.raises(FileRefused):
        actions.upload_act(row, ACT, upload=upload(b"<html>", "atto.pdf"), by=SYSTEM)

    row.refresh_from_db()
    assert (row.status, row.documents.count(), row.act_number) == (S.UNDER_REVIEW, 0, "")


def test_a_better_copy_comes_beside_the_first_one(bring):
    row = bring(S.ACT_UPLOADED)

    actions.add_document(row, "act", upload=upload(SIGNED, "atto firmato.p7m"), by=requester_of(row))

    assert list(row.documents.in_order().values_list("filename", flat=True)) == ["atto.pdf", "atto firmato.p7m"]
    assert row.status == S.ACT_UPLOADED


@pytest.mark.parametrize("status", [S.REQUESTED, S.ACTIVE, S.ENDED, S.REJECTED])
def test_documents_and_names_come_while_the_request_is_under_way(status, bring):
    row = bring(status)

    with pytest.raises(NotAllowed):
        actions.add_document(row, "other", upload=upload(), by=requester_of(row))
    with pytest.raises(NotAllowed):
        actions.name_people(row, PEOPLE, by=requester_of(row))
