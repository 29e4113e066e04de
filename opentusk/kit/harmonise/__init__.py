"""Brings a record as its source wrote it to the form the catalogue keeps: controlled values, clean texts, own addresses.

Every change is a `Problem` with the value before and after. What cannot be mended is left empty, never invented: the
rule book then says what is missing. Harmonising twice changes nothing more.
"""

from opentusk.kit.harmonise.dataset import harmonise_dataset
from opentusk.kit.harmonise.defaults import Defaults

__all__ = ["Defaults", "harmonise_dataset"]
