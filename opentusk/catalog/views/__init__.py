"""The editor's desk: the list of one's datasets, the form, and the steps from draft to tombstone."""
