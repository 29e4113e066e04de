"""Pages of the demand room."""
