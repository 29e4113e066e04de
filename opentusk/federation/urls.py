"""Addresses of the federation room."""

from django.urls import path

from opentusk.federation import views

urlpatterns = [
    path("scrivania/federazione", views.federation, name="federation"),
    path("scrivania/federazione/<slug:slug>", views.body, name="federation_body"),
    path("scrivania/federazione/<slug:slug>/leggi", views.read_now, name="federation_read"),
]
