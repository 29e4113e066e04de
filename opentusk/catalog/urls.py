"""Addresses of the editor's desk."""

from django.urls import path

from opentusk.catalog.views import desk, editing, steps

urlpatterns = [
    path("scrivania", desk.desk, name="desk"),
    path("scrivania/nuovo", desk.new_dataset, name="new_dataset"),
    path("scrivania/luoghi", desk.places, name="place_suggestions"),
    path("scrivania/dataset/<int:pk>", editing.edit, name="edit_dataset"),
    path("scrivania/dataset/<int:pk>/verifica", editing.examine, name="examine_dataset"),
    path("scrivania/dataset/<int:pk>/pubblica", steps.publish, name="publish_dataset"),
    path("scrivania/dataset/<int:pk>/ritira", steps.withdraw, name="withdraw_dataset"),
    path("scrivania/dataset/<int:pk>/ripristina", steps.restore, name="restore_dataset"),
    path("scrivania/dataset/<int:pk>/elimina", steps.delete_draft, name="delete_draft"),
]
