"""Addresses of bulk publishing."""

from django.urls import path

from opentusk.bulk import views

urlpatterns = [
    path("pubblica/in-blocco", views.batches, name="batches"),
    path("pubblica/in-blocco/modello.<slug:kind>", views.template, name="batch_template"),
    path("pubblica/in-blocco/<uuid:uuid>", views.batch, name="batch"),
    path("pubblica/in-blocco/<uuid:uuid>/esegui", views.run, name="batch_run"),
    path("pubblica/in-blocco/<uuid:uuid>/pubblica", views.publish, name="batch_publish"),
    path("pubblica/in-blocco/<uuid:uuid>/rapporto.csv", views.report, name="batch_report"),
]
