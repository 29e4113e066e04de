"""Proves, with real connections at the same time, that two people never make a third state of what they share."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connections

from opentusk.catalog import actions
from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.tests.records import distribution, trees
from opentusk.catalog.tests.test_visibility import STEPS, Life, check
from opentusk.files import actions as files
from opentusk.files.errors import FileRefusal, SameBytes
from opentusk.files.models import FileVersion, StoredFile
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
CC_BY = distribution("x").license


def at_once(*acts, refusals: tuple[type[Exception], ...] = (CatalogRefusal, FileRefusal)):
    """What each of the actions gave, or the refusal that it met; all of them begin together."""

    def run(act):
        try:
            return act()
        except refusals as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def row(lecce) -> Distribution:
    dataset = actions.create_draft(trees(distribution=()), holder=lecce, by=SYSTEM)
    first = files.receive([b"a;b\n0;0\n"], name="a.csv", agent=lecce, by=SYSTEM)
    row = actions.attach_file(dataset, first, name="a.csv", by=SYSTEM, license=CC_BY)
    actions.lift_hold(Hold.objects.get(), by=SYSTEM, reason="letto")
    actions.publish(dataset, by=SYSTEM)
    return row


def test_versions_given_at_once_have_numbers_of_their_own(row, lecce):
    contents = [f"a;b\n{number};1\n".encode() for number in range(6)]

    def renew(content):
        stored = files.receive([content], name="a.csv", agent=lecce, by=SYSTEM)
        return actions.add_file_version(row, stored, name="a.csv", by=SYSTEM)

    at_once(*(lambda content=content: renew(content) for content in contents))

    assert sorted(FileVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
    assert Hold.objects.still_open().count() == 6


def test_the_same_bytes_given_at_once_are_one_version(row, lecce):
    def renew():
        stored = files.receive([b"a;b\n9;9\n"], name="a.csv", agent=lecce, by=SYSTEM)
        return actions.add_file_version(row, stored, name="a.csv", by=SYSTEM)

    answers = at_once(*[renew] * 6)

    assert sum(isinstance(answer, FileVersion) for answer in answers) == 1
    assert sum(isinstance(answer, SameBytes) for answer in answers) == 5
    assert StoredFile.objects.filter(sha256=StoredFile.objects.latest("pk").sha256).count() == 1


def test_a_draft_published_twice_at_once_releases_its_file_once(lecce):
    dataset = actions.create_draft(trees(distribution=()), holder=lecce, by=SYSTEM)
    stored = files.receive([b"a;b\n0;0\n"], name="a.csv", agent=lecce, by=SYSTEM)
    actions.attach_file(dataset, stored, name="a.csv", by=SYSTEM, license=CC_BY)
    actions.lift_hold(Hold.objects.get(), by=SYSTEM, reason="letto")

    at_once(*(lambda: actions.publish(Dataset.objects.get(), by=SYSTEM) for _number in range(4)))

    assert Dataset.objects.get().is_published
    assert Entry.objects.filter(event="files.version_released").count() == 1


def test_a_hold_that_meets_a_publication_is_never_overtaken(lecce):
    """Whoever is first: with the hold open, the version is not public."""
    for number in range(6):
        dataset = actions.create_draft(trees(f"c_e506:gara-{number}", distribution=()), holder=lecce, by=SYSTEM)
        stored = files.receive([f"a;b\n{number};0\n".encode()], name="a.csv", agent=lecce, by=SYSTEM)
        row = actions.attach_file(dataset, stored, name="a.csv", by=SYSTEM, license=CC_BY)
        version = row.series.versions.get()
        actions.lift_hold(version.holds.get(), by=SYSTEM, reason="letto")

        at_once(
            lambda dataset=dataset: actions.publish(Dataset.objects.get(pk=dataset.pk), by=SYSTEM),
            lambda dataset=dataset, version=version: actions.open_hold(
                dataset, Hold.Kind.PERSONAL_DATA, version=version, by=SYSTEM
            ),
        )

        version.refresh_from_db()
        assert version.is_pending
        assert Hold.objects.still_open().filter(version=version).exists()


def test_four_people_at_once_show_nothing_too_early(lecce):
    for seed in range(2):
        life = Life(lecce, f"c_e506:vita-{seed}")

        def live(person: int, seed=seed, life=life) -> None:
            chance = Random(seed * 10 + person)
            own = Life.__new__(Life)
            own.lecce, own.dataset, own.given = lecce, life.dataset, 1000 * (person + 1)
            for _step in range(8):
                name = chance.choice([*STEPS, "attach", "lift", "lift", "publish", "renew"])
                try:
                    getattr(own, name)(chance.randrange(20))
                except (CatalogRefusal, FileRefusal):
                    continue

        at_once(*(lambda person=person, live=live: live(person) for person in range(4)))

        check(life.dataset)
