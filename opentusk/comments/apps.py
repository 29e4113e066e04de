"""The room's name for Django."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """The room `comments`."""

    name = "opentusk.comments"
