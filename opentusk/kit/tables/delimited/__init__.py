"""Delimited text as it really comes: its encoding, its dialect, and its records even where they are irregular.

`kit.tables.text` puts these together.
"""
