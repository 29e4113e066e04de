"""Forms of the demand room."""
