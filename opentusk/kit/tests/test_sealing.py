"""Proves that a sealed secret opens with its key, for its purpose, unchanged, and in no other case."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.sealing import Unsealable, derive_key, seal, unseal

KEY = "una chiave lunga abbastanza per una prova 0123456789"


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_what_is_sealed_opens_again(text, key, purpose):
    assert unseal(seal(text, key=key, purpose=purpose), keys=["altra", key], purpose=purpose) == text


@given(st.text(max_size=60), st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_opens_nothing(text, place, change):
    content = bytearray(base64.b64decode(seal(text, key=KEY, purpose="p")[3:]))
    content[place % len(content)] ^= change

    with pytest.raises(Unsealable):
        unseal("s1:" + base64.b64encode(content).decode(), keys=[KEY], purpose="p")


@pytest.mark.parametrize(("key", "purpose"), [("un'altra chiave", "p"), (KEY, "un'altra colonna")])
def test_another_key_or_purpose_opens_nothing(key, purpose):
    with pytest.raises(Unsealable):
        unseal(seal("segreto", key=KEY, purpose="p"), keys=[key], purpose=purpose)


@pytest.mark.parametrize("content", ["", "molto-segreta", "s1:", "s1:????", "s1:AAAA", "whsec_" + "A" * 44])
def test_what_is_no_seal_is_not_taken_for_one(content):
    with pytest.raises(Unsealable):
        unseal(content, keys=[KEY], purpose="p")


def test_the_same_secret_is_never_sealed_twice_alike_and_does_not_show():
    seals = {seal("molto-segreta", key=KEY, purpose="p") for _time in range(50)}

    assert len(seals) == 50
    assert not any(b"segreta" in base64.b64decode(one[3:]) for one in seals)


# RFC 5869, appendix A, cases 1 to 3.
@pytest.mark.parametrize(
    ("secret", "salt", "info", "length", "expected"),
    [
        (
            b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42,
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            bytes(range(80)), bytes(range(0x60, 0xB0)), bytes(range(0xB0, 0x100)), 82,
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da32756"
            "00c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        ),
        (
            b"\x0b" * 22, b"", b"", 42,
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ],
)  # fmt: skip
def test_keys_are_derived_as_the_standard_says(secret, salt, info, length, expected):
    assert derive_key(secret, salt=salt, info=info, length=length).hex() == expected
