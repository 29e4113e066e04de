"""The catalogue for machines: RDF feeds, documents of single nodes, data.json, sitemap, changes.

Nothing is computed when it is asked for. When a dataset changes, its text in every syntax is written once
(*fragment*); the nodes it shares with others (bodies, licences, themes) are kept apart (*shared node*), so that a
*page* of a feed is joined from stored texts. A page is a file; its row names the file that holds now, and the rows of
a change are committed together: readers see either the whole old feed or the whole new one.

There is a feed of everything and one of each titolare (*scope*), each in the served *profiles* and four syntaxes.
Datasets stand in the order in which they entered the feed and stay on their page; see `places.py`. A dataset that
cannot be written is left out and told (*quarantine*). `manage.py rebuild feeds` makes everything again from rows.

What enters, changes in and leaves the feeds is kept as *changes*, in order and without gaps, and told as linked data
that others can follow (`following.py`). They are the one thing here that is history and cannot be made again.

Words: change, fragment, shared node, page, scope, profile, quarantine, build.
Events: `feeds.*` (see `events.py`).
"""
