"""Addresses of the programme room."""

from django.urls import path

from opentusk.programme.views import around, attesting, desk, door, public, tickets

urlpatterns = [
    path("eventi", public.events, name="events"),
    path("eventi.ics", public.calendar, name="events_calendar"),
    path("eventi/<slug:slug>", public.event, name="event"),
    path("eventi/<slug:slug>.ics", public.event_calendar, name="event_calendar"),
    path("eventi/<slug:slug>/iscriviti", tickets.register, name="event_register"),
    path("eventi/<slug:slug>/materiali/<str:key>", public.material, name="event_material"),
    path("biglietto/<str:secret>", tickets.ticket, name="ticket"),
    path("biglietto/<str:secret>/attestato", attesting.certificate, name="ticket_certificate"),
    path("biglietto/<str:secret>/parere", attesting.feedback, name="ticket_feedback"),
    path("attestati/<str:code>", attesting.verify, name="verify_certificate"),
    path("scrivania/eventi/<slug:slug>/ingresso", door.door, name="event_door"),
    path("scrivania/eventi/<slug:slug>/ingresso/elenco", door.door_list, name="event_door_list"),
    path("biglietto/<str:secret>/<slug:what>", tickets.change, name="change_ticket"),
    path("partecipa/<str:secret>", tickets.join, name="join_event"),
    path("scrivania/eventi", desk.events, name="desk_events"),
    path("scrivania/edizioni/<slug:slug>", desk.edition, name="edit_edition"),
    path("scrivania/eventi/nuovo", desk.write, name="new_event"),
    path("scrivania/eventi/<slug:slug>", desk.event, name="desk_event"),
    path("scrivania/eventi/<slug:slug>/modifica", desk.write, name="edit_event"),
    path("scrivania/eventi/<slug:slug>/materiali", around.add_material, name="add_event_material"),
    path("scrivania/eventi/<slug:slug>/materiali/<int:pk>/togli", around.remove_material, name="remove_event_material"),
    path("scrivania/eventi/<slug:slug>/aiutanti", around.helper, name="add_event_helper"),
    path("scrivania/eventi/<slug:slug>/aiutanti/<int:pk>/togli", around.helper, name="remove_event_helper"),
    path("scrivania/eventi/<slug:slug>/inviti", around.invite, name="invite_to_event"),
    path("scrivania/eventi/<slug:slug>/iscritti.csv", around.participants_csv, name="event_participants"),
    path("scrivania/eventi/<slug:slug>/fai/<slug:what>", desk.change, name="change_event"),
]
