"""Addresses of the editor's desk."""

from django.urls import path

from opentusk.catalog.views import desk, editing

urlpatterns = [
    path("scrivania", desk.desk, name="desk"),
    path("scrivania/nuovo", desk.new_dataset, name="new_dataset"),
    path("scrivania/luoghi", desk.places, name="place_suggestions"),
    path("scrivania/dataset/<int:pk>", editing.edit, name="edit_dataset"),
    path("scrivania/dataset/<int:pk>/verifica", editing.examine, name="examine_dataset"),
]
