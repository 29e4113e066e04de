"""What happened, in public words: one stream of events made from the journal, for people and for programs.

The journal keeps everything, in the house's own names. Here each entry that matters becomes an *event* with a public
type, a severity and facts, written once and in order; feeds, pages, programs and subscriptions all read these rows.
What was not public when it happened never becomes a public event. Everything can be made again from the journal.

Words: event, type (`file.updated`), family, severity, payload, late (in ritardo), announcement (modifica annunciata).
Events of its own: `notices.*` (see `events.py`).
"""
