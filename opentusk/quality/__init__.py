"""How good the descriptions are, whether addresses answer, and whether a file may be public for the people in it.

The score is computed on the graph of the profile the European portal reads, with the statuses that our own link
check found (HEAD only, like the European one). It never stops a publication and can be thrown away:
`actions.rebuild_scores` and the clock make it again.

The personal-data gate does stop one: what `kit.personal` suspects in a version of a file opens a *case*, and a hold of
the catalogue keeps the version from the public until a person with the right role has decided, on a basis that is kept.
A case knows kinds, columns and counts; no value is ever stored, shown, logged or sent.

Words: score, band, measure (one of 23 yes or no), missing points, link check, ok / failing / refused; case, suspicion
(finding), decision, basis, evidence.
Events: `quality.*` (see `events.py`).
"""
