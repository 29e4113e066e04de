"""Jury: who judges the entries of a hackathon, their sheets, and the ranking that comes of them.

The rows stand in `hackathon`, because a team is kept away from those who judge it and a public page shows its place;
this room writes them.

Words: juror (giurato), conflict, sheet (scheda), abstention, president, ranking, award.
Events: those of `hackathon.*` that speak of jurors, sheets and the ranking.
"""
