"""The people and things of the rooms below, made as their own tests make them."""

from opentusk.hackathon.tests.conftest import ada, bea, datasets, enter, hackathon, judging, jury, staff

__all__ = ["ada", "bea", "datasets", "enter", "hackathon", "judging", "jury", "staff"]
