"""The room's name for Django."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """The editorial room."""

    name = "opentusk.editorial"
