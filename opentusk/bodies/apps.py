"""The room's name for Django."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """The bodies room."""

    name = "opentusk.bodies"
    verbose_name = "Enti"
