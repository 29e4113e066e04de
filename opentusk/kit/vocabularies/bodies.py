"""The bodies of the IPA index: their codes, and the names the index gives them.

The index writes accents as apostrophes and capitals at random, so its names are for finding a body, not for showing.
"""

import re
from dataclasses import dataclass
from functools import cache

from opentusk.kit.vocabularies.spelling import spelling_key
from opentusk.kit.vocabularies.table import read_table

# A soft hyphen and its invisible relatives: a real catalogue has `c_` + U+00AD + `l024`.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\\s]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A body of the index: code in lower case, name as the index writes it, sigla of the province, region."""

    code: str
    name: str
    province: str
    region: str


def find_body(ipa_code: str) -> Body | None:
    """The body with this code, whatever its case and hidden characters."""
    return _by_code().get(_INVISIBLE.sub("", ipa_code).lower())


def find_body_by_name(name: str) -> Body | None:
    """The only body with this name, accents and punctuation apart; None when there are several."""
    return _by_name().get(spelling_key(name))


def search_bodies(text: str, limit: int = 20) -> list[Body]:
    """Bodies whose code or name contains every word of `text`, shortest names first."""
    words = [spelling_key(word) for word in text.split()]
    if not any(words):
        return []
    found = [body for body, key in _keys() if all(word in key for word in words)]
    return sorted(found, key=lambda body: (len(body.name), body.name))[:limit]


@cache
def all_bodies() -> tuple[Body, ...]:
    """Every body, by code."""
    return tuple(Body(**row) for row in read_table("body").rows)


@cache
def _by_code() -> dict[str, Body]:
    return {body.code: body for body in all_bodies()}


@cache
def _by_name() -> dict[str, Body | None]:
    found: dict[str, Body | None] = {}
    for body in all_bodies():
        key = spelling_key(body.name)
        found[key] = None if key in found else body
    return found


@cache
def _keys() -> tuple[tuple[Body, str], ...]:
    return tuple((body, f"{spelling_key(body.code)} {spelling_key(body.name)}") for body in all_bodies())
