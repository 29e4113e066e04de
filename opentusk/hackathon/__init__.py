"""Hackathons: rules, teams by code, entries checked against the catalogue, mentors, the gallery and its ranking.

Words: hackathon, team, entry (candidatura), juror, conflict, sheet, criterion, ranking, ceremony.
Events: `hackathon.*` (see `events.py`).
"""
