"""The forms of the quality room."""
