"""What the clock asks of the reuse room."""

from opentusk.reuse import alive

_AT_ONCE = 20


def check_links() -> None:
    """Ask a few addresses."""
    alive.check_links(limit=_AT_ONCE)


def ask_authors() -> None:
    """Write a few letters."""
    alive.ask_authors(limit=_AT_ONCE)
