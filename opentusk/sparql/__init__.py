"""The catalogue as linked data that can be asked: SPARQL 1.1, read-only, in a process of its own.

The store holds what the feeds hold: each dataset in a graph whose name is its address, the catalogue in one of its
own, and everything once more without graph, so that a node that many datasets share is there once. A reaction writes
the store and then takes a *snapshot* of it, which costs links and no copies; processes that answer open the last
snapshot and can change nothing. `opentusk rebuild sparql` makes everything again from rows.

Words: query, budget, store, snapshot, graph.
"""
