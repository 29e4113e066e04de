"""The room's name for Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages room."""

    name = "opentusk.pages"
