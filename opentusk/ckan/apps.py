"""The room's name for Django."""

from django.apps import AppConfig


class CkanConfig(AppConfig):
    """The room `ckan`."""

    name = "opentusk.ckan"
