"""The room's name for Django."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The publishing room."""

    name = "opentusk.publishing"
