"""Pages of the reuse room."""
