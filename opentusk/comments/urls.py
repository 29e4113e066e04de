"""Addresses of the comments room."""

from django.urls import path

from opentusk.comments import views

urlpatterns = [
    path("commenti/<int:pk>/segnala", views.flag, name="flag_comment"),
    path("commenti/<int:pk>/modifica", views.edit, name="edit_comment"),
    path("commenti/<int:pk>/cancella", views.delete, name="delete_comment"),
    path("scrivania/moderazione", views.moderation, name="moderation"),
    path("scrivania/moderazione/<int:pk>/<slug:what>", views.decide, name="decide_comment"),
]
