"""The room's name for Django."""

from django.apps import AppConfig


class HarvestConfig(AppConfig):
    """The harvest room."""

    name = "opentusk.harvest"
    verbose_name = "Raccolta"
