"""The room's name for Django."""

from django.apps import AppConfig


class QueryingConfig(AppConfig):
    """The querying room."""

    name = "opentusk.querying"
