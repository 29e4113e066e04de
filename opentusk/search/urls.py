"""Addresses of the search room."""

from django.urls import path

from opentusk.search import views

app_name = "search"

urlpatterns = [
    path("catalogo", views.catalogue, name="catalogue"),
    path("catalogo.json", views.catalogue_json, name="catalogue_json"),
    path("catalogo.csv", views.catalogue_csv, name="catalogue_csv"),
    path("catalogo.atom", views.catalogue_atom, name="catalogue_atom"),
    path("catalogo/suggerimenti", views.suggestions, name="suggestions"),
]
