"""The room's name for Django."""

from django.apps import AppConfig


class MigrationConfig(AppConfig):
    """The room `migration`."""

    name = "opentusk.migration"
