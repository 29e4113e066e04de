"""The forms of the guided publication."""
