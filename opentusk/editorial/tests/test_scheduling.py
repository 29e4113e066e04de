"""Proves that the clock publishes what it was asked, for who asked it, and says why when it cannot."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.catalog.actions import attach_file, lift_hold
from opentusk.catalog.errors import NotAllowed, WrongState
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.tests.records import distribution
from opentusk.editorial.actions import publish_due, schedule, set_reserve, sign_declaration, unschedule
from opentusk.editorial.tasks import publish_due as publish_by_clock
from opentusk.editorial.tests.conftest import ANSWERS
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def scheduled(draft, ada, tomorrow):
    sign_declaration(draft, ANSWERS, by=ada)
    return schedule(draft, at=tomorrow, by=ada)


def test_a_draft_becomes_public_at_its_time_and_not_before(scheduled, tomorrow, ada):
    publish_by_clock()
    assert not Dataset.objects.get().is_published

    assert publish_due(now=tomorrow) == 1

    assert Dataset.objects.get().is_published
    entry = Entry.objects.filter(event="catalog.dataset_published").get()
    assert entry.actor == ada.reference
    assert publish_due(now=tomorrow) == 0


def test_what_cannot_be_published_stays_a_draft_and_its_author_is_told(draft, ada, tomorrow):
    schedule(draft, at=tomorrow, by=ada)

    assert publish_due(now=tomorrow) == 0

    draft.refresh_from_db()
    assert (draft.status, draft.publish_at) == ("draft", None)
    assert mail.outbox[0].to == ["ada@example.org"]
    assert "dichiarazione" in mail.outbox[0].body
    assert f"/scrivania/dataset/{draft.pk}" in mail.outbox[0].body
    assert Entry.objects.filter(event="catalog.publication_failed").exists()


def test_a_file_that_is_still_being_read_is_waited_for(draft, give, ada, tomorrow):
    attach_file(draft, give(b"a;b\n1;2\n"), name="a.csv", by=ada, license=distribution("x").license)
    sign_declaration(draft, ANSWERS, by=ada)
    schedule(draft, at=tomorrow, by=ada)

    assert publish_due(now=tomorrow) == 0
    lift_hold(Hold.objects.get(kind="examination"), by=SYSTEM, reason="letto")
    assert publish_due(now=tomorrow + timedelta(minutes=1)) == 1
    assert mail.outbox == []


def test_a_file_that_is_never_read_is_not_waited_for_all_day(draft, give, ada, tomorrow):
    attach_file(draft, give(b"a;b\n1;2\n"), name="a.csv", by=ada, license=distribution("x").license)
    sign_declaration(draft, ANSWERS, by=ada)
    schedule(draft, at=tomorrow, by=ada)

    publish_due(now=tomorrow + timedelta(hours=7))

    assert len(mail.outbox) == 1


def test_who_lost_the_right_meanwhile_publishes_nothing(scheduled, lecce, tomorrow):
    lecce.status = "suspended"
    lecce.save(update_fields=["status"])

    assert publish_due(now=tomorrow) == 0

    assert not Dataset.objects.get().is_published


def test_it_is_taken_back(scheduled, tomorrow, ada):
    unschedule(scheduled, by=ada)

    assert publish_due(now=tomorrow) == 0
    assert mail.outbox == []


def test_the_past_and_others_are_no_time(draft, ada, bruno, tomorrow):
    with pytest.raises(WrongState):
        schedule(draft, at=timezone.now() - timedelta(minutes=1), by=ada)
    with pytest.raises(NotAllowed):
        schedule(draft, at=tomorrow, by=bruno)


def test_limits_are_said_to_everybody_and_end(draft, ada, client, tomorrow):
    sign_declaration(draft, ANSWERS, by=ada)
    schedule(draft, at=tomorrow, by=ada)
    publish_due(now=tomorrow)
    set_reserve(draft, limits="Mancano tre quartieri su dieci.", until=tomorrow.date(), by=ada)

    page = client.get(f"/dataset/{draft.slug}").content.decode()
    assert "Pubblicato con riserva" in page
    assert "Mancano tre quartieri su dieci." in page

    set_reserve(draft, limits="", until=None, by=ada)
    assert "Pubblicato con riserva" not in client.get(f"/dataset/{draft.slug}").content.decode()
