"""The room's name for Django."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """The catalogue room."""

    name = "opentusk.catalog"
    verbose_name = "Catalogo"
