"""Codes that people read from paper, say and type on a phone: of a table, a team, a ticket."""

import secrets

# Without 0 and O, 1, I and L, which are taken for one another.
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 6


def new_spoken_code() -> str:
    """Six characters by chance that nobody mistakes for others."""
    return "".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH))
