"""Linked data in and out: one graph, one table of properties, read and written the same way.

`syntax` turns bytes into a `graph` and back, `properties` says which record field is which property, `read` and
`write` go through that table in the two directions, `fragments` cuts what is written into texts that pages are
joined from.
"""
