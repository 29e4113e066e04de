"""Answers as files: one module per family of formats, each a way to write the rows of a SELECT."""
