"""Addresses of the jury room."""

from django.urls import path

from opentusk.jury.views import desk, results, seats

urlpatterns = [
    path("scrivania/hackathon/<slug:slug>/giurati", desk.jury, name="desk_jury"),
    path("scrivania/hackathon/<slug:slug>/giurati/<int:pk>/lettera", desk.remind, name="desk_remind_juror"),
    path("scrivania/hackathon/<slug:slug>/giurati/<int:pk>/sostituisci", desk.replace, name="desk_replace_juror"),
    path("scrivania/hackathon/<slug:slug>/conflitti/<int:pk>", desk.waive, name="desk_waive_conflict"),
    path("scrivania/hackathon/<slug:slug>/risultati", results.results, name="desk_hackathon_results"),
    path("scrivania/hackathon/<slug:slug>/svela", results.reveal, name="desk_hackathon_reveal"),
    path("giuria/<str:secret>", seats.door, name="jury_door"),
    path("giuria/<str:secret>/progetti", seats.jury, name="jury"),
    path("giuria/<str:secret>/conflitti", seats.conflicts, name="jury_conflicts"),
    path("giuria/<str:secret>/schede", seats.blank_sheets, name="jury_blank_sheets"),
    path("giuria/<str:secret>/progetti/<int:pk>", seats.sheet, name="jury_sheet"),
    path("giuria/<str:secret>/progetti/<int:pk>/conflitto", seats.recuse, name="jury_recuse"),
]
