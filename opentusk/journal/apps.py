"""The room's name for Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal room."""

    name = "opentusk.journal"
    verbose_name = "Giornale"
