"""Rows, one row, the query grammar, facets: the answers that are counted in milliseconds."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.facets import MAX_VALUES, facets
from opentusk.kit.queries.grammar.conditions import read_list
from opentusk.kit.queries.query_grammar import parse_query
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.kit.queries.shapes import Query
from opentusk.kit.tables.shapes import Column
from opentusk.querying.answering import Made, for_programs, send
from opentusk.querying.documents import (
    facets_document,
    headers_of,
    page_document,
    page_links,
    plain_links,
    row_document,
)
from opentusk.querying.errors import NoSuchTable
from opentusk.querying.limits import LIMITS
from opentusk.querying.questions import pairs_of, question_for_row, value_of, without
from opentusk.querying.subjects import find_subject
from opentusk.tables.engine import engine

_Parse = Callable[[Iterable[tuple[str, str]], Sequence[Column]], Query]


@for_programs("GET")
def rows(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """A page of rows or groups, by `column__op=value`."""
    return _page(request, uuid, number, parse_rows)


@for_programs("GET")
def query(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """A page of rows or groups, by `select`, `where`, `group_by`, `having`, `order_by`."""
    return _page(request, uuid, number, parse_query)


@for_programs("GET")
def one_row(request: HttpRequest, uuid: UUID, key: str, number: int | None = None) -> HttpResponse:
    """The row with this key, or with this number (`_row:12`)."""
    subject = find_subject(uuid, number=number)
    asked = question_for_row(subject.ref, key, parse_rows(pairs_of(request), subject.ref.columns))
    links = plain_links(request, subject)

    def make() -> Made:
        answer = run(engine(), subject.ref, asked, LIMITS)
        if not answer.rows:
            raise NoSuchTable(key)
        return Made(row_document(subject, asked, answer, links), headers_of(subject, links))

    return send(request, subject.fingerprint, make)


@for_programs("GET")
def facet_counts(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """How often each value of some columns occurs, under the filters of `/rows`."""
    subject = find_subject(uuid, number=number)
    pairs = pairs_of(request)
    names = [name for word, value in pairs if word == "facet" for name in read_list(value)]
    if not names:
        raise BadQuery("query.no_facet", column="facet")
    size = _facet_size(value_of(pairs, "facet_size", "30"))
    asked = parse_rows(without(pairs, "facet", "facet_size"), subject.ref.columns)
    links = plain_links(request, subject)

    def make() -> Made:
        found = facets(engine(), subject.ref, asked, names, size=size, limits=LIMITS)
        is_whole = all(facet.is_complete for facet in found)
        return Made(facets_document(subject, found, links), headers_of(subject, links), is_whole)

    return send(request, subject.fingerprint, make)


def _page(request: HttpRequest, uuid: UUID, number: int | None, parse: _Parse) -> HttpResponse:
    pairs = pairs_of(request)
    subject = find_subject(uuid, number=number, cursor=value_of(pairs, "cursor"))
    asked = parse(pairs, subject.ref.columns)

    def make() -> Made:
        answer = run(engine(), subject.ref, asked, LIMITS)
        links = page_links(request, subject, pairs, answer.next_cursor)
        is_whole = answer.total is not None or not asked.has_total
        return Made(page_document(subject, asked, answer, links), headers_of(subject, links), is_whole)

    return send(request, subject.fingerprint, make)


def _facet_size(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= MAX_VALUES):
        raise BadQuery("query.not_in_range", column="facet_size", values={"value": text[:60], "limit": str(MAX_VALUES)})
    return int(text)
