"""Who works here: accounts, ways to sign in, roles.

An account is an e-mail address with a password or a one-time link, and a second factor when its owner wants one.
What somebody may do comes from the region's own roles (here) and from memberships in bodies (room `bodies`).

Words: user, one-time link, second factor, desk (the regional editorial desk).
Events: `people.*` (see `events.py`).
"""
