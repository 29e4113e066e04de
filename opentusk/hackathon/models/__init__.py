"""Rows of the hackathon room."""

from opentusk.hackathon.models.contests import Criterion, Entry, Hackathon, Team, TeamMember
from opentusk.hackathon.models.judging import Award, Conflict, Decision, Juror, RankedEntry, Score, Sheet

__all__ = [
    "Award", "Conflict", "Criterion", "Decision", "Entry", "Hackathon", "Juror", "RankedEntry", "Score", "Sheet",
    "Team", "TeamMember",
]  # fmt: skip
