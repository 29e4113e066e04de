"""Secret addresses sent by e-mail: a random key of the row, signed for one purpose.

Only the key is kept, and without the portal's secret it opens nothing, so a letter can be written again at any time
and a copy of the database gives nobody away. Giving the row another key makes its old address worthless.
"""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

_KEY_LENGTH = 32
_SIGNATURE_LENGTH = 32


def new_key() -> str:
    """A random key for a row."""
    return secrets.token_hex(_KEY_LENGTH // 2)


def token_of(purpose: str, key: str) -> str:
    """What goes into the address."""
    return key + _signature(purpose, key)


def key_in(purpose: str, token: str) -> str | None:
    """The key of a token that was made here for this purpose; None for any other text."""
    key, signature = token[:_KEY_LENGTH], token[_KEY_LENGTH:]
    return key if constant_time_compare(signature, _signature(purpose, key)) else None


def _signature(purpose: str, key: str) -> str:
    return salted_hmac(f"opentusk.bodies.{purpose}", key, algorithm="sha256").hexdigest()[:_SIGNATURE_LENGTH]
