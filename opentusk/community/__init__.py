"""The reserved community of the bodies' people: threads by category, shared documents, the newsletter.

Words: thread, useful answer, document, version, review date, newsletter.
Events: `community.*` (see `events.py`).
"""
