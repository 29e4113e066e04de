"""Addresses of the pages room."""

from django.urls import path

from opentusk.pages import views

urlpatterns = [
    path("", views.home, name="home"),
]
