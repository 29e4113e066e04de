"""Proves who may ask to join, and that a request counts once and only when its address is proved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from opentusk.joining import actions
from opentusk.joining.errors import AlreadyAsked, AlreadyJoined, StepRefused
from opentusk.joining.models import Accreditation
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.tests.files import VAT, request_of
from opentusk.journal.models import Task

pytestmark = pytest.mark.django_db


def test_the_code_is_kept_in_the_spelling_of_the_index():
    row = actions.request_accreditation(request_of("C_\u00adE506 "))

    assert (row.subject_code, row.requester_email, row.confirmed_at) == ("c_e506", "ufficio@comune.example", None)


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"code": "c_0000"}, "code", "not_in_ipa"),
        ({"code": "Comune di Lecce"}, "code", "not_in_ipa"),
        ({"requester_name": " "}, "requester_name", "missing"),
        ({"requester_function": ""}, "requester_function", "missing"),
        ({"has_body_email": False}, "delegated_by", "no_delegator"),
        ({"requester_email": "a@gmail.com"}, "has_body_email", "public_mailbox"),
        ({"code": "99999999991", "is_in_ipa": False, "public_interest": "x"}, "code", "wrong_vat"),
        ({"code": VAT, "is_in_ipa": False}, "public_interest", "missing"),
    ],
)
def test_what_is_missing_or_wrong_is_named(changes, field, fault):
    with pytest.raises(StepRefused) as refused:
        actions.request_accreditation(request_of(**changes))

    assert refused.value.faults == {field: fault}
    assert not Accreditation.objects.exists()


def test_somebody_with_a_mailbox_of_a_provider_says_who_delegates():
    asked = request_of(requester_email="a@gmail.com", has_body_email=False, delegated_by="Il Sindaco")

    assert actions.request_accreditation(asked).delegated_by == "Il Sindaco"


def test_requests_that_nobody_confirmed_stand_in_nobodys_way_and_the_first_confirmed_one_counts():
    first, second = (actions.request_accreditation(request_of()) for _time in range(2))

    actions.confirm_request(second)

    with pytest.raises(AlreadyAsked):
        actions.confirm_request(first)
    with pytest.raises(AlreadyAsked):
        actions.request_accreditation(request_of())


def test_confirming_twice_is_confirming_once(bring):
    row = bring()

    assert actions.confirm_request(row).confirmed_at == row.confirmed_at
    assert Task.objects.filter(arguments__letter="received").count() == 1


def test_the_database_itself_holds_one_open_request_of_a_body(bring):
    bring()
    row = Accreditation(subject_code="c_e506", name="x", confirmed_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("status", [S.ACTIVE, S.SUSPENDED])
def test_a_body_that_is_in_does_not_ask_again(status, bring):
    bring(status)

    with pytest.raises(AlreadyJoined) as refused:
        actions.request_accreditation(request_of())

    assert refused.value.status == status


@pytest.mark.parametrize("status", [S.REJECTED, S.ENDED])
def test_a_closed_request_leaves_the_way_open(status, bring):
    bring(status)

    assert bring().is_open


def test_requests_nobody_confirmed_are_forgotten_after_a_week(bring):
    actions.request_accreditation(request_of("c_a662"))
    kept = bring()
    Accreditation.objects.update(created_at=timezone.now() - timedelta(days=6))
    assert actions.forget_unconfirmed() == 0

    Accreditation.objects.update(created_at=timezone.now() - timedelta(days=8))

    assert actions.forget_unconfirmed() == 1
    assert list(Accreditation.objects.all()) == [kept]
