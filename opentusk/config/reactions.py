"""What follows from an event, as one table: name, events, and the task that is given the entries.

A reaction reads the journal with its own cursor, so a slow or failing one never holds the others back.
Events end with `*` for a family.
"""

from opentusk.journal.reactions import Reaction

REACTIONS: tuple[Reaction, ...] = ()
