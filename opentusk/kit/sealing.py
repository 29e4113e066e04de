"""Short secrets sealed with a key, from the standard library alone, and opened again only by who has the key.

Two keys of 256 bits come from the secret by HKDF-SHA256 (RFC 5869), others for each purpose, so that a seal moved to
another column does not open. The text is hidden by HMAC-SHA256 in counter mode under a random nonce of 128 bits, a
pseudo-random function used as a stream cipher, and then authenticated by HMAC-SHA256 over everything that is kept
(encrypt, then MAC): without the key nobody reads or changes it. Its length shows.
"""

import base64
import hashlib
import hmac
import secrets
from binascii import Error as NotBase64
from collections.abc import Iterable

_MARK = "s1:"
_SALT = b"opentusk.kit.sealing"
_NONCE, _TAG = 16, 32


class Unsealable(Exception):
    """A seal that none of the keys opens: made with another key, for another purpose, or changed since."""


def seal(text: str, *, key: str, purpose: str) -> str:
    """The text as nobody without the key reads it; each time another one."""
    hiding, proving = _keys(key, purpose)
    nonce = secrets.token_bytes(_NONCE)
    hidden = _masked(text.encode(), hiding, nonce)
    return _MARK + base64.b64encode(nonce + hidden + _tag(proving, nonce, hidden)).decode()


def unseal(sealed: str, *, keys: Iterable[str], purpose: str) -> str:
    """The text again, by whichever of the keys made the seal. Raises Unsealable."""
    nonce, hidden, tag = _parts(sealed)
    for key in keys:
        hiding, proving = _keys(key, purpose)
        if hmac.compare_digest(tag, _tag(proving, nonce, hidden)):
            return _masked(hidden, hiding, nonce).decode()
    raise Unsealable(purpose)


def derive_key(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869): keys for several uses from one secret."""
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    made, block = b"", b""
    for number in range(1, -(-length // hashlib.sha256().digest_size) + 1):
        block = hmac.digest(extracted, block + info + bytes([number]), hashlib.sha256)
        made += block
    return made[:length]


def _keys(key: str, purpose: str) -> tuple[bytes, bytes]:
    both = derive_key(key.encode(), salt=_SALT, info=purpose.encode(), length=64)
    return both[:32], both[32:]


def _masked(content: bytes, key: bytes, nonce: bytes) -> bytes:
    """Content hidden, or shown again."""
    count = -(-len(content) // _TAG)
    stream = b"".join(hmac.digest(key, nonce + number.to_bytes(8, "big"), hashlib.sha256) for number in range(count))
    return bytes(one ^ other for one, other in zip(content, stream, strict=False))


def _tag(key: bytes, nonce: bytes, hidden: bytes) -> bytes:
    return hmac.digest(key, _MARK.encode() + nonce + hidden, hashlib.sha256)


def _parts(sealed: str) -> tuple[bytes, bytes, bytes]:
    try:
        content = base64.b64decode(sealed.removeprefix(_MARK), validate=True)
    except (NotBase64, ValueError):
        content = b""
    if not sealed.startswith(_MARK) or len(content) < _NONCE + _TAG:
        raise Unsealable("shape")
    return content[:_NONCE], content[_NONCE:-_TAG], content[-_TAG:]
