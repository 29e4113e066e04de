"""The HTML door of the community room."""
