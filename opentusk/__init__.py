"""OpenTusk, the open-data platform of a region and of its public bodies."""

__version__ = "0.1.0"
