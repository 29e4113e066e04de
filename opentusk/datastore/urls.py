"""Addresses of the datastore, as CKAN has them."""

from django.urls import path

from opentusk.datastore import views

urlpatterns = [path("datastore/dump/<str:ref>", views.dump_table, name="datastore_dump")]
