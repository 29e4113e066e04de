"""Writing the journal and the task list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from opentusk.journal.actors import Actor
from opentusk.journal.models import Entry, Task, reference_of

# The number is arbitrary and only has to be the same everywhere: it names "appending to the journal".
_APPEND_LOCK = 7_305_117


def record(
    event: models.TextChoices | str,
    subject: models.Model,
    *,
    by: Actor,
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    is_public: bool = False,
) -> Entry:
    """Append what happened, inside the caller's transaction, as its last write."""
    return record_many([draft(event, subject, by=by, changes=changes, facts=facts, is_public=is_public)])[0]


def draft(
    event: models.TextChoices | str,
    subject: models.Model,
    *,
    by: Actor,
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    is_public: bool = False,
) -> Entry:
    """An entry not yet written, for actions that write many at once with `record_many`."""
    return Entry(
        event=str(event),
        actor=by.reference,
        actor_label=by.label,
        subject=reference_of(subject),
        changes=dict(changes or {}),
        facts=dict(facts or {}),
        is_public=is_public,
    )


def record_many(entries: list[Entry]) -> list[Entry]:
    """Append several entries at once, in order, so that no reader ever sees a later one before an earlier one."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("the journal is written inside the action's transaction")
    _wait_for_the_pen()
    return Entry.objects.bulk_create(entries)


def _wait_for_the_pen() -> None:
    """Let one transaction append at a time: PostgreSQL hands out numbers before it commits them.

    A reader at 10 that has seen 11 would never go back. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_APPEND_LOCK])


def enqueue(function: str, *, key: str = "", at: datetime | None = None, **arguments: Any) -> Task:
    """Ask the worker to call `function` (a dotted path) with `arguments`, at once or at `at`.

    With a `key`, the same work is not asked twice while the first still waits: that first task is given back.
    """
    if key and (waiting := Task.objects.filter(key=key, status=Task.Status.WAITING).first()):
        return waiting
    return Task.objects.create(function=function, arguments=arguments, key=key, next_attempt_at=at or timezone.now())
