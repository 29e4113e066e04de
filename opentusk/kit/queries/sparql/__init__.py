"""Guarded SPARQL: one query of somebody unknown, in a process of its own, on a store that it can only read.

Three walls: the guard looks at the words of the query (`guard`); the process cannot open a connection to anywhere and
the store is opened for reading alone (`worker`); the process has limits of memory and time and is killed when it
overstays (`processes`).
"""
