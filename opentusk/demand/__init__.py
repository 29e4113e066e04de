"""Demand: what data people want, from a card on a table to the published dataset.

A wish made at a table, in a consultation, by request or at a hackathon is one kind of row, the wanted dataset, followed
through its states until a body publishes it.

Words: wish, wanted dataset (voce del paniere), basket, assignment, link.
Events: `demand.*` (see `events.py`).
"""
