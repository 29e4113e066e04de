"""The room's name for Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The search room."""

    name = "opentusk.search"
