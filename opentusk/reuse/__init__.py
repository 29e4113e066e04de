"""Reuse: works made with the data, proposed by anyone, published by the desk, linked to their datasets.

Words: work (riuso), gallery, impact.
Events: `reuse.*` (see `events.py`).
"""
