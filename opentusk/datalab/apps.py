"""The room's name for Django."""

from django.apps import AppConfig


class DatalabConfig(AppConfig):
    """The room `datalab`."""

    name = "opentusk.datalab"
