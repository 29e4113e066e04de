"""Every address of the portal, room by room."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from opentusk.config.api import api

ROOMS = ("ui", "people", "bodies", "catalog", "quality", "search", "feeds", "harvest", "pages", "demo")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"opentusk.{room}.urls")) for room in ROOMS if find_spec(f"opentusk.{room}.urls")
]
urlpatterns.append(path("api/v1/", api.urls))
