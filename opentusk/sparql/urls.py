"""The address of the endpoint."""

from django.urls import path

from opentusk.sparql.views import sparql

urlpatterns = [path("sparql", sparql, name="sparql")]
