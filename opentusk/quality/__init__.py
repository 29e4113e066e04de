"""How good the metadata are: the European score of each dataset, and whether its addresses answer.

The score is computed on the graph of the profile the European portal reads, with the statuses that our own link
check found (HEAD only, like the European one). It never stops a publication. Everything here can be thrown away:
`actions.rebuild_scores` and the clock make it again.

Words: score, band, measure (one of 23 yes or no), missing points, link check, ok / failing / refused.
Events: `quality.band_changed`.
"""
