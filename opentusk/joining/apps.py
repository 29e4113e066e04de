"""The room's name for Django."""

from django.apps import AppConfig


class JoiningConfig(AppConfig):
    """The joining room."""

    name = "opentusk.joining"
    verbose_name = "Adesioni"
