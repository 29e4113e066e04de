"""Addresses of the hackathon room."""

from django.urls import path

from opentusk.hackathon.views import desk, public, teams

urlpatterns = [
    path("hackathon", public.hackathons, name="hackathons"),
    path("hackathon/<slug:slug>", public.hackathon_page, name="hackathon"),
    path("hackathon/<slug:slug>/classifica.csv", public.ranking_csv, name="hackathon_ranking"),
    path("hackathon/<slug:slug>/premiazione", public.ceremony, name="hackathon_ceremony"),
    path("hackathon/<slug:slug>/tempo", public.time_left, name="hackathon_time"),
    path("hackathon/<slug:slug>/progetti/<int:pk>", public.entry_page, name="hackathon_entry"),
    path("hackathon/<slug:slug>/squadra", teams.team_page, name="hackathon_team"),
    path("hackathon/<slug:slug>/squadra/nome", teams.name, name="hackathon_name"),
    path("hackathon/<slug:slug>/squadra/lascia", teams.leave, name="hackathon_leave"),
    path("hackathon/<slug:slug>/squadra/progetto", teams.entry_form, name="hackathon_entry_form"),
    path("scrivania/hackathon", desk.hackathons, name="desk_hackathons"),
    path("scrivania/hackathon/<slug:slug>", desk.console, name="desk_hackathon"),
    path("scrivania/hackathon/<slug:slug>/impostazioni", desk.prepare, name="desk_hackathon_settings"),
    path("scrivania/hackathon/<slug:slug>/criteri", desk.criteria, name="desk_hackathon_criteria"),
    path("scrivania/hackathon/<slug:slug>/fase", desk.advance, name="desk_hackathon_phase"),
    path("scrivania/hackathon/<slug:slug>/progetti/<int:pk>/<slug:what>", desk.decide_entry, name="desk_entry"),
    path("scrivania/hackathon/<slug:slug>/mentori", desk.mentor, name="desk_mentor"),
    path("scrivania/hackathon/<slug:slug>/esporta/<slug:what>.csv", desk.export, name="desk_hackathon_export"),
    path("scrivania/hackathon/<slug:slug>/schede", desk.blank_sheets, name="desk_blank_sheets"),
]
