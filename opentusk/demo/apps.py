"""The room's name for Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo room."""

    name = "opentusk.demo"
