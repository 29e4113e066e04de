"""The room's name for Django."""

from django.apps import AppConfig


class CkanDirectoryConfig(AppConfig):
    """The room `ckan_directory`."""

    name = "opentusk.ckan_directory"
