"""How fast a form comes back: people need a few seconds to write, programs that fill in everything need none.

There is no longest time: a page that was kept for hours, or read from a phone's memory, is sent all the same. Whoever
was too fast for once presses the button again; what they wrote is still there.
"""

from time import time

from django.conf import settings
from django.core import signing

_SIGNER = signing.Signer(salt="ui.pace")


def begun() -> str:
    """What a form carries from the moment it is shown: the instant, signed."""
    return _SIGNER.sign(f"{time():.1f}")


def is_begun(token: str) -> bool:
    """Whether a page of this portal gave this out."""
    try:
        _SIGNER.unsign(token)
    except signing.BadSignature:
        return False
    return True


def is_too_fast(token: str) -> bool:
    """Whether a form came back sooner than anybody can fill it in. Raises BadSignature."""
    shown_at = float(_SIGNER.unsign(token))
    return settings.FILLING_SECONDS > 0 and time() < shown_at + settings.FILLING_SECONDS
