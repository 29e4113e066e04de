"""What a service gives now, before anything is connected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opentusk.feeding.calling import asking
from opentusk.feeding.errors import CallFailed
from opentusk.kit.errors import Unreadable
from opentusk.kit.webservices.answers import read_answer
from opentusk.kit.webservices.guessing import guess_service
from opentusk.kit.webservices.shapes import Field, Row, Service
from opentusk.kit.webservices.tables import suggest_mapping
from opentusk.kit.webservices.walking import first_address

_SHOWN = 8
_SAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class MappingRow:
    """A field of the service, the column proposed for it, and a few of its values."""

    path: str
    column: str
    samples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The first rows of a service, how it is built, and a column for each field."""

    service: Service
    fields: tuple[Field, ...]
    mapping: tuple[MappingRow, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int | None


def preview_service(
    service: Service, secret_headers: dict[str, str], *, guess: bool, known: Sequence[Field] = ()
) -> Preview:
    """Ask for the first page. With `guess`, how the answer is built is found out. Raises CallFailed."""
    ask = asking(service.url, secret_headers)
    try:
        reply = ask(service.url if guess else first_address(service))
        # The address as it was typed: a service behind a redirect is asked at its own door the next time too.
        found = replace(guess_service(reply), url=service.url) if guess else service
        answer = read_answer(reply, found)
    except Unreadable as fault:
        raise CallFailed(fault.reason, fault.detail[:500]) from fault
    if not answer.rows:
        raise CallFailed("service.empty")
    fields = suggest_mapping(answer.rows, known)
    kept = [field for field in fields if field.column]
    return Preview(
        service=found,
        fields=fields,
        mapping=tuple(
            MappingRow(path=field.path, column=field.column, samples=_samples(answer.rows, field.path))
            for field in fields
        ),
        header=tuple(field.column for field in kept),
        rows=tuple(tuple(row.get(field.path, "") for field in kept) for row in answer.rows[:_SHOWN]),
        total=answer.total,
    )


def _samples(rows: Sequence[Row], path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[path] for row in rows if row.get(path)))[:_SAMPLES]
