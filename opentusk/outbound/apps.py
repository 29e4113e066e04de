"""The room's name for Django."""

from django.apps import AppConfig


class OutboundConfig(AppConfig):
    """The outbound room."""

    name = "opentusk.outbound"
    verbose_name = "Richieste in uscita"
