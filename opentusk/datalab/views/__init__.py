"""Pages of the datalab room."""
