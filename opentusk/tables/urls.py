"""Addresses of the explorer and of the producer's pages."""

from django.urls import path

from opentusk.tables.views import desk, explorer, versions

urlpatterns = [
    path("dataset/<slug:slug>/tabella/<uuid:uuid>", explorer.table_page, name="table"),
    path("dataset/<slug:slug>/tabella/<uuid:uuid>/mappa.json", explorer.map_points, name="table_map"),
    path("dataset/<slug:slug>/tabella/<uuid:uuid>/versioni", versions.versions_page, name="table_versions"),
    path("scrivania/tabelle/<uuid:uuid>", desk.table_desk, name="table_desk"),
    path("scrivania/tabelle/<uuid:uuid>/proposte", desk.choose_proposals, name="table_proposals"),
    path("scrivania/tabelle/<uuid:uuid>/lettura", desk.overrule_reading, name="table_reading"),
    path("scrivania/tabelle/<uuid:uuid>/colonne-cambiate", desk.confirm_columns, name="table_columns_changed"),
    path("scrivania/tabelle/<uuid:uuid>/dizionario", desk.dictionary, name="table_dictionary"),
    path("scrivania/tabelle/<uuid:uuid>/eccezioni", desk.exceptions, name="table_exceptions"),
]
