"""The room's name for Django."""

from django.apps import AppConfig


class DemandConfig(AppConfig):
    """The room `demand`."""

    name = "opentusk.demand"
