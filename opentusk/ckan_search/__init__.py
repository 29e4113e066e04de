"""Searching as CKAN's clients do: `package_search` with the subset of Solr's language they use, facets, completion.

The index is derived from the catalogue and can be thrown away. What is outside the subset is refused, never guessed.

Words: query, filter query, facet, subset.
"""
