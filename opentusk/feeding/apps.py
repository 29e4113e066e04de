"""The room's name for Django."""

from django.apps import AppConfig


class FeedingConfig(AppConfig):
    """The feeding room."""

    name = "opentusk.feeding"
