"""The events of each month as a dataset of the portal itself: one CSV a month, kept for ever."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO

from django.utils import timezone

from opentusk.editorial.own_datasets import CC_ZERO, OwnDataset
from opentusk.notices.models import Event, EventQuerySet
from opentusk.notices.shapes import name_of

ARCHIVE = OwnDataset(
    name="eventi-del-portale",
    title="Eventi del portale dei dati aperti",
    description="Che cosa è successo ai dataset di questo portale, un file per mese e una riga per evento: "
    "pubblicazioni, modifiche delle descrizioni e dei dati, ritardi, ritiri. Solo eventi pubblici.",
    keywords=("eventi", "novità", "aggiornamenti"),
    frequency="MONTHLY",
    licence=CC_ZERO,
)
_COLUMNS = (
    "numero", "id", "tipo", "famiglia", "gravita", "quando", "dataset", "titolo", "titolare", "codice_ipa", "temi",
    "fatti",
)  # fmt: skip


def archive_months(*, today: date) -> list[str]:
    """Put every finished month that is not there yet into the dataset; the months that were put, as `2026-10`."""
    done = []
    for month in _finished_months(today):
        if not ARCHIVE.has_file(_file_name(month)):
            _archive(month)
            done.append(month)
    ARCHIVE.publish_when_ready()
    return done


def _finished_months(today: date) -> Iterator[str]:
    first = Event.objects.public().order_by("seq").values_list("at", flat=True).first()
    if first is None:
        return
    month = timezone.localtime(first).date().replace(day=1)
    while month < today.replace(day=1):
        yield f"{month:%Y-%m}"
        month = (month + timedelta(days=32)).replace(day=1)


def _archive(month: str) -> None:
    lines, modified = _lines(_events_of(month)), _last_day(month).isoformat()
    ARCHIVE.add_file(_file_name(month), lines, title=f"Eventi, {month}", modified=modified)


def _events_of(month: str) -> EventQuerySet:
    start = timezone.make_aware(datetime.fromisoformat(f"{month}-01"))
    end = timezone.make_aware(datetime.combine(_last_day(month) + timedelta(days=1), datetime.min.time()))
    return Event.objects.public().filter(at__gte=start, at__lt=end).with_dataset().order_by("seq")


def _last_day(month: str) -> date:
    return (date.fromisoformat(f"{month}-01") + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _file_name(month: str) -> str:
    return f"eventi-{month}.csv"


def _lines(events: EventQuerySet) -> Iterator[bytes]:
    """The CSV, piece by piece."""
    yield _line(_COLUMNS)
    for event in events.iterator(chunk_size=500):
        about, holder = event.payload.get("dataset") or {}, event.payload.get("holder") or {}
        yield _line(
            (
                event.seq,
                event.id,
                event.type,
                event.family,
                event.severity,
                event.at.isoformat(timespec="seconds"),
                about.get("identifier", ""),
                name_of(event),
                holder.get("name", ""),
                holder.get("identifier", ""),
                " ".join(event.themes),
                json.dumps({name: value for name, value in event.payload.items() if name not in _ABOUT}),
            )
        )


_ABOUT = frozenset({"dataset", "holder", "about", "schema_version"})


def _line(cells: tuple[object, ...]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()
