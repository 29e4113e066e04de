"""Automatic feeding: a body's own systems keep its datasets up to date.

Three ways: programs write through the API with a token; the portal calls a *web service source* of the body and maps
its fields to columns; the portal watches the address of a file. A new version is made only when the content changed.

Words: token, web service source, mapping, watched address, call (chiamata).
Events: `feeding.*` (see `events.py`).
"""
