"""Proves that no file takes the portal down: too heavy is told, a full disk loses nothing, remains are swept."""

import os
import resource
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from opentusk.catalog.actions.looking import lift_signed
from opentusk.catalog.models import Hold
from opentusk.journal.tasks import run_next
from opentusk.tables.actions import rebuild_tables, tidy
from opentusk.tables.folders import tables_dir
from opentusk.tables.models import FileReading, TableVersion
from opentusk.tables.tests.conftest import TREES, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk_takes():
    """A disk that refuses files beyond a size, for whatever is started meanwhile: the same answer as a full one."""

    @contextmanager
    def limited(*, megabytes: int):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes * 1024 * 1024, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited


def noise(rows: int) -> bytes:
    """Numbers that no compression makes small."""
    draw = Random(7)
    cells = (f"{draw.random():.15f};{draw.random():.15f};{draw.random():.15f}\n" for _row in range(rows))
    return b"a;b;c\n" + "".join(cells).encode()


def test_a_file_that_needs_more_memory_than_it_may_have_is_told_so(give, settings):
    settings.TABLES_MEMORY = 120

    file = give(noise(200_000), "rumore.csv")

    reading = FileReading.objects.of_file(file).get()
    assert (reading.state, reading.code) == (FileReading.State.UNREADABLE, "examining.too_heavy")
    assert Hold.objects.still_open().get().kind == Hold.Kind.DECLARATION


def test_what_could_not_be_looked_into_is_public_only_after_a_person_answered_for_it(out, give, dataset, settings, ada):
    file = out().distribution
    settings.TABLES_SECONDS = 0
    give(TREES.replace(b"Quercus", b"Pinus"), to=file)

    waiting = file.series.versions.newest_first().first()
    assert waiting.is_pending
    assert Hold.objects.still_open().get().version == waiting

    lift_signed(dataset, by=ada, reason="firmata")
    waiting.refresh_from_db()
    assert waiting.is_public


def test_a_file_that_takes_too_long_is_told_so(give, settings):
    settings.TABLES_SECONDS = 0

    file = give()

    assert FileReading.objects.of_file(file).get().code == "examining.too_long"


def test_twenty_thousand_columns_are_told(give):
    wide = b";".join(b"c%d" % number for number in range(20_000)) + b"\n" + b";".join([b"1"] * 20_000) + b"\n"

    file = give(wide, "largo.csv")

    assert FileReading.objects.of_file(file).get().code == "table.too_many_columns"


def test_on_a_full_disk_nothing_is_lost_and_the_reading_begins_again(dataset, give, disk_takes):
    content = noise(200_000)
    file = give(content, "rumore.csv", is_read=False)
    with disk_takes(megabytes=4):
        work()

    reading = FileReading.objects.of_file(file).get()
    assert (reading.state, reading.code) == (FileReading.State.WAITING, "examining.no_room")
    assert Hold.objects.still_open().get().kind == Hold.Kind.EXAMINATION
    assert not TableVersion.objects.exists()
    assert file.series.versions.get().stored.path.read_bytes() == content

    assert run_next(now=timezone.now() + timedelta(hours=1))
    reading.refresh_from_db()
    assert reading.state == FileReading.State.DONE
    assert TableVersion.objects.get().rows == 200_000


def test_remains_of_dead_readings_are_swept_and_tables_are_not(out):
    table = out()
    remains = tables_dir() / "scratch" / "morta"
    remains.mkdir(parents=True)
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(remains, (yesterday, yesterday))
    os.utime(table.latest.parquet.parent, (yesterday, yesterday))

    tidy()

    assert not remains.exists()
    assert table.latest.parquet.exists()


def test_old_parquet_goes_and_comes_back(out, give, settings):
    settings.TABLES_KEPT_VERSIONS = 1
    table = out()
    give(TREES.replace(b"4,50", b"5,00"), to=table.distribution)

    tidy()
    assert [bool(version.folder) for version in table.versions.newest_first()] == [True, False]

    settings.TABLES_KEPT_VERSIONS = 12
    assert rebuild_tables() == 2
    old = table.versions.get(number=1)
    assert old.parquet.exists()
    assert old.rows == 2
