"""What is said of tables: one table, its profile, its schemas, its OpenAPI document."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from opentusk.kit.tables.schema_out import csvw_of_export, table_schema
from opentusk.querying.answering import Made, for_programs, json_text, send
from opentusk.querying.describing import listed_json, profile_json, public_examination, table_json, title_of
from opentusk.querying.documents import headers_of, plain_links
from opentusk.querying.openapi import openapi_of
from opentusk.querying.questions import pairs_of, value_of, whole_number, without
from opentusk.querying.subjects import Subject, find_subject, public_tables

_PAGE = 100


@for_programs("GET")
def tables(request: HttpRequest) -> HttpResponse:
    """The public tables, those of a dataset together; `dataset` and `holder` choose."""
    pairs = pairs_of(request)
    found = public_tables().order_by("distribution__dataset_id", "distribution__position", "position", "pk")
    if dataset := value_of(pairs, "dataset"):
        found = found.filter(distribution__dataset__slug=dataset)
    if holder := value_of(pairs, "holder"):
        found = found.filter(distribution__dataset__rights_holder__ipa_code=holder.lower())
    size = whole_number(pairs, "page_size", default=_PAGE, most=_PAGE)
    page = whole_number(pairs, "page", default=1, most=10**6)
    total = found.count()
    rows = [listed_json(table) for table in found[(page - 1) * size : page * size]]
    following = urlencode([*without(pairs, "page"), ("page", page + 1)])
    next_page = f"{settings.SITE_URL}{request.path}?{following}" if page * size < total else None
    meta = {"total": total, "total_is_exact": True, "page": page, "page_size": size, "truncated": False}
    text = json_text({"data": rows, "meta": meta, "links": {"next": next_page}})
    headers = {"Link": f'<{next_page}>; rel="next"'} if next_page else {}
    return send(request, text, lambda: Made(text, headers))


@for_programs("GET")
def table(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """One table, or one version of it."""
    return _described(request, find_subject(uuid, number=number), table_json)


@for_programs("GET")
def profile(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """What the values of each column are like."""

    def describe(subject: Subject) -> dict[str, object]:
        found = public_examination(subject)
        return {
            "data": [profile_json(one) for one in found.profiles],
            "meta": {"rows": subject.version.rows, "version": subject.version.number, "bbox": found.bbox},
            "links": plain_links(request, subject),
        }

    return _described(request, find_subject(uuid, number=number), describe)


@for_programs("GET")
def schema(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """The Table Schema (Frictionless)."""
    return _described(
        request,
        find_subject(uuid, number=number),
        lambda subject: table_schema(public_examination(subject), title=title_of(subject.table)),
    )


@for_programs("GET")
def csvw(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """The CSVW metadata of the CSV that is given out here."""

    def describe(subject: Subject) -> dict[str, object]:
        address = f"{subject.address}/export.csv"
        return csvw_of_export(public_examination(subject), url=address, title=title_of(subject.table))

    return _described(request, find_subject(uuid, number=number), describe)


@for_programs("GET")
def openapi(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """The OpenAPI document of this table, with its real columns."""
    return _described(request, find_subject(uuid, number=number), openapi_of)


def _described(
    request: HttpRequest, subject: Subject, describe: Callable[[Subject], dict[str, object]]
) -> HttpResponse:
    return send(
        request,
        subject.fingerprint,
        lambda: Made(json_text(describe(subject)), headers_of(subject, plain_links(request, subject))),
    )
