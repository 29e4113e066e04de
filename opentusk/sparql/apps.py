"""The room's name for Django."""

from django.apps import AppConfig


class SparqlConfig(AppConfig):
    """The room `sparql`."""

    name = "opentusk.sparql"
