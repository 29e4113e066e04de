"""What happened: the history of everything, and the outbox of what must follow.

Every action ends with one `Entry`, written in its own transaction. *Reactions* (a table in `config/reactions.py`)
read the entries in order, each with its own `Cursor`, at least once. *Tasks* are rows that a worker runs now or
later and retries with growing pauses. *Scheduled* work happens by the clock.

Words: entry, actor, reaction, cursor, setback (a reaction that failed on one entry), task.
Events: none of its own; it keeps those of the other rooms.
"""
