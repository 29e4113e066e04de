"""Addresses of the pages room."""

from django.urls import path

from opentusk.pages.views import bodies, dataset, portal

urlpatterns = [
    path("", portal.home, name="home"),
    path("temi", portal.themes, name="themes"),
    path("temi/<str:code>", portal.theme, name="theme"),
    path("enti", bodies.bodies, name="bodies"),
    path("enti/<slug:slug>", bodies.body, name="body"),
    path("dataset/<slug:slug>", dataset.dataset_page, name="dataset"),
    path("il-portale", portal.about, name="about"),
    path("sviluppatori", portal.developers, name="developers"),
    path("accessibilita", portal.accessibility, name="accessibility"),
    path("privacy", portal.privacy, name="privacy"),
]
