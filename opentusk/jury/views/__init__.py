"""Pages of the jury room."""
