"""The public bodies: who owns the data, and who works for whom.

A body (`Agent`) is known by its IPA code, in lower case; it is the titolare of its datasets. People act for a body
through a `Membership`, which they get by invitation or by asking. How a body joins is the room `joining`.

Words: agent (ente), IPA code, territory, membership, invitation, referente, RTD, redattore, revisore, DPO.
Events: `bodies.*` (see `events.py`).
"""
