"""How much an event matters to a reader: whether it presses, and whether even who wants little hears of it."""

from opentusk.notices.models import Event, Severity

PRESSING = frozenset({Severity.NOTABLE, Severity.BREAKING, Severity.SECURITY})
_IMPORTANT = frozenset({Severity.BREAKING, Severity.SECURITY})
# A withdrawal is important to whoever follows the dataset, whatever they chose not to hear.
_ALWAYS = frozenset({"dataset.withdrawn"})


def is_pressing(event: Event) -> bool:
    """Whether somebody who hears at once hears of it at once."""
    return event.severity in PRESSING


def is_important(event: Event) -> bool:
    """Whether somebody who wants to hear only what is important hears of it."""
    return event.severity in _IMPORTANT or event.type in _ALWAYS
