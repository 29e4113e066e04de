"""Guarded SQL: one SELECT of somebody unknown, in a process of its own, on a DuckDB that can touch nothing else.

Three walls, each enough alone: the guard walks the syntax tree with lists of what is allowed (`guard`, `allowed`);
the connection is locked, with no file but the tables' own (`locked`); the process has limits of memory and is killed
when it overstays (`worker`, `pool`).
"""
