"""Letting the demonstration's past have happened then: the journal and the rows say the instants of that time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Max, Model, QuerySet

from opentusk.journal.models import Entry


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What the journal is told inside happened at that instant."""
    before = Entry.objects.aggregate(last=Max("seq"))["last"] or 0
    yield
    Entry.objects.filter(seq__gt=before).update(at=moment)


def dated(rows: QuerySet[Model], moment: datetime, *fields: str) -> None:
    """Rows that came into being at that instant."""
    rows.update(**dict.fromkeys(fields, moment))
