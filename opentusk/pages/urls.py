"""Addresses of the pages room."""

from django.urls import path

from opentusk.pages.views import bodies, dataset, portal

urlpatterns = [
    path("", portal.home, name="home"),
    path("temi", portal.themes, name="themes"),
    path("temi/<str:code>", portal.theme, name="theme"),
    path("enti", bodies.bodies, name="bodies"),
    path("enti.csv", bodies.register_csv, name="register_csv"),
    path("enti.json", bodies.register_json, name="register_json"),
    path("enti/<slug:slug>", bodies.body, name="body"),
    path("dataset/<slug:slug>", dataset.dataset_page, name="dataset"),
    path("il-portale", portal.about, name="about"),
    path("sviluppatori", portal.developers, name="developers"),
    path("sviluppatori/dati", portal.data_api, name="data_api"),
    path("accessibilita", portal.accessibility, name="accessibility"),
    path("privacy", portal.privacy, name="privacy"),
]
