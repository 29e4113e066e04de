"""The editor's pages around a dataset: files, declaration, review, time, limits, copies."""
