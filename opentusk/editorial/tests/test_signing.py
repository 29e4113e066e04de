"""Proves that nobody signs for what they did not see: data, columns or a colleague's signature that came meanwhile."""

from dataclasses import replace
from functools import partial

import pytest
from django.urls import reverse

from opentusk.catalog.actions import add_file_version, attach_file, change_record, refuse_file
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution
from opentusk.catalog.tests.test_at_once import at_once
from opentusk.editorial.actions import note_columns, sign_declaration
from opentusk.editorial.errors import ChangedMeanwhile
from opentusk.editorial.models import Declaration
from opentusk.editorial.questions import QUESTIONS
from opentusk.editorial.signing import subject_of
from opentusk.editorial.tests.conftest import ANSWERS, open_kinds
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User

SENT = {f"answer_{one.code}": one.usual for one in QUESTIONS}


def add_version(row, give, by):
    add_file_version(row, give(b"a;b\n3;4\n"), name="a.csv", by=by)


def read_other_columns(row, give, by):
    version = row.series.versions.newest_first()[0]
    note_columns(row.dataset, version=version, columns_hash="others", by=SYSTEM)


def add_address(row, give, by):
    dataset = row.dataset
    dataset.refresh_from_db()
    record = to_record(dataset)
    more = replace(record, distribution=(*record.distribution, distribution("siepi")))
    change_record(dataset, more, by=by, expected=dataset.checksum)


def refuse_it(row, give, by):
    refuse_file(row.series.versions.newest_first()[0], by=by, reason="sbagliato")


def sign_too(row, give, by):
    sign_declaration(row.dataset, ANSWERS, by=by)


@pytest.fixture
def row(draft, give, ada):
    row = attach_file(draft, give(b"a;b\n1;2\n"), name="a.csv", by=ada)
    note_columns(draft, version=row.series.versions.get(), columns_hash="first", by=SYSTEM)
    return row


@pytest.mark.parametrize("change", [add_version, read_other_columns, add_address, refuse_it, sign_too])
def test_what_changed_since_the_page_was_shown_is_not_signed(row, give, ada, bice, change):
    shown = subject_of(row.dataset).seal

    change(row, give, bice)
    before = Declaration.objects.count()
    with pytest.raises(ChangedMeanwhile) as refused:
        sign_declaration(row.dataset, ANSWERS, by=ada, shown=shown)

    assert Declaration.objects.count() == before
    assert (refused.value.signer != "") == (change is sign_too)
    sign_declaration(row.dataset, ANSWERS, by=ada, shown=subject_of(row.dataset).seal)
    assert "declaration" not in open_kinds()


def test_another_title_or_edition_of_the_same_data(row, ada, monkeypatch):
    shown = subject_of(row.dataset).seal
    dataset = row.dataset
    dataset.refresh_from_db()
    change_record(dataset, replace(to_record(dataset), title={"it": "Altro"}), by=ada, expected=dataset.checksum)
    assert subject_of(dataset).seal == shown

    monkeypatch.setattr("opentusk.editorial.signing.EDITION", "2027-1")
    assert subject_of(dataset).seal != shown


def test_the_page_refuses_in_plain_words_and_shows_what_is_there_now(row, give, client, ada):
    client.force_login(User.objects.get(pk=ada.user_id))
    address = reverse("declaration", args=[row.dataset_id])
    shown = client.get(address).context["subject"].seal
    add_version(row, give, ada)

    refused = client.post(address, {**SENT, "shown": shown})

    assert refused.status_code == 400
    assert "Mentre rispondevi" in refused.text and "versione 2" in refused.text
    now = refused.context["subject"].seal
    assert f'name="shown" value="{now}"' in refused.text
    assert client.post(address, {**SENT, "shown": now}).status_code == 302


def test_a_page_that_was_shown_nothing_signs_nothing(row, client, ada):
    client.force_login(User.objects.get(pk=ada.user_id))

    assert client.post(reverse("declaration", args=[row.dataset_id]), SENT).status_code == 400
    assert not Declaration.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_the_same_page_at_once_one_is_told(draft, ada, bice):
    shown = subject_of(draft).seal

    acts = [partial(sign_declaration, draft, ANSWERS, by=by, shown=shown) for by in (ada, bice)]

    given = at_once(*acts, refusals=(ChangedMeanwhile,))

    assert sorted(type(one).__name__ for one in given) == ["ChangedMeanwhile", "Declaration"]
    assert Declaration.objects.count() == 1
