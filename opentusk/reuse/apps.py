"""The room's name for Django."""

from django.apps import AppConfig


class ReuseConfig(AppConfig):
    """The room `reuse`."""

    name = "opentusk.reuse"
