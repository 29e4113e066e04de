"""The room's name for Django."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """The room `consultation`."""

    name = "opentusk.consultation"
