"""What is said of a table and of its versions, for programs."""

from dataclasses import replace
from typing import Any

from django.conf import settings

from opentusk.files.addresses import version_address
from opentusk.kit.queries.exports.shapes import FORMATS
from opentusk.kit.tables.shapes import LONGITUDE, Column, ColumnProfile, Examination
from opentusk.querying.subjects import Subject
from opentusk.tables.addresses import api_of, page_of
from opentusk.tables.models import Table, TableVersion


def table_json(subject: Subject) -> dict[str, Any]:
    """A version of a table: its columns, its rows, and every address from here."""
    table, version, address = subject.table, subject.version, subject.address
    dataset = table.distribution.dataset
    return {
        "id": str(table.uuid),
        "title": title_of(table),
        "dataset": {"title": dataset.title, "page": f"{settings.SITE_URL}/dataset/{dataset.slug}"},
        "holder": {"name": dataset.rights_holder.name, "code": dataset.rights_holder.ipa_code},
        "page": f"{settings.SITE_URL}{page_of(table)}",
        "rows": version.rows,
        "columns": [column_json(column) for column in subject.ref.shown],
        "version": version_json(subject.table, version),
        "is_latest": subject.is_latest,
        "links": {
            "self": address,
            **{name: f"{address}/{name}" for name in ("rows", "query", "sql", "facets", "profile", "exceptions")},
            "schema": f"{address}/schema.json",
            "csvw": f"{address}/csvw.json",
            "openapi": f"{address}/openapi.json",
            "exports": {name: f"{address}/export.{name}" for name in FORMATS},
            "versions": f"{api_of(table)}/versions",
            "latest": api_of(table),
        },
    }


def listed_json(table: Table) -> dict[str, Any]:
    """A table in a list."""
    dataset, version = table.distribution.dataset, table.latest
    assert version is not None
    return {
        "id": str(table.uuid),
        "title": title_of(table),
        "dataset": {"title": dataset.title, "slug": dataset.slug},
        "holder": {"name": dataset.rights_holder.name, "code": dataset.rights_holder.ipa_code},
        "rows": version.rows,
        "version": version.number,
        "modified": (version.released_at or version.made_at).isoformat(),
        "links": {"self": api_of(table), "rows": f"{api_of(table)}/rows", "page": settings.SITE_URL + page_of(table)},
    }


def version_json(table: Table, version: TableVersion) -> dict[str, Any]:
    """A version: when, how much, what changed, and the file it was made of."""
    return {
        "number": version.number,
        "released_at": version.released_at.isoformat() if version.released_at else None,
        "made_at": version.made_at.isoformat(),
        "rows": version.rows,
        "content_hash": version.content_hash,
        "schema_hash": version.schema_hash,
        "is_served": bool(version.folder),
        "file": version_address(version.file_version),
        "self": f"{api_of(table)}/versions/{version.number}",
    }


def column_json(column: Column) -> dict[str, Any]:
    """A column; what is not known of it is left out."""
    facts = {
        "name": column.name,
        "label": column.label,
        "title": column.title,
        "description": column.description,
        "type": column.type.value,
        "semantic": column.semantic,
        "unit": column.unit,
        "is_key": column.is_key,
        "codes": list(column.codes),
    }
    return {name: value for name, value in facts.items() if value not in ("", [], False)}


def profile_json(profile: ColumnProfile) -> dict[str, Any]:
    """What the values of a column are like, as texts in ISO form."""
    facts = {
        "name": profile.name,
        "nulls": profile.nulls,
        "distinct": profile.distinct,
        "exceptions": profile.exceptions,
        "min": profile.min,
        "max": profile.max,
        "mean": profile.mean,
        "median": profile.median,
        "shortest": profile.shortest,
        "longest": profile.longest,
    }
    known = {name: value for name, value in facts.items() if value is not None}
    return known | {
        "top": [{"value": value, "count": count} for value, count in profile.top],
        "bins": [{"from": low, "to": high, "count": count} for low, high, count in profile.bins],
        "patterns": [{"pattern": pattern, "count": count} for pattern, count in profile.patterns],
    }


def public_examination(subject: Subject) -> Examination:
    """What was found out about the version, without a word on columns that are not shown."""
    found, shown = subject.version.found(), subject.ref.shown
    names = {column.name for column in shown}
    profiles = tuple(profile for profile in found.profiles if profile.name in names)
    bbox = found.bbox if LONGITUDE in subject.ref.internal else None
    return replace(found, columns=shown, profiles=profiles, bbox=bbox)


def title_of(table: Table) -> str:
    """What a table is called: one of several by its own title, the only one of a file as its dataset."""
    return table.title if table.key and table.title else table.distribution.dataset.title
