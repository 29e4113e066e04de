"""Proves that a file that a dataset only links to gets a copy for its table, and nothing else changes."""

from dataclasses import replace

import pytest

from opentusk.catalog.actions import change_record, create_draft, lift_hold, publish
from opentusk.catalog.models import Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution, trees
from opentusk.feeding.actions import call_address
from opentusk.feeding.errors import CallFailed
from opentusk.feeding.linking import watch_links
from opentusk.feeding.models import Call, WatchedAddress
from opentusk.feeding.refusals import words_for
from opentusk.files.models import FileSeries, FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.outbound.tests.local_server import Page

pytestmark = pytest.mark.django_db


def linking_to(url: str, **more):
    return trees(distribution=(distribution("alberi", access_url=url, download_url=(url,), **more),))


@pytest.fixture
def linked(site, lecce):
    site.pages["/alberi.csv"] = Page(b"Specie\nleccio\n", headers={"ETag": '"1"'})
    dataset = create_draft(linking_to(site.url("/alberi.csv")), holder=lecce, by=SYSTEM)
    return publish(dataset, by=SYSTEM)


def test_a_linked_table_is_copied_and_the_record_stays_as_it_was(linked):
    former = linked.record
    watch_links({linked.pk})

    call = call_address(WatchedAddress.objects.get())

    linked.refresh_from_db()
    row = linked.distributions.get()
    assert call.outcome == Call.Outcome.NEW
    assert (linked.record, linked.is_published, row.is_copy) == (former, True, True)
    assert FileVersion.objects.get().state == FileVersion.State.PENDING


def test_the_copy_is_public_after_its_examination_and_the_record_still_points_elsewhere(linked):
    former = linked.record
    watch_links({linked.pk})
    call_address(WatchedAddress.objects.get())

    lift_hold(Hold.objects.get(), by=SYSTEM, reason="nessun dato personale")

    linked.refresh_from_db()
    assert FileVersion.objects.get().state == FileVersion.State.PUBLIC
    assert linked.record == former


def test_a_body_without_room_reads_so_in_the_log_of_the_calls(linked, settings):
    watch_links({linked.pk})
    settings.BODY_QUOTA = 5

    call = call_address(WatchedAddress.objects.get())

    assert (call.outcome, call.message) == (Call.Outcome.FAILED, "service.not_kept")
    assert "già occupato" in words_for(CallFailed(call.message, call.detail))
    assert not FileVersion.objects.exists()


def test_a_draft_and_a_page_are_not_watched(site, lecce):
    draft = create_draft(linking_to(site.url("/alberi.csv")), holder=lecce, by=SYSTEM)
    html = "http://publications.europa.eu/resource/authority/file-type/HTML"
    page = create_draft(
        trees("c_e506:pagina", distribution=(distribution("pagina", format=html),)), holder=lecce, by=SYSTEM
    )

    watch_links({draft.pk, page.pk})

    assert not WatchedAddress.objects.exists()


def test_watching_again_changes_nothing_and_a_new_address_is_read_from_the_start(site, linked):
    watch_links({linked.pk})
    call_address(WatchedAddress.objects.get())
    watch_links({linked.pk})
    same = WatchedAddress.objects.get()
    record = to_record(linked)
    moved = linking_to(site.url("/altri.csv")).distribution[0]
    part = record.distribution[0]

    changed = replace(
        record, distribution=(replace(part, access_url=moved.access_url, download_url=moved.download_url),)
    )
    linked = change_record(linked, changed, by=SYSTEM, expected=linked.checksum)
    watch_links({linked.pk})

    assert same.sha256
    now = WatchedAddress.objects.get()
    assert (now.pk, now.url.endswith("/altri.csv"), now.sha256, now.etag) == (same.pk, True, "", "")


def test_a_file_that_is_offered_no_longer_leaves_nothing_behind(site, linked):
    watch_links({linked.pk})
    call_address(WatchedAddress.objects.get())
    other = linking_to("https://dati.example.org/altri.csv")

    linked = change_record(linked, other, by=SYSTEM, expected=linked.checksum)
    watch_links({linked.pk})

    assert not FileSeries.objects.exists()
    assert WatchedAddress.objects.get().url == "https://dati.example.org/altri.csv"


def test_the_operator_may_leave_links_alone(settings, linked):
    settings.WATCH_LINKS = False

    watch_links({linked.pk})

    assert not WatchedAddress.objects.exists()
