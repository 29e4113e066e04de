"""Proves that asked work is done once it is due, tried again when it fails, and never asked twice for one key."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.journal.actions import enqueue
from opentusk.journal.models import Task
from opentusk.journal.schedule import Scheduled, tick
from opentusk.journal.tasks import MAX_ATTEMPTS, run_next, take_back_orphans

pytestmark = pytest.mark.django_db

DONE: list[int] = []


def work(number: int = 0) -> None:
    """What the tasks of this file do."""
    if number < 0:
        raise ValueError("negative")
    DONE.append(number)


WORK = f"{__name__}.work"
CLOCK = (Scheduled("hourly", 3600, WORK),)


@pytest.fixture(autouse=True)
def nothing_done():
    DONE.clear()


def test_due_tasks_run_oldest_first():
    enqueue(WORK, number=1)
    enqueue(WORK, number=2)

    while run_next():
        pass

    assert DONE == [1, 2]
    assert set(Task.objects.values_list("status", flat=True)) == {"done"}


def test_a_task_for_later_waits():
    enqueue(WORK, number=1, at=timezone.now() + timedelta(hours=1))

    assert run_next() is False
    assert run_next(now=timezone.now() + timedelta(hours=2)) is True


def test_the_same_key_is_asked_once_while_it_waits():
    first = enqueue(WORK, key="source:1", number=1)
    second = enqueue(WORK, key="source:1", number=1)

    assert first.pk == second.pk


def test_a_failing_task_is_tried_again_and_at_last_given_up():
    task = enqueue(WORK, key="bad", number=-1)
    now = timezone.now()

    for attempt in range(MAX_ATTEMPTS):
        assert run_next(now=now + timedelta(days=attempt + 1)) is True

    task.refresh_from_db()
    assert task.status == Task.Status.FAILED
    assert "negative" in task.fault
    assert run_next(now=now + timedelta(days=99)) is False


def test_a_task_of_a_dead_worker_is_taken_back():
    enqueue(WORK, number=7)
    Task.objects.update(status=Task.Status.RUNNING)

    assert take_back_orphans() == 1
    run_next()

    assert DONE == [7]


def test_the_clock_asks_once_a_period(settings):
    settings.SCHEDULE = f"{__name__}.CLOCK"
    now = timezone.now()

    assert tick(now=now) == ["hourly"]
    assert tick(now=now + timedelta(minutes=59)) == []
    assert tick(now=now + timedelta(minutes=61)) == ["hourly"]
