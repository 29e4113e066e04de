"""The room's name for Django."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """The tables room."""

    name = "opentusk.tables"
