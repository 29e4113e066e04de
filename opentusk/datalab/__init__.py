"""Datalab: the tables at which wishes are made, on phones and on paper, and the wall on which they are counted.

The rows of the tables stand in `demand`, because a wish says at which of them it was made; this room leads them.

Words: datalab, table (tavolo), code, sheet (foglio), card (scheda), wall (parete), facilitator.
Events: `datalab.*` (see `events.py`).
"""
