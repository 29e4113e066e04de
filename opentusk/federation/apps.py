"""The room's name for Django."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    """The room `federation`."""

    name = "opentusk.federation"
