"""Runs the task list: one task at a time, retried with growing pauses, taken back when a worker died."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from opentusk.journal.models import Task

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5


def run_next(*, now: datetime | None = None) -> bool:
    """Run the oldest due task; False when there was none."""
    task = _take(now or timezone.now())
    if task is None:
        return False
    try:
        import_string(task.function)(**task.arguments)
    except Exception as fault:
        logger.exception("task %s failed", task.pk)
        _postpone(task, repr(fault))
    else:
        task.status = Task.Status.DONE
        task.finished_at = timezone.now()
        task.save(update_fields=["status", "finished_at"])
    return True


def take_back_orphans() -> int:
    """Put the tasks that a dead worker was running back in the list. Called when the only worker starts."""
    running = Task.objects.filter(status=Task.Status.RUNNING)
    # A task that takes its worker down with it must not do so for ever.
    running.filter(attempts__gte=MAX_ATTEMPTS).update(status=Task.Status.FAILED, fault="the worker died")
    return running.update(status=Task.Status.WAITING, key="")


def forget_done(*, days: int = 30) -> None:
    """Delete the rows of work that was done long ago."""
    limit = timezone.now() - timedelta(days=days)
    Task.objects.filter(status=Task.Status.DONE, finished_at__lt=limit).delete()


@transaction.atomic
def _take(now: datetime) -> Task | None:
    task = Task.objects.due(now).select_for_update(skip_locked=True, no_key=True).first()
    if task is None:
        return None
    task.status = Task.Status.RUNNING
    task.attempts += 1
    task.started_at = now
    task.save(update_fields=["status", "attempts", "started_at"])
    return task


def _postpone(task: Task, fault: str) -> None:
    task.fault = fault
    task.status = Task.Status.FAILED if task.attempts >= MAX_ATTEMPTS else Task.Status.WAITING
    task.next_attempt_at = timezone.now() + timedelta(minutes=2**task.attempts)
    if task.status == Task.Status.WAITING:
        # Another task with the same key may be waiting by now; the retry must not collide with it.
        task.key = ""
    task.save(update_fields=["fault", "status", "next_attempt_at", "key"])
