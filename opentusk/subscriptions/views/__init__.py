"""The HTML doors of the subscriptions room."""
