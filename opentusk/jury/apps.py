"""The room's name for Django."""

from django.apps import AppConfig


class JuryConfig(AppConfig):
    """The room `jury`."""

    name = "opentusk.jury"
