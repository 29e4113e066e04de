"""The public consultation: the basket by theme, endorsements, comments, official answers, the final report.

Words: consultation, thematic proposal, endorsement, answer, report, snapshot.
Events: `consultation.*` (see `events.py`).
"""
