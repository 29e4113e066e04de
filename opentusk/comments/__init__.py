"""What people write under a thing: comments with one level of replies, reports, moderation.

A thing is named as the journal does, so one table serves a wish, a proposal, a thread and a work; whether somebody may
write there is for the room of the thing to say.

Words: comment, reply, flag (segnalazione), moderation.
Events: `comments.*` (see `events.py`).
"""
