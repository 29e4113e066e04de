"""Codes: those of bodies, and the identifiers of datasets."""

import re

from opentusk.kit.values.repaired import Repaired
from opentusk.kit.values.slugs import slugify
from opentusk.kit.vocabularies.bodies import find_body

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CODE = re.compile(r"[a-z0-9_]{2,40}")
_LOCAL = re.compile(r"[^a-z0-9_-]+")
_UNDERSCORES = re.compile(r"_{2,}")


def repair_ipa_code(text: str) -> Repaired:
    """A code of the IPA index in lower case.

    A code that becomes one of the index only by a guess (`c___d643`) comes with `value.ipa_code_guessed`, so that who
    calls can ask for more evidence. A name instead of a code is None with `value.ipa_code_unusable`.
    """
    plain = _HIDDEN.sub("", text.strip()).lower()
    if not plain:
        return Repaired(None, None if text == "" else "value.blank")
    if not _CODE.fullmatch(plain):
        return Repaired(None, "value.ipa_code_unusable")
    if find_body(plain) is None:
        guess = _UNDERSCORES.sub("_", plain)
        if guess != plain and find_body(guess) is not None:
            return Repaired(guess, "value.ipa_code_guessed")
    return Repaired(plain, None if plain == text else "value.ipa_code_rewritten")


def repair_identifier(text: str, ipa: str) -> Repaired:
    """`ipa:local-part` in lower case, `[a-z0-9_-]` after the colon, with the prefix of the titolare.

    A prefix that the text already has stays when it is the titolare's own in another spelling; an address gives its
    last part. None when nothing is left to tell the dataset apart.
    """
    given = _HIDDEN.sub("", text.strip().lower())
    if not given or not ipa:
        return Repaired(None, None if text == "" else "value.identifier_unusable")
    prefix, colon, local = given.partition(":")
    if "://" in given:
        local = given.rstrip("/").rpartition("/")[2]
    elif not colon or not _same_body(prefix, ipa):
        local = given
    local = _LOCAL.sub("-", _ascii(local)).strip("-")
    if not local:
        return Repaired(None, "value.identifier_unusable")
    found = f"{ipa}:{local[:150]}"
    return Repaired(found, None if found == text else "value.identifier_rewritten")


def _same_body(prefix: str, ipa: str) -> bool:
    return _UNDERSCORES.sub("_", prefix) == ipa or repair_ipa_code(prefix).value == ipa


def _ascii(text: str) -> str:
    """Accents off, everything else that the slug of an identifier may have left alone."""
    return "".join(character if character.isascii() else slugify(character) or "-" for character in text)
