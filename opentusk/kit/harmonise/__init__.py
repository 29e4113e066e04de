"""Harmonises a record as its source wrote it: controlled values, dates, addresses, one node per thing.

Each module is one subject. Nothing is invented: a title, a description, a theme, a frequency, a date of change or a
licence that the source does not give stays empty unless the source's own defaults say it. Every change is told as a
Problem with what was before and what is after; doing it twice changes nothing and repairs nothing.
"""

from opentusk.kit.harmonise.catalog import harmonise_catalog
from opentusk.kit.harmonise.dataset import harmonise_dataset
from opentusk.kit.harmonise.defaults import Defaults

__all__ = ["Defaults", "harmonise_catalog", "harmonise_dataset"]
