"""The room's name for Django."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """The feeds room."""

    name = "opentusk.feeds"
