"""What people read that belongs to no single room: home, themes, bodies, the dataset's page, the portal itself.

A top room: it may read every room below it and writes nothing.

Words: card (a dataset in a list), freshness (declared frequency against the date of the data).
Events: none.
"""
