"""The room's name for Django."""

from django.apps import AppConfig


class HackathonConfig(AppConfig):
    """The room `hackathon`."""

    name = "opentusk.hackathon"
