"""The same hackathon and people as in the room whose entries are judged."""

from opentusk.hackathon.tests.conftest import ada, bea, datasets, enter, hackathon, judging, jury, staff

__all__ = ["ada", "bea", "datasets", "enter", "hackathon", "judging", "jury", "staff"]
