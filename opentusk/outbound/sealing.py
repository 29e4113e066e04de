"""Secrets that the portal shows to others on its calls, as its database keeps them: sealed with its own key.

A copy of the database, or of a backup, gives them to nobody. `OPENTUSK_SECRET_KEY_FALLBACKS` opens what former keys
sealed, until `opentusk reseal` has sealed it anew.
"""

from django.conf import settings

from opentusk.kit import sealing
from opentusk.kit.sealing import Unsealable

__all__ = ["Unsealable", "reseal", "seal", "unseal"]


def seal(text: str, *, purpose: str) -> str:
    """A secret as it is kept; nothing stays nothing. `purpose` names table and column."""
    return sealing.seal(text, key=settings.SECRET_KEY, purpose=purpose) if text else ""


def unseal(sealed: str, *, purpose: str) -> str:
    """The secret again. Raises Unsealable when the key of the settings was changed without leaving the former one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return sealing.unseal(sealed, keys=keys, purpose=purpose) if sealed else ""


def reseal(sealed: str, *, purpose: str) -> str:
    """The same secret sealed with the key of today. Raises Unsealable."""
    return seal(unseal(sealed, purpose=purpose), purpose=purpose)
