"""Typed tables of the files: made, versioned, described, queried, exported and shown.

The original is never touched. A version of a table is a folder with Parquet files that can be made again from the
original; which one is public is a pointer that moves in one transaction, so a reader sees one version whole.

Words: table, version, examination, step, proposal, dictionary, explorer.
Events: `tables.*` (see `events.py`).
"""
