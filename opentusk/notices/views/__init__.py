"""The doors of the notices room."""
