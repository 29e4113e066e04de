"""Addresses of the demonstration."""

from django.urls import path

from opentusk.demo import views

urlpatterns = [path("dimostrazione/<slug:name>.<slug:ending>", views.demo_file, name="demo_file")]
