"""The data API: programs ask public tables for rows, facets, SQL, files and descriptions, without a key.

It reads what the tables room makes public and nothing else: a draft of somebody is as missing as what never was. Every
answer names the version it comes from, knows when it has not changed, and is never cut in silence.

Words: subject (the version of a table that a request is about), gate (how much one client may ask), shelf (exports
kept for the next who asks).
Events: none; nothing is written here.
"""
