"""CKAN's DataStore over typed tables: what its parameters ask, and tables that grow row by row.

Reading (`asking`, `filters`, `words`, `searching`, `dumping`) works on any `TableRef`: the table of a file, or a store.
A store (`staging`, `segments`) is an ordered set of Parquet segments: rows are appended as new segments, an update or
a deletion rewrites only the segments that hold the rows, and small segments are put together. Nothing is ever changed
in place, so whoever reads a set of segments goes on reading it.

Words: source (a table with the names CKAN's clients see), field, ask (a search that was understood), segment, batch
(the rows of one call).
"""
