"""Forms of the consultation room."""
