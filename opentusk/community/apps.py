"""The room's name for Django."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """The room `community`."""

    name = "opentusk.community"
