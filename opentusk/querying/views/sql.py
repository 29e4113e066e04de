"""SQL: over one table, called `t`, or over several, called by their UUID."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from opentusk.kit.queries.sql.pool import SqlRequest
from opentusk.querying.answering import Made, for_programs, send
from opentusk.querying.callers import callers
from opentusk.querying.documents import columns_json, headers_of, joined, plain_links
from opentusk.querying.gates import asking_sql
from opentusk.querying.sql import pool, read_asked, request_on_named, request_on_table
from opentusk.querying.subjects import Subject, find_subject


@for_programs("GET", "POST")
def table_sql(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """One SELECT over one table."""
    subject = find_subject(uuid, number=number)
    return _answer(request, request_on_table(subject, read_asked(request)), [subject])


@for_programs("GET", "POST")
def sql(request: HttpRequest) -> HttpResponse:
    """One SELECT over public tables."""
    asked, subjects = request_on_named(read_asked(request))
    for subject in subjects:
        callers.note(request, subject.table.uuid)
    return _answer(request, asked, subjects)


def _answer(request: HttpRequest, asked: SqlRequest, subjects: Sequence[Subject]) -> HttpResponse:
    def make() -> Made:
        found = pool().run(asked, seconds=float(settings.SQL_SECONDS))
        meta: dict[str, object] = {
            "rows": found.count,
            "limit": asked.limit,
            "truncated": found.is_truncated,
            "versions": {str(subject.table.uuid): subject.version.number for subject in subjects},
            "took_ms": found.took_ms,
        }
        links = plain_links(request, subjects[0]) if len(subjects) == 1 else {}
        headers = headers_of(subjects[0], links) if len(subjects) == 1 else {}
        return Made(joined(found.rows, columns=columns_json(found.columns), meta=meta, links=links), headers)

    fingerprint = "|".join((*(subject.fingerprint for subject in subjects), repr(asked)))
    return send(request, fingerprint, make, turn=asking_sql)
