"""The room's name for Django."""

from django.apps import AppConfig


class DatastoreConfig(AppConfig):
    """The room `datastore`."""

    name = "opentusk.datastore"
