"""The room's name for Django."""

from django.apps import AppConfig


class CkanSearchConfig(AppConfig):
    """The room `ckan_search`."""

    name = "opentusk.ckan_search"
