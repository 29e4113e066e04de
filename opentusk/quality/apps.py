"""The room's name for Django."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """The quality room."""

    name = "opentusk.quality"
