"""Reads other catalogues into ours.

A *source* is somebody's catalogue: of one body, or of an aggregator that speaks for many. A *run* gathers everything
the source says, then reads, harmonises and stores it, one outcome per item. Unchanged items write nothing. What
vanishes is withdrawn only after complete runs that agree, and never in bulk without a person's word.

Words: source (sorgente), kind (how it is read), run (raccolta), item, outcome, dry run (anteprima), missing.
Events: `harvest.*` (see `events.py`).
"""
