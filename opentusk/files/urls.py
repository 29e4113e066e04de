"""Addresses of the files room."""

from django.urls import path

from opentusk.files.views import giving, reading

urlpatterns = [
    path("carica", giving.give, name="uploads"),
    path("carica/<uuid:uuid>/annulla", giving.cancel, name="cancel_upload"),
    path("file/<uuid:series>/<str:name>", reading.latest, name="file"),
    path("file/<uuid:series>/v/<int:number>/<str:name>", reading.one_version, name="file_version"),
]
