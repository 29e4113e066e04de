"""Answers as JSON documents: data, what they are, where to go from here."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from opentusk.kit.queries.encoding import json_rows, json_value
from opentusk.kit.queries.shapes import Answer, Facet, Heading, Query
from opentusk.querying.answering import json_text
from opentusk.querying.questions import Pairs, without
from opentusk.querying.subjects import Subject
from opentusk.tables.addresses import api_of

Links = Mapping[str, str | None]
_POSITION = ("page", "cursor")
_OF_PAGES = (*_POSITION, "page_size", "shape", "count")


def joined(data: str, **parts: object) -> str:
    """A document whose data are JSON already."""
    rest = "".join(f",{json_text(name)}:{json_text(value)}" for name, value in parts.items())
    return f'{{"data":{data}{rest}}}'


def page_document(subject: Subject, asked: Query, answer: Answer, links: Links) -> str:
    """A page of rows or groups."""
    meta: dict[str, object] = {
        "total": answer.total,
        "total_is_exact": answer.total is not None,
        "page_size": asked.limit,
        "version": subject.version.number,
        "truncated": False,
        "took_ms": answer.took_ms,
    }
    if answer.total is None:
        meta["total_at_least"] = answer.total_at_least
    data = json_rows(answer.columns, answer.rows, asked.shape, labels=asked.labels)
    return joined(data, columns=columns_json(answer.columns), meta=meta, links=links)


def row_document(subject: Subject, asked: Query, answer: Answer, links: Links) -> str:
    """One row as an object."""
    data = json_rows(answer.columns, answer.rows, asked.shape, labels=asked.labels)[1:-1]
    return joined(data, columns=columns_json(answer.columns), meta={"version": subject.version.number}, links=links)


def facets_document(subject: Subject, found: tuple[Facet, ...], links: Links) -> str:
    """Facets, each with its values."""
    data = ",".join(_facet(facet) for facet in found)
    is_complete = all(facet.is_complete for facet in found)
    return joined(f"[{data}]", meta={"version": subject.version.number, "complete": is_complete}, links=links)


def columns_json(columns: tuple[Heading, ...]) -> list[dict[str, str]]:
    """The columns of an answer."""
    return [{"name": one.name, "label": one.label, "type": one.type.value} for one in columns]


def page_links(request: HttpRequest, subject: Subject, pairs: Pairs, cursor: str = "") -> Links:
    """Where to go from a page: the next one, the same as a file, the description."""
    export = urlencode(without(pairs, *_OF_PAGES))
    question = f"?{export}" if export else ""
    following = urlencode([*without(pairs, *_POSITION), ("cursor", cursor)])
    return {
        **plain_links(request, subject),
        "next": f"{settings.SITE_URL}{request.path}?{following}" if cursor else None,
        "csv": f"{subject.address}/export.csv{question}",
        "parquet": f"{subject.address}/export.parquet{question}",
    }


def plain_links(request: HttpRequest, subject: Subject) -> Links:
    """Where to go from any answer."""
    return {
        "self": f"{settings.SITE_URL}{request.get_full_path()}",
        "schema": f"{subject.address}/schema.json",
        "latest": api_of(subject.table),
    }


def headers_of(subject: Subject, links: Links) -> dict[str, str]:
    """The version, and the links as RFC 8288 writes them."""
    relations = {
        "next": links.get("next"),
        "describedby": links.get("schema"),
        "latest-version": None if subject.is_latest else links.get("latest"),
        "service-desc": f"{subject.address}/openapi.json",
    }
    said = ", ".join(f'<{address}>; rel="{name}"' for name, address in relations.items() if address)
    return {"X-Table-Version": str(subject.version.number), "Link": said}


def _facet(facet: Facet) -> str:
    values = []
    for value in facet.values:
        upper = f',"upper":{json_value(value.upper)}' if facet.kind == "ranges" else ""
        said = f'"value":{json_value(value.value)}{upper},"count":{value.count},"filter":{json_text(value.filter)}'
        values.append(f"{{{said}}}")
    facts: dict[str, object] = {
        "column": facet.column,
        "label": facet.label,
        "kind": facet.kind,
        "distinct": facet.distinct,
        "nulls": facet.nulls,
        "others": facet.others,
        "complete": facet.is_complete,
    }
    return f'{json_text(facts)[:-1]},"values":[{",".join(values)}]}}'
