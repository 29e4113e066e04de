"""What follows from an event, as one table: name, events, and the task that is given the entries.

A reaction reads the journal with its own cursor, so a slow or failing one never holds the others back.
Events end with `*` for a family.
"""

from opentusk.journal.reactions import Reaction

REACTIONS: tuple[Reaction, ...] = (
    # Scores before the index, which keeps their bands.
    Reaction("quality", ("catalog.*",), "opentusk.quality.tasks.follow"),
    Reaction("search", ("catalog.*", "bodies.agent_changed", "quality.band_changed"), "opentusk.search.tasks.follow"),
    Reaction("feeds", ("catalog.*", "bodies.agent_changed"), "opentusk.feeds.tasks.follow"),
)
