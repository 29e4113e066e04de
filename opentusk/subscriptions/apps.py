"""The room's name for Django."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """The subscriptions room."""

    name = "opentusk.subscriptions"
