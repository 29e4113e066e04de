"""Addresses of the people room."""

from django.urls import path

from opentusk.people import views

urlpatterns = [
    path("accedi", views.sign_in, name="sign_in"),
    path("accedi/collegamento", views.ask_link, name="ask_link"),
    path("accedi/collegamento/<str:token>", views.use_link, name="use_link"),
    path("accedi/codice", views.code, name="code"),
    path("esci", views.sign_out, name="sign_out"),
    path("profilo", views.account, name="account"),
    path("profilo/secondo-fattore", views.second_factor, name="second_factor"),
    path("profilo/secondo-fattore/spegni", views.second_factor_off, name="second_factor_off"),
]
