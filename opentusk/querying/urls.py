"""Addresses of the data API and of the rows that differ; all but the list and the history exist of a version too."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from opentusk.querying.views import descriptions, differences, files, history, rows, sql

_TABLE = "api/v1/tables/<uuid:uuid>"
_VERSION = f"{_TABLE}/versions/<int:number>"
_VIEWS: tuple[tuple[str, Callable[..., HttpResponseBase]], ...] = (
    ("", descriptions.table),
    ("/", descriptions.table),
    ("/rows", rows.rows),
    ("/rows/<path:key>", rows.one_row),
    ("/query", rows.query),
    ("/facets", rows.facet_counts),
    ("/sql", sql.table_sql),
    ("/profile", descriptions.profile),
    ("/schema.json", descriptions.schema),
    ("/csvw.json", descriptions.csvw),
    ("/openapi.json", descriptions.openapi),
    ("/exceptions", history.exceptions),
    ("/export.<str:format>", files.export_file),
)

urlpatterns: list[URLPattern] = [
    path("api/v1/tables", descriptions.tables, name="tables_api"),
    path("api/v1/sql", sql.sql),
    path(
        "dataset/<slug:slug>/tabella/<uuid:uuid>/versioni/<int:number>",
        differences.differences,
        name="table_differences",
    ),
    path(f"{_TABLE}/versions", history.versions),
    path(f"{_TABLE}/diff", history.diff),
    *(path(f"{start}{end}", view) for start in (_TABLE, _VERSION) for end, view in _VIEWS),
]
