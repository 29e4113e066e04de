"""Guided publishing: from a file, or an address, to a published dataset, without having read a manual.

It asks for the file first, fills what file and habits of the body already say, shows what the national catalogue and
the European score will say, and leaves the law to a signed check-list. New data for a public dataset take two clicks:
the file, and a look at what changes.

Words: guide, step (passo), suggestion, habit, point (something to mend), update.
Events: `publishing.*` (see `events.py`).
"""
