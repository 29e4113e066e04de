"""Addresses of the bodies room."""

from django.urls import path

from opentusk.bodies import views

urlpatterns = [
    path("benvenuto", views.welcome, name="welcome"),
    path("enti/<slug:slug>/persone", views.people, name="people_of_body"),
    path("enti/<slug:slug>/persone/invita", views.invite, name="invite"),
    path("enti/<slug:slug>/persone/chiedi", views.ask, name="ask_membership"),
    path("enti/<slug:slug>/persone/<int:pk>/togli", views.end, name="end_membership"),
    path("enti/<slug:slug>/persone/<int:pk>/conferma", views.confirm, name="confirm_membership"),
    path("enti/<slug:slug>/inviti/<int:pk>/ritira", views.revoke, name="revoke_invitation"),
    path("enti/<slug:slug>/richieste/<int:pk>/accogli", views.approve, name="approve_request"),
    path("enti/<slug:slug>/richieste/<int:pk>/rifiuta", views.refuse, name="refuse_request"),
    path("invito/<str:token>", views.invitation, name="invitation"),
]
