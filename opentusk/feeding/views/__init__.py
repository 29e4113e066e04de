"""The HTML door of the feeding room."""
