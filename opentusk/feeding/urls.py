"""Addresses of the feeding room."""

from django.urls import path

from opentusk.feeding.views import guides, services

urlpatterns = [
    path("scrivania/servizi", services.services, name="feeding_services"),
    path("scrivania/servizi/nuovo", services.connect, name="connect_service"),
    path("scrivania/servizi/<int:pk>", services.service, name="feeding_service"),
    path("scrivania/alimentazione/<slug:kind>/<int:pk>", services.change_clock, name="feed_clock"),
    path("sviluppatori/servizio-web", guides.how_to_serve, name="how_to_serve"),
    path("sviluppatori/servizio-web/verifica", guides.check, name="check_service"),
    path("sviluppatori/pubblicare", guides.how_to_write, name="how_to_write"),
]
