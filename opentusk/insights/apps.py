"""The room's name for Django."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """The room `insights`."""

    name = "opentusk.insights"
