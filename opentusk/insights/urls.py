"""Addresses of the insights room."""

from django.urls import path

from opentusk.insights import views

urlpatterns = [
    path("partecipa", views.take_part, name="take_part"),
    path("indicatori", views.indicators, name="indicators"),
    path("indicatori.csv", views.indicators_csv, name="indicators_csv"),
    path("indicatori.json", views.indicators_json, name="indicators_json"),
    path("indicatori/anni.csv", views.years_csv, name="indicator_years_csv"),
    path("paniere/<slug:edition>/<int:number>/percorso", views.custody, name="custody"),
]
