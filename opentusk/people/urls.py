"""Addresses of the people room."""

from django.urls import path

from opentusk.people import belonging_views, role_views, token_views, views

urlpatterns = [
    path("accedi", views.sign_in, name="sign_in"),
    path("accedi/collegamento", views.ask_link, name="ask_link"),
    path("accedi/collegamento/<str:token>", views.use_link, name="use_link"),
    path("accedi/codice", views.code, name="code"),
    path("esci", views.sign_out, name="sign_out"),
    path("profilo", views.account, name="account"),
    path("profilo/secondo-fattore", views.second_factor, name="second_factor"),
    path("profilo/secondo-fattore/spegni", views.second_factor_off, name="second_factor_off"),
    path("registrati", belonging_views.register, name="register"),
    path("profilo/dati", belonging_views.profile, name="profile"),
    path("profilo/dati/scarica", belonging_views.my_data, name="my_data"),
    path("profilo/dati/cancella", belonging_views.close, name="close_account"),
    path("scrivania/incarichi", role_views.roles, name="roles"),
    path("scrivania/incarichi/<int:pk>/revoca", role_views.end, name="end_role"),
    path("profilo/chiavi", token_views.tokens, name="tokens"),
    path("profilo/chiavi/<int:pk>/revoca", token_views.revoke, name="revoke_token"),
]
