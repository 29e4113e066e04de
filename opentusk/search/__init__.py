"""Finding datasets: the index, the search page with its facets, suggestions, and the same list for programs.

The index is a folder that can be thrown away: `actions.rebuild_index` makes it again from the rows. It holds what is
published and nothing else; what a result shows is read from the rows, so that a page never shows more than they say.

Words: question (what is asked: text, filters, order, page), facet, choice (one value of a facet), stem, form.
Events: none; it follows those of the catalogue, the bodies and the scores.
"""
