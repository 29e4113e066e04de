"""The client's own spelling, kept beside the record and shown as long as the record still says what it said then.

`said` maps a key to `[given, was]`: the value that came, and how the record itself wrote that key afterwards. When
people change the record on the portal's pages, the record's word is shown. `shown` and `before` are what the client
saw and how the record was written then: a key that came back as it was shown is no new spelling.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from opentusk.kit.ckan_packages.intent import extras_of, is_empty

Json = dict[str, Any]


def keep_said(
    given: Json, shown: Json, *, before: Json, after: Json, held: Collection[str], without: Collection[str]
) -> Json:
    """What must be kept to show a client its own words again: what the record would not write in the same way.

    `held` are the keys that were kept before.
    """
    return {
        key: [value, after.get(key)]
        for key, value in given.items()
        if key not in without
        and not is_empty(value)
        and value != after.get(key)
        and (value != shown.get(key) or (key in held and before.get(key) == after.get(key)))
    }


def keep_extras(given: Json, shown: Json, *, before: Json, after: Json) -> list[list[Any]]:
    """The extras in their order, each with what the record says under the same key."""
    known = extras_of(shown)
    found = []
    for key, value in extras_of(given).items():
        is_old = known.get(key) == value and before.get(key) != after.get(key)
        word = as_text(after.get(key)) if is_old else value
        if not is_empty(word):
            found.append([key, word, after.get(key)])
    return found


def echo_said(raw: Json, said: Mapping[str, Any]) -> Json:
    """What the record writes, with the client's spelling where it still holds."""
    return raw | {key: given for key, (given, was) in said.items() if raw.get(key) == was}


def echo_extras(raw: Mapping[str, Any], kept: Iterable[Iterable[Any]]) -> list[Json]:
    """The extras as they came, then those that only the record knows; one whose field was cleared since is gone."""
    found = {}
    for key, value, was in kept:
        now = raw.get(key)
        word = value if now == was else as_text(now)
        if word is not None:
            found[key] = word
    found |= {key: value for key, value in extras_of(raw).items() if key not in found}
    return [{"key": key, "value": value} for key, value in found.items()]


def as_text(value: object) -> str | None:
    """A value as an extra holds it: extras are texts."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
