"""The catalogue: datasets, their distributions, and everything that happens to a description.

A dataset is *draft*, *published* or *withdrawn*; a withdrawn one leaves a tombstone with reason and date. The whole
description is one kit record, stored as JSON (ADR 0002); the columns beside it are projections for queries and are
written in one place, `records.py`. Corrections that people make to a harvested record are kept apart and survive
the next harvest.

Words: dataset, distribution, record, projection, origin, correction, tombstone.
Events: `catalog.*` (see `events.py`).
"""
