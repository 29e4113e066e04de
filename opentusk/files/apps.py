"""The room's name for Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The files room."""

    name = "opentusk.files"
