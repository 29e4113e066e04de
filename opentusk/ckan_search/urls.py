"""Addresses of CKAN's completion, in the two old versions of its API and without one."""

from django.urls import re_path

from opentusk.ckan_search import views

_UTIL = r"^api/(?:[12]/)?util/"

urlpatterns = [
    re_path(f"{_UTIL}dataset/autocomplete/?$", views.complete_dataset),
    re_path(f"{_UTIL}tag/autocomplete/?$", views.complete_tag),
    re_path(f"{_UTIL}resource/format_autocomplete/?$", views.complete_format),
]
