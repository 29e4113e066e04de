"""The room's name for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people room."""

    name = "opentusk.people"
    verbose_name = "Persone"

    def ready(self) -> None:
        """Make the checks known."""
        from opentusk.people import checks  # noqa: F401
