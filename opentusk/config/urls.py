"""Every address of the portal, room by room."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from opentusk.config.api import api

ROOMS = (
    "ui", "people", "bodies", "joining", "files", "catalog", "editorial", "quality", "tables", "querying", "search",
    "notices", "feeds", "harvest", "feeding", "bulk", "publishing", "subscriptions", "sparql", "ckan", "ckan_search",
    "ckan_directory", "datastore", "federation", "comments", "programme", "community", "demand", "datalab", "reuse",
    "consultation", "hackathon", "jury", "insights", "pages", "demo",
)  # fmt: skip

handler404 = "opentusk.ui.views.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"opentusk.{room}.urls")) for room in ROOMS if find_spec(f"opentusk.{room}.urls")
]
urlpatterns.append(path("api/v1/", api.urls))
