"""Scheduled work of the files room."""

from opentusk.files import actions


def sweep() -> None:
    """Take away what nobody needs any more."""
    actions.sweep()
