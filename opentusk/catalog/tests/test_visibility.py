"""Proves, over random lives of a dataset, that nobody reads a version before its dataset, or while a hold is on it."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.catalog import actions
from opentusk.catalog.errors import CatalogRefusal
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.tests.records import distribution, trees
from opentusk.files import actions as files
from opentusk.files.addresses import latest_path, version_path
from opentusk.files.errors import FileRefusal
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db
KINDS = (Hold.Kind.EXAMINATION, Hold.Kind.REVIEW, Hold.Kind.SCHEMA_CHANGE)
CC_BY = distribution("x").license


class Life:
    """One dataset, and what may happen to it; `number` chooses which file, version or hold is meant."""

    def __init__(self, lecce, identifier: str = "c_e506:alberi") -> None:
        self.lecce = lecce
        self.given = 0
        self.dataset = actions.create_draft(trees(identifier, distribution=()), holder=lecce, by=SYSTEM)

    def attach(self, _number: int) -> None:
        actions.attach_file(self._fresh(), self._file(), name="a.csv", by=SYSTEM, license=CC_BY)

    def renew(self, number: int) -> None:
        if row := self._one(Distribution.objects.with_file().filter(dataset=self.dataset), number):
            actions.add_file_version(row, self._file(), name="a.csv", by=SYSTEM)

    def hold_version(self, number: int) -> None:
        if version := self._one(self._versions(), number):
            actions.open_hold(self._fresh(), KINDS[number % 3], version=version, by=SYSTEM)

    def hold_dataset(self, number: int) -> None:
        actions.open_hold(self._fresh(), KINDS[number % 3], by=SYSTEM)

    def lift(self, number: int) -> None:
        if hold := self._one(Hold.objects.still_open().filter(dataset=self.dataset).oldest_first(), number):
            actions.lift_hold(hold, by=SYSTEM, reason="prova")

    def refuse(self, number: int) -> None:
        if version := self._one(self._versions(), number):
            actions.refuse_file(version, by=SYSTEM, reason="prova")

    def remove(self, number: int) -> None:
        if row := self._one(Distribution.objects.with_file().filter(dataset=self.dataset), number):
            actions.remove_file(row, by=SYSTEM, reason="prova")

    def publish(self, _number: int) -> None:
        actions.publish(self._fresh(), by=SYSTEM)

    def withdraw(self, _number: int) -> None:
        actions.withdraw(self._fresh(), by=SYSTEM, reason="prova")

    def restore(self, _number: int) -> None:
        actions.restore(self._fresh(), by=SYSTEM)

    def _versions(self):
        return FileVersion.objects.filter(series__distribution__dataset=self.dataset).order_by("pk")

    def _fresh(self) -> Dataset:
        return Dataset.objects.with_holder().get(pk=self.dataset.pk)

    def _file(self):
        self.given += 1
        return files.receive([f"a;b\n{self.given};2\n".encode()], name="a.csv", agent=self.lecce, by=SYSTEM)

    @staticmethod
    def _one(rows, number: int):
        found = list(rows)
        return found[number % len(found)] if found else None


STEPS = [name for name in vars(Life) if not name.startswith("_")]
# Most lives should get somewhere: the steps that let things through come more often.
LIVES = st.lists(
    st.tuples(st.sampled_from([*STEPS, "lift", "lift", "publish", "attach", "renew"]), st.integers(0, 20)),
    min_size=4,
    max_size=16,
)


def check(dataset: Dataset) -> None:
    """What must be true whatever happened."""
    is_published = Dataset.objects.get(pk=dataset.pk).is_published
    for version in FileVersion.objects.with_file():
        is_held = Hold.objects.still_open().filter(version=version).exists()
        answer = Client().head(version_path(version)).status_code
        if answer == 200:
            assert is_published
            assert not is_held
        latest = version.series.latest
        if latest and Client().head(latest_path(version.series)).status_code == 200:
            assert is_published
            assert not Hold.objects.still_open().filter(version=latest).exists()
            assert latest.number == max(version.series.versions.public().values_list("number", flat=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=LIVES)
def test_no_life_of_a_dataset_shows_a_version_too_early(lecce, steps):
    with transaction.atomic():
        life = Life(lecce)
        for name, number in steps:
            try:
                getattr(life, name)(number)
            except (CatalogRefusal, FileRefusal):
                continue
            check(life.dataset)
        transaction.set_rollback(True)


def test_the_lives_do_show_versions_in_the_end(lecce):
    life = Life(lecce)
    for name in ("attach", "lift", "publish", "renew", "lift"):
        getattr(life, name)(0)

    assert [Client().head(version_path(version)).status_code for version in FileVersion.objects.with_file()] == [
        200,
        200,
    ]
