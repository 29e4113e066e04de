"""Proves that files come and go with their dataset: never public before it, described by their content."""

from dataclasses import replace

import pytest
from django.test import Client

from opentusk.catalog import actions
from opentusk.catalog.actions.looking import lift_signed
from opentusk.catalog.errors import NotAllowed, NotPublishable, OnHold
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.storing import store_records
from opentusk.catalog.tests.records import distribution, trees
from opentusk.catalog.tests.test_storing import incoming
from opentusk.files.addresses import latest_address, latest_path, version_path
from opentusk.files.errors import SameBytes
from opentusk.files.models import FileSeries, FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry

pytestmark = pytest.mark.django_db
CC_BY = distribution("x").license
MORE = b"codice;specie\n071057;Quercus ilex\n071058;Pinus pinea\n"


@pytest.fixture
def draft(lecce):
    return actions.create_draft(trees(distribution=()), holder=lecce, by=SYSTEM)


@pytest.fixture
def row(draft, give, ada) -> Distribution:
    return actions.attach_file(draft, give(), name="alberi.csv", by=ada, title={"it": "Alberi, CSV"}, license=CC_BY)


@pytest.fixture
def public(draft, row):
    examined(row)
    return actions.publish(draft, by=SYSTEM)


def examined(row: Distribution, **facts) -> None:
    """What the tables room does when it has read a file."""
    for hold in Hold.objects.still_open().of_kind("examination").filter(version__series=row.series):
        actions.lift_hold(hold, by=SYSTEM, reason="letto", facts=facts)


def status(path: str) -> int:
    return Client().head(path).status_code


def record_of(dataset):
    return to_record(Dataset.objects.with_holder().get(pk=dataset.pk))


def events(dataset: Dataset) -> list[str]:
    return [entry.event.partition(".")[2] for entry in Entry.objects.about(dataset).order_by("seq")]


def test_a_file_describes_itself_by_its_content(draft, row, give):
    part = record_of(draft).distribution[0]

    stored = give()
    assert part.access_url == latest_address(row.series)
    assert part.download_url == (part.access_url,)
    assert (part.byte_size, part.checksum.value) == (stored.size, stored.sha256)
    assert part.checksum.algorithm == "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
    assert part.format.endswith("/file-type/CSV")
    assert part.media_type.endswith("/text/csv")
    assert part.iri.endswith(str(row.uuid))


def test_a_draft_with_a_file_is_public_when_its_file_was_read(draft, row):
    with pytest.raises(OnHold) as refused:
        actions.publish(draft, by=SYSTEM)
    assert [hold.kind for hold in refused.value.holds] == ["examination"]
    assert status(latest_path(row.series)) == 404

    examined(row)
    actions.publish(draft, by=SYSTEM)

    assert status(latest_path(row.series)) == 200
    assert events(draft)[-2:] == ["dataset_published", "file_released"]


def test_the_date_of_the_data_is_the_editors_until_the_content_changes(public, row, give, ada):
    assert record_of(public).modified == "2026-09-12"

    actions.add_file_version(row, give(MORE), name="alberi.csv", by=ada)
    examined(row)

    record = record_of(public)
    assert record.modified > "2026-09-12"
    assert record.distribution[0].byte_size == len(MORE)
    assert record.distribution[0].modified == record.modified


def test_other_bytes_with_the_same_table_do_not_change_the_date(public, row, give, ada):
    actions.add_file_version(row, give(MORE), name="alberi.csv", by=ada)
    examined(row, is_same_content=True)

    assert record_of(public).modified == "2026-09-12"
    assert record_of(public).distribution[0].byte_size == len(MORE)


def test_a_new_version_waits_while_the_old_one_stays(public, row, give, ada):
    version = actions.add_file_version(row, give(MORE), name="alberi.csv", by=ada)

    assert status(version_path(version)) == 404
    assert Client().head(latest_path(row.series)).headers["Content-Length"] != str(len(MORE))
    assert record_of(public).distribution[0].byte_size != len(MORE)


def test_the_same_bytes_again_are_no_version(public, row, give, ada):
    with pytest.raises(SameBytes):
        actions.add_file_version(row, give(), name="alberi.csv", by=ada)

    assert FileVersion.objects.count() == 1
    assert not Hold.objects.still_open().exists()


def test_what_nobody_has_seen_is_replaced_in_a_draft_and_never_shown(draft, row, give, ada):
    first = row.series.versions.get()
    actions.add_file_version(row, give(MORE), name="alberi.csv", by=ada)
    examined(row)
    actions.publish(draft, by=SYSTEM)

    first.refresh_from_db()
    assert first.state == FileVersion.State.REFUSED
    assert status(version_path(first)) == 404


def test_a_file_added_to_a_public_dataset_is_in_its_record_only_when_it_is_public(public, give, ada):
    row = actions.attach_file(public, give(MORE), name="piante.csv", by=ada, title={"it": "Piante"}, license=CC_BY)
    examined(row)
    assert len(record_of(public).distribution) == 1
    assert [hold.kind for hold in Hold.objects.still_open()] == ["declaration"]

    lift_signed(public, by=ada, reason="firmata")

    part = record_of(public).distribution[1]
    assert (part.title["it"], part.access_url) == ("Piante", latest_address(row.series))
    assert record_of(public).modified > "2026-09-12"


def test_a_file_that_would_make_a_public_dataset_invalid_is_refused_at_once(public, give, ada):
    with pytest.raises(NotPublishable):
        actions.attach_file(public, give(MORE), name="senza-licenza.csv", by=ada)

    assert FileSeries.objects.count() == 1


def test_a_withdrawn_dataset_takes_its_files_along_and_brings_them_back(public, row):
    actions.withdraw(public, by=SYSTEM, reason="Contiene un errore")
    answer = Client().get(latest_path(row.series))
    assert answer.status_code == 410
    assert "Contiene un errore" in answer.content.decode()

    actions.restore(public, by=SYSTEM)

    assert status(latest_path(row.series)) == 200


def test_a_hold_on_a_public_version_hides_it_at_once(public, row, give, ada):
    first = row.series.versions.get()
    second = actions.add_file_version(row, give(MORE), name="alberi.csv", by=ada)
    examined(row)

    actions.open_hold(public, Hold.Kind.PERSONAL_DATA, version=second, by=SYSTEM)

    assert (status(version_path(second)), status(version_path(first))) == (404, 200)
    assert record_of(public).distribution[0].byte_size == first.stored.size
    assert "file_held_back" in events(public)


def test_a_hold_opened_on_a_tombstone_outlives_its_restoring(public, row):
    version = row.series.versions.get()
    actions.withdraw(public, by=SYSTEM, reason="Da rivedere")
    actions.open_hold(public, Hold.Kind.PERSONAL_DATA, version=version, by=SYSTEM)

    with pytest.raises(OnHold):
        actions.restore(public, by=SYSTEM)

    assert status(version_path(version)) == 404


def test_the_same_hold_is_opened_once(draft):
    first = actions.open_hold(draft, Hold.Kind.PERSONAL_DATA, by=SYSTEM, facts={"a": 1})
    second = actions.open_hold(draft, Hold.Kind.PERSONAL_DATA, by=SYSTEM, facts={"b": 2})

    assert first.pk == second.pk
    assert Hold.objects.get().facts == {"a": 1, "b": 2}


def test_who_publishes_does_not_decide_on_personal_data(draft, row, ada, carla):
    hold = actions.open_hold(draft, Hold.Kind.PERSONAL_DATA, version=row.series.versions.get(), by=SYSTEM)

    for by in (ada, carla, SYSTEM):
        with pytest.raises(NotAllowed):
            actions.lift_hold(hold, by=by, reason="va bene così")


def test_a_refused_version_never_comes_back(public, row, give, ada):
    version = actions.add_file_version(row, give(MORE), name="alberi.csv", by=ada)
    actions.open_hold(public, Hold.Kind.PERSONAL_DATA, version=version, by=SYSTEM)

    actions.refuse_file(version, by=ada, reason="nomi di persone")

    assert not Hold.objects.still_open().exists()
    assert events(public)[-1] == "file_refused"
    assert status(version_path(version)) == 404
    assert actions.add_file_version(row, give(MORE + b"1;2\n"), name="alberi.csv", by=ada).number == 3


def test_a_dataset_whose_only_version_was_refused_says_what_is_missing(draft, row, ada):
    actions.refuse_file(row.series.versions.get(), by=ada, reason="nomi di persone")

    with pytest.raises(NotPublishable) as refused:
        actions.publish(draft, by=SYSTEM)

    assert [problem.code for problem in refused.value.problems] == ["catalog.no_version"]


def test_a_file_leaves_a_public_dataset_with_its_reason(public, row, give, ada):
    more = actions.attach_file(public, give(MORE), name="piante.csv", by=SYSTEM, license=CC_BY)
    examined(more)

    actions.remove_file(row, by=ada, reason="Sostituito dalle piante")

    assert [part.access_url for part in record_of(public).distribution] == [latest_address(more.series)]
    assert Client().get(latest_path(row.series)).status_code == 410
    with pytest.raises(NotPublishable):
        actions.remove_file(more, by=ada, reason="Anche questo")


def test_a_deleted_draft_leaves_nothing_of_its_files(draft, row):
    actions.delete_draft(draft, by=SYSTEM)

    assert not FileSeries.objects.exists()
    assert status(latest_path(row.series)) == 404


def test_a_description_that_forgets_a_file_does_not_lose_it(public, row, ada):
    public.refresh_from_db()
    before = record_of(public).distribution
    forgetful = replace(record_of(public), title={"it": "Alberi di Lecce"}, distribution=())

    actions.change_record(public, forgetful, by=ada, expected=public.checksum)

    assert record_of(public).title["it"] == "Alberi di Lecce"
    assert record_of(public).distribution == before


def test_a_description_cannot_say_another_thing_of_a_file_than_its_content(public, row, ada):
    public.refresh_from_db()
    part = record_of(public).distribution[0]
    lying = replace(part, byte_size=1, access_url="https://example.org/altro.csv", title={"it": "Un altro nome"})

    actions.change_record(public, replace(record_of(public), distribution=(lying,)), by=ada, expected=public.checksum)

    assert record_of(public).distribution[0] == replace(part, title={"it": "Un altro nome"})


def test_a_harvest_keeps_the_files_that_people_gave(lecce, give, ada):
    store_records([incoming(trees(), lecce)], origin="source:1", by=SYSTEM)
    dataset = Dataset.objects.get()
    row = actions.attach_file(dataset, give(), name="alberi.csv", by=SYSTEM, license=CC_BY)
    examined(row)

    store_records([incoming(trees(title={"it": "Dalla sorgente"}), lecce)], origin="source:1", by=SYSTEM)

    assert record_of(dataset).title["it"] == "Dalla sorgente"
    assert latest_address(row.series) in {part.access_url for part in record_of(dataset).distribution}


def test_an_archive_says_what_is_inside(draft, give, ada, tmp_path):
    import zipfile

    archive = tmp_path / "alberi.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("alberi.csv", "a;b\n1;2\n")

    row = actions.attach_file(draft, give(archive.read_bytes()), name="alberi.csv.zip", by=ada, license=CC_BY)

    part = next(part for part in record_of(draft).distribution if part.iri == row.iri)
    assert part.format.endswith("/file-type/CSV")
    assert part.compress_format.endswith("/application/zip")


def test_new_data_wait_for_whoever_gave_them_to_confirm(public, row, give, ada, bruno):
    second = actions.add_file_version(row, give(MORE), name="alberi.csv", by=ada)
    hold = actions.open_hold(public, Hold.Kind.UPDATE, version=second, by=ada)
    examined(row)
    assert status(version_path(second)) == 404

    with pytest.raises(NotAllowed):
        actions.lift_hold(hold, by=bruno, reason="confermo")
    actions.lift_hold(hold, by=ada, reason="confermo")

    assert status(version_path(second)) == 200
