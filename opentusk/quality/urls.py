"""Addresses of the quality room."""

from django.urls import path

from opentusk.quality.views import links, privacy

urlpatterns = [
    path("scrivania/privacy", privacy.cases, name="privacy_cases"),
    path("scrivania/privacy/<int:pk>", privacy.case, name="privacy_case"),
    path("scrivania/collegamenti", links.broken_links, name="broken_links"),
    path("scrivania/dataset/<int:pk>/collegamenti", links.dataset_links, name="dataset_links"),
    path("scrivania/dataset/<int:pk>/collegamenti/controlla", links.check_now, name="check_links_now"),
]
