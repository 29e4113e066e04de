"""The workshop: all knowledge about metadata, as plain Python.

Nothing here knows Django, the network or a database server. Many sources are read into one shape, the
*record* (`records`); every output, check and score is computed from it. Faults in data come back as
`Problem`s (`problems`); only input that cannot be read at all raises `Unreadable` (`errors`).
"""
