"""Publishing in bulk: a spreadsheet of descriptions and a folder of files become drafts, once however often it is run.

A run is tried first and says, row by row, what it would do; nothing changes until a person confirms. Rows are taken
one by one, each whole or not at all, so a run that was killed goes on where it stopped.

Words: run (caricamento), row, key, trial (prova), report.
Events: `bulk.*` (see `events.py`).
"""
