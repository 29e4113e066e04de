"""Addresses of the guide."""

from django.urls import path

from opentusk.publishing.views import describing, desk, renewing, starting, steps

urlpatterns = [
    path("pubblica", starting.start, name="start_publishing"),
    path("pubblica/da-fare", desk.waiting, name="waiting"),
    path("pubblica/<int:pk>", steps.guide, name="guide"),
    path("pubblica/<int:pk>/salva", describing.remember, name="guide_remember"),
    path("pubblica/<int:pk>/aggiorna", renewing.renew, name="renew"),
    path("pubblica/<int:pk>/<slug:name>", steps.step, name="guide_step"),
]
