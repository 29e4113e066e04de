"""The room's name for Django."""

from django.apps import AppConfig


class BulkConfig(AppConfig):
    """The bulk room."""

    name = "opentusk.bulk"
