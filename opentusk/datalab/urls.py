"""Addresses of the datalab room."""

from django.urls import path, re_path

from opentusk.datalab.views import leading, phone, printing, wall

urlpatterns = [
    path("datalab", phone.tables, name="tables"),
    path("datalab/enti.json", phone.producers, name="producers"),
    path("datalab/correggi/<str:token>", phone.correct, name="correct_own_wish"),
    re_path("^datalab/(?P<code>[A-Za-z0-9]{6})$", phone.table_form, name="table_form"),
    re_path("^datalab/(?P<code>[A-Za-z0-9]{6})/simili$", phone.alike, name="table_alike"),
    re_path("^datalab/(?P<code>[A-Za-z0-9]{6})/grazie/(?P<number>[0-9]{1,9})$", phone.thanks, name="table_thanks"),
    re_path("^datalab/(?P<code>[A-Za-z0-9]{6})/perche/(?P<number>[0-9]{1,9})$", phone.reason, name="table_reason"),
    path("datalab/<slug:slug>", wall.datalab, name="datalab"),
    path("datalab/<slug:slug>/parete", wall.wall, name="wall"),
    path("datalab/<slug:slug>/parete.json", wall.wall_json, name="wall_json"),
    path("datalab/<slug:slug>/voci.csv", wall.datalab_csv, name="datalab_csv"),
    path("scrivania/tavoli", leading.mine, name="lead_mine"),
    path("scrivania/tavoli/<slug:slug>", leading.lead, name="lead"),
    path("scrivania/tavoli/<slug:slug>/fogli", printing.sheets, name="sheets"),
    path("scrivania/tavoli/<slug:slug>/fogli.pdf", printing.sheets_file, name="sheets_file"),
    path("scrivania/tavoli/<slug:slug>/<int:number>/schede.pdf", printing.cards_file, name="cards_file"),
    path("scrivania/tavoli/<slug:slug>/<int:number>/schede", leading.cards, name="lead_cards"),
    path("scrivania/tavoli/<slug:slug>/<int:number>/<slug:what>", leading.set_table, name="set_table"),
    path("scrivania/tavoli/<slug:slug>/voci/<int:pk>/<slug:what>", leading.change_wish, name="change_wish"),
]
